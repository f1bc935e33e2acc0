"""What a draft is drawn up from, besides its subject: the form, people, acts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from msoko.cycle.regulations.api import issuer_of
from msoko.foundation.access.api import Scope
from msoko.foundation.catalog.documents import document_kinds
from msoko.foundation.catalog.drafts import DraftTemplate
from msoko.foundation.orgs.api import Organization
from msoko.foundation.roster.api import visible_appointments

EXECUTORS = 6
#: facts that the form does not show: they come from the subject, executors have rows of their own
_MADE = {"executors", "table", "points", "found", "decided"}
_HEADS = (
    "начальник управления", "руководитель управления", "начальник департамента", "глава", "директор", "заведующ",
    "руководитель", "начальник",
)  # fmt: skip
_WHO = "Должность; фамилия имя отчество в именительном падеже. Падежи система поставит сама."


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


class FactsForm(forms.Form):
    """Facts of a paper besides those of its subject."""

    kind = forms.ChoiceField(label="Вид документа", required=False)
    subject_title = forms.CharField(label="О чём документ", max_length=400, required=False)
    goal = forms.CharField(label="Цель", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
                           help_text="Продолжение слов «в целях …»; если пусто, слова шаблона.")  # fmt: skip
    bases = forms.CharField(
        label="Основания", required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=4000,
        help_text="По одному в строке, в именительном падеже; акты из подсказок свяжутся с реестром и справочником.",
    )  # fmt: skip
    since = forms.CharField(label="Вводится в действие с", max_length=60, required=False,
                            help_text="«1 сентября 2026 года»; если пусто, пункта об этом не будет.")  # fmt: skip
    attended = forms.CharField(
        label="Председатель, секретарь, присутствовали", required=False, widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000, help_text="Каждая запись с новой строки.",
    )  # fmt: skip
    findings = forms.CharField(
        label="Выводы, вопросы", required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=8000,
        help_text="Каждый вывод или вопрос с новой строки: он станет пунктом.",
    )  # fmt: skip
    controller = forms.CharField(label="Контроль возложить на", max_length=300, required=False,
                                 help_text=f"{_WHO} Если пусто, контроль остаётся за подписавшим.")  # fmt: skip
    signer = forms.CharField(label="Подписывает", max_length=300, help_text=_WHO)
    secretary = forms.CharField(label="Секретарь", max_length=300, required=False, help_text=_WHO)
    acquainted = forms.CharField(
        label="Лист ознакомления", required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=4000,
        help_text="Фамилия имя отчество, по одному в строке; если пусто, исполнители и контролёр.",
    )  # fmt: skip

    distribution = forms.CharField(
        label="Рассылка", required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=2000,
        help_text="По одному адресату в строке: «В дело – 1 экз.»; если пусто, как в бланке.",
    )  # fmt: skip
    performer = forms.CharField(label="Отметка об исполнителе", max_length=200, required=False,
                                help_text="Фамилия, имя, отчество, телефон; если пусто, как в бланке.")  # fmt: skip

    def __init__(self, template: DraftTemplate, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        each = {point.each for point in template.points}
        absent = {"attended", "secretary"} if template.style != "minutes" else {"controller", "acquainted", "bases"}
        if template.style == "regulation":
            absent |= {"controller", "signer", "acquainted"}
        if template.style != "order":
            absent |= {"distribution", "performer"}
        if "findings" not in each:
            absent.add("findings")
        if not any("{since}" in point.text for point in template.points):
            absent.add("since")
        if len(template.kinds) < 2:
            absent.add("kind")
        for name in absent:
            del self.fields[name]
        if "kind" in self.fields:
            choices = [(kind, document_kinds()[kind].title) for kind in template.kinds]
            self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        if template.subject:
            self.fields["subject_title"].help_text = "Если пусто, название того, что выбрано выше."
        if template.subject in {"campaign", "analysis", "discussion"} and "findings" in self.fields:
            self.fields["findings"].help_text += " Если пусто, берутся из системы."
        if template.style == "minutes":
            self.fields["goal"].label, self.fields["goal"].help_text = "Повестка дня", "Вопросы через точку с запятой."

    @property
    def facts(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        for name in ("bases", "findings", "acquainted", "distribution"):
            if name in values:
                values[name] = _lines(values[name])
        return values


def initial_of(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts as the form shows them."""
    shown = {
        name: value for name, value in facts.items() if name not in {"executors", "table", "points", "found", "decided"}
    }
    return {name: "\n".join(value) if isinstance(value, list) else value for name, value in shown.items()}


def posted_executors(data: Any) -> list[dict[str, str]]:
    """Rows of executors that say both who and what."""
    rows = []
    for place in range(EXECUTORS):
        who, task, term = (" ".join(data.get(f"{name}-{place}", "").split())[:500] for name in ("who", "task", "term"))
        if who and task:
            rows.append({"who": who, "task": task, "term": term})
    return rows


def people_of(scope: Scope, owner: Organization) -> list[str]:
    """«post; name» of staff of the organization, for the hints of the form."""
    issuer = issuer_of(owner)
    rows = visible_appointments(scope, timezone.localdate()).filter(organization=issuer).exclude(post="")[:200]
    return list(dict.fromkeys(f"{row.post}; {row.person.full_name}" for row in rows))


def head_among(people: list[str]) -> str:
    """Who signs: the first whose post begins with the words of a head; a head of the body before a head of its part."""
    return next((one for words in _HEADS for one in people if one.casefold().startswith(words)), "")
