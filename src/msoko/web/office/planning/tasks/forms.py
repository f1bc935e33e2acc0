"""Forms of tasks: a report with its proof, a word with a reason, another term, a request, a schedule."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from msoko.cycle.planning.api import Activity, Assignment, Deliverable, EvidenceEntry, RequestEntry
from msoko.cycle.regulations.api import RegisteredDocument
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.catalog.execution import execution_policy
from msoko.foundation.orgs.api import Organization
from msoko.web.ui.numbers import whole_number


class DayInput(forms.DateInput):
    """A date as browsers take it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RowChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """One row by its key; what no row can have is a wrong choice, not an error of the database."""

    def __init__(self, *args: Any, label_of: Any = str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_of = label_of

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        if not whole_number(str(getattr(value, "pk", value))):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)

    def label_from_instance(self, obj: Any) -> str:
        return str(self.label_of(obj))


def _documents(scope: Scope) -> QuerySet[RegisteredDocument]:
    """Documents of the last two years that the person sees: what closes a task was signed lately."""
    since = timezone.localdate() - dt.timedelta(days=730)
    found = RegisteredDocument.objects.filter(scope.filter(Permission.SEE_DOCUMENTS, "owner__"))
    return found.filter(Q(signed_on__gte=since) | Q(signed_on__isnull=True)).order_by("-signed_on", "-id")


def _document_words(document: RegisteredDocument) -> str:
    day = f" от {document.signed_on:%d.%m.%Y}" if document.signed_on else ""
    return f"№ {document.number or 'б/н'}{day} {document.title}"[:160]


class ProofForm(forms.Form):
    """What proves that a task is done."""

    deliverable = RowChoice(
        label="Какой результат подтверждается", queryset=Deliverable.objects.none(), required=False,
        empty_label="Общий по мероприятию", label_of=lambda one: one.text[:160],
    )  # fmt: skip
    title = forms.CharField(label="Документ", max_length=500, required=False, help_text="Например: приказ о проведении")
    number = forms.CharField(label="Номер", max_length=60, required=False)
    signed_on = forms.DateField(label="Дата документа", required=False, widget=DayInput())
    document = RowChoice(
        label="Или документ из реестра", queryset=RegisteredDocument.objects.none(), required=False,
        empty_label="Не выбран", label_of=_document_words,
    )  # fmt: skip
    file = forms.FileField(label="Файл", required=False)
    link = forms.CharField(label="Ссылка", max_length=500, required=False, help_text="Адрес страницы: https://…")

    def __init__(self, *args: Any, task: Assignment, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy = execution_policy()
        self.fields["file"].help_text = f"До {policy.max_bytes // 2**20} МБ: {', '.join(policy.suffixes)}."
        self.fields["deliverable"].queryset = task.occurrence.activity.deliverables.all()  # type: ignore[attr-defined]
        documents = _documents(scope)
        self.fields["document"].queryset = documents  # type: ignore[attr-defined]

    @property
    def entry(self) -> EvidenceEntry:
        """What was filled in; empty when nothing was."""
        given = self.cleaned_data
        file = given.get("file")
        return EvidenceEntry(
            title=given["title"], number=given["number"], signed_on=given["signed_on"], link=given["link"],
            file_name=file.name if file else "", file=file.read() if file else b"", document=given["document"],
            deliverable=given["deliverable"],
        )  # fmt: skip


class DoneForm(ProofForm):
    """A report that a task is done."""

    done_on = forms.DateField(label="Когда исполнено", widget=DayInput())
    delay = forms.ChoiceField(label="Причина задержки", required=False)
    delay_words = forms.CharField(label="Пояснение к задержке", max_length=300, required=False)
    field_order = ("done_on",)

    def __init__(self, *args: Any, task: Assignment, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, task=task, scope=scope, **kwargs)
        self.fields["done_on"].initial = timezone.localdate()
        ends_on = task.occurrence.ends_on
        if ends_on is None or ends_on >= timezone.localdate():
            del self.fields["delay"], self.fields["delay_words"]
        else:
            self.fields["delay"].choices = _reasons()  # type: ignore[attr-defined]
            self.fields["delay"].help_text = f"Срок был {ends_on:%d.%m.%Y}. Причина войдёт в анализ выполнения плана."

    @property
    def delay_reason(self) -> str:
        return reason_words(self.cleaned_data.get("delay", ""), self.cleaned_data.get("delay_words", ""))


def _reasons() -> list[tuple[str, str]]:
    return [("", "Выберите причину"), *execution_policy().reasons.items()]


def reason_words(code: str, words: str) -> str:
    """«Отсутствие или смена исполнителя: болезнь методиста»."""
    return ": ".join(part for part in (execution_policy().reasons.get(code, ""), words.strip()) if part)


class WordsForm(forms.Form):
    """One text: a remark, a basis, a comment."""

    words = forms.CharField(label="Текст", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, label: str, help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label, self.fields["words"].help_text = label, help_text


class DelayForm(forms.Form):
    """Why it is late."""

    delay = forms.ChoiceField(label="Причина задержки", required=False)
    delay_words = forms.CharField(label="Пояснение", max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["delay"].choices = _reasons()  # type: ignore[attr-defined]


class PostponeForm(forms.Form):
    """Another term on a basis."""

    now_on = forms.DateField(label="Новый срок", widget=DayInput())
    basis = forms.CharField(
        label="Основание", max_length=500, help_text="Приказ, письмо, решение совещания: номер и дата"
    )
    reason = forms.ChoiceField(label="Причина", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = _reasons()  # type: ignore[attr-defined]


class RequestForm(forms.Form):
    """A new entry of the journal of requests."""

    activity = RowChoice(
        label="Мероприятие плана", queryset=Activity.objects.none(), empty_label="Выберите мероприятие",
        label_of=lambda one: f"{one.number} {one.title}".strip()[:180],
    )  # fmt: skip
    asked_on = forms.DateField(label="Поступил", widget=DayInput())
    organization = RowChoice(
        label="От какой организации", queryset=Organization.objects.none(), required=False, empty_label="Не из списка",
        label_of=lambda one: one.short_name,
    )  # fmt: skip
    asked_by = forms.CharField(
        label="Или от кого", max_length=300, required=False, help_text="Если обратилась не организация из реестра"
    )
    subject = forms.CharField(label="О чём", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    due_on = forms.DateField(label="Срок", required=False, widget=DayInput(), help_text="Можно оставить пустым")

    def __init__(
        self, *args: Any, activities: QuerySet[Activity], organizations: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].queryset = activities  # type: ignore[attr-defined]
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]
        self.fields["asked_on"].initial = timezone.localdate()

    @property
    def entry(self) -> RequestEntry:
        given = self.cleaned_data
        return RequestEntry(
            asked_on=given["asked_on"], subject=given["subject"], organization=given["organization"],
            asked_by=given["asked_by"], due_on=given["due_on"],
        )  # fmt: skip
