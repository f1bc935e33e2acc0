"""Posts and names in cases: by the rules of the language, unless a person of the organization has said otherwise."""

from __future__ import annotations

from django.db import transaction

from msoko.cycle.regulations.composing import Decline, official_of
from msoko.cycle.regulations.models import WordForm
from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.documents.language import decline_name, decline_post
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.models import Organization

#: subjects whose titles are declined in an order
_TITLED = {"plan", "schedule", "analysis", "document"}
CASE_TITLES = {
    "gent": "родительный (кого?)", "datv": "дательный (кому?)", "accs": "винительный (кого?)",
    "ablt": "творительный (кем?)",
}  # fmt: skip


def by_rules(words: str, case: str, *, is_name: bool) -> str:
    """The form that the rules of the language give."""
    return decline_name(words, case) if is_name else decline_post(words, case)


def declining(owner: Organization, names: set[str]) -> Decline:
    """Cases as the organization wants them: one query. `names` are those of people; the rest are posts."""
    kept = {(row.word, row.case): row.form for row in WordForm.objects.filter(owner=owner)}

    def decline(words: str, case: str) -> str:
        return kept.get((words, case)) or by_rules(words, case, is_name=words in names)

    return decline


@transaction.atomic
def remember_form(act: Act, *, owner: Organization, word: str, case: str, form: str) -> None:
    """Keep how a post or a name stands in a case; an empty form forgets the correction."""
    require(act, Permission.EDIT_DOCUMENTS, owner)
    word, form = " ".join(word.split())[:300], " ".join(form.split())[:300]
    if case not in CASE_TITLES or not word:
        raise RefusedError("Падеж или слово не указаны.", "Обновите страницу и повторите.")
    if form:
        values = {"form": form, "decided_at": act.at, "decided_by": act.actor.actor_label}
        WordForm.objects.update_or_create(owner=owner, word=word, case=case, defaults=values)
    else:
        WordForm.objects.filter(owner=owner, word=word, case=case).delete()
    record(
        act, "regulations.word_form.remembered", kind="word_form", label=CASE_TITLES[case], organization=owner,
        details={"case": case, "is_kept": bool(form)},
    )  # fmt: skip


def words_of(facts: dict[str, object]) -> list[tuple[str, str, bool]]:
    """(words, case, is a name) of everything that a draft declines by person: executors in dative, controller in
    accusative."""
    found: list[tuple[str, str, bool]] = []
    executors = facts.get("executors")
    for row in executors if isinstance(executors, list) else []:
        found += _pair(str(row["who"]), "datv")
    found += _pair(str(facts.get("controller", "")), "accs")
    if facts.get("subject") in _TITLED and facts.get("subject_title"):
        found += [(str(facts["subject_title"]), case, False) for case in ("gent", "accs")]
    return list(dict.fromkeys(found))


def _pair(text: str, case: str) -> list[tuple[str, str, bool]]:
    one = official_of(text)
    return [(words, case, is_name) for words, is_name in ((one.post, False), (one.name, True)) if words]
