"""A draft becomes the matrix of an organization: assignments go over to the functions that continue the former ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from intake.matrices import same_words
from msoko.cycle.regulations.functions import groups_of
from msoko.cycle.regulations.matrix_building import Requirements, build_matrix, record_matrix
from msoko.cycle.regulations.matrix_comparing import MatrixDifferences, chosen_content, differences_of
from msoko.cycle.regulations.matrix_content import new_function, new_group
from msoko.cycle.regulations.matrix_drafting import changed_draft, locked_draft
from msoko.cycle.regulations.matrix_preview import matrix_preview_of
from msoko.cycle.regulations.models import FunctionGroup, FunctionMatrix, MatrixDraft, MatrixFunction
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError

Json = dict[str, Any]
_LAST = 10**6


def current_groups(draft: MatrixDraft) -> list[FunctionGroup]:
    """Groups of the matrix that the draft would replace; none when there is no matrix."""
    matrix = FunctionMatrix.objects.filter(owner=draft.owner, is_current=True).first()
    return groups_of(matrix) if matrix else []


@transaction.atomic
def decide_pairs(
    act: Act, *, draft: MatrixDraft, version: int, pairs: Mapping[str, int], documents: Mapping[str, str],
    kept: Sequence[int] | None = None,
) -> MatrixDraft:  # fmt: skip
    """Say which current function a new one continues (key → function, 0 for none), which new requirement a current one
    (key → title, "" for none), and which functions stay though the draft does not have them."""
    draft = locked_draft(act, draft, version)
    known = {one.pk for group in current_groups(draft) for one in group.functions.all()}
    taken = [one for one in pairs.values() if one]
    if len(taken) != len(set(taken)):
        raise RefusedError(
            "Одна прежняя функция выбрана для двух новых.", "Оставьте её одной строке, у другой выберите «новая»."
        )
    answers = draft.answers.setdefault("pairs", {})
    for key in [key for key, one in answers.items() if one in taken]:
        del answers[key]
    answers.update({key: one for key, one in pairs.items() if one == 0 or one in known})
    draft.answers.setdefault("documents", {}).update(documents)
    if kept is not None:
        draft.answers["kept"] = [one for one in kept if one in known]
    return changed_draft(act, draft, {"pairs": len(pairs)})


@transaction.atomic
def confirm_proposed(act: Act, *, draft: MatrixDraft, version: int) -> MatrixDraft:
    """Confirm every pair that the comparison proposes."""
    found = differences_of(draft, current_groups(draft))
    pairs = {one.row["key"]: one.old.pk for one in found.pending if one.old}
    documents = {str(one.required.pk): one.title for one in found.pending_documents}
    return decide_pairs(act, draft=draft, version=version, pairs=pairs, documents=documents)


@transaction.atomic
def accept_draft(
    act: Act, *, draft: MatrixDraft, version: int, are_losses_known: bool = False, title: str = ""
) -> FunctionMatrix:
    """Make the draft the current matrix of its organization, under its title or another one.

    Raises:
        RefusedError: questions or pairs are open, or assignments would be lost that the person has not agreed to lose.
    """
    draft = locked_draft(act, draft, version)
    draft.title = " ".join(title.split())[:500] or draft.title
    found = differences_of(draft, current_groups(draft))
    _check(draft, found, are_losses_known=are_losses_known)
    content = chosen_content(draft)
    _keep(content, found)
    matrix, made = build_matrix(
        act, owner=draft.owner, content=content, title=draft.title, definition=draft.definition,
        file_name=draft.file_name,
    )  # fmt: skip
    carried = sum(_carry(one.old, made[one.row["key"]]) for one in found.functions if one.old)
    carried += sum(_carry(one.function, made[f"kept-{one.function.pk}"]) for one in found.gone if one.is_kept)
    required = Requirements(matrix)
    for one in found.documents:
        new = required.find(one.title) if one.title else None
        if new is not None:
            new.documents.add(*one.required.documents.all())
            new.term_years, new.term_source = one.required.term_years, one.required.term_source
            new.save(update_fields=["term_years", "term_source"])
    draft.accepted_at = act.at
    draft.save(update_fields=["accepted_at", "title"])
    record_matrix(
        act, "regulations.matrix.adopted", matrix, edition=matrix.edition, kept=carried, lost=found.loss_count,
        added=len(found.added), removed=len(found.gone),
    )  # fmt: skip
    return matrix


def _check(draft: MatrixDraft, found: MatrixDifferences, *, are_losses_known: bool) -> None:
    preview = matrix_preview_of(draft)
    if not preview.functions:
        raise RefusedError("Принимать нечего: ни одной функции не взято.", "Верните строки или загрузите другой файл.")
    if preview.question_count:
        raise RefusedError(
            f"Остались вопросы: {preview.question_count}.", "Ответьте на них или нажмите «Оставить как в файле»."
        )
    if found.question_count:
        raise RefusedError(
            f"Не решено, какие функции и документы прежние: {found.question_count}.",
            "Подтвердите или отклоните каждую пару.",
        )
    if found.loss_count and not are_losses_known:
        raise RefusedError(
            f"Назначения будут потеряны: {found.loss_count}.",
            "Оставьте эти функции в матрице, найдите им пару или отметьте, что потеря известна.",
        )


def _keep(content: Json, found: MatrixDifferences) -> None:
    """Functions that a person leaves: in the group of the same number or title, else in their former group anew."""
    for one in found.gone:
        if not one.is_kept:
            continue
        old = one.function
        group = old.group
        home = next((row for row in content["groups"] if _is_same_group(row, group)), None)
        if home is None:
            home = new_group(f"kept-g{group.pk}") | {
                "number": group.number, "title": group.title, "level": group.level, "posts": list(group.posts),
                "note": group.note, "is_reconstructed": group.is_reconstructed,
            }  # fmt: skip
            rows, own = content["groups"], _parts(group.number)
            rows.insert(next((n for n, row in enumerate(rows) if _parts(row["number"]) > own), len(rows)), home)
        documents = [{"code": r.code, "kind": r.kind, "title": r.title} for r in old.required.all()]
        content["functions"].append(
            new_function(f"kept-{old.pk}") | {
                "group": home["key"], "code": old.code, "text": old.text, "posts": list(old.posts), "power": old.power,
                "power_note": old.power_note, "is_reconstructed": old.is_reconstructed, "documents": documents,
            }
        )  # fmt: skip


def _parts(number: str) -> tuple[int, ...]:
    """«2.1» → (2, 1): the place of a kept group among the others; one without a number comes last."""
    return tuple(int(part) for part in number.split(".") if part.isdecimal()) or (_LAST,)


def _is_same_group(row: Json, group: FunctionGroup) -> bool:
    if row["number"] and group.number:
        return bool(row["number"] == group.number)
    return same_words(row["title"]) == same_words(group.title)


def _carry(old: MatrixFunction, new: MatrixFunction) -> int:
    """What people decided of a function goes over to the one that continues it; 1 when there was anyone assigned."""
    people = list(old.people.all())
    new.people.set(people)
    if old.power:
        new.power, new.power_note = old.power, old.power_note
    new.code, new.unlike = new.code or old.code, old.unlike
    new.save(update_fields=["power", "power_note", "code", "unlike"])
    return 1 if people else 0
