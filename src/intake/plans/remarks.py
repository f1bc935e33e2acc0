"""Warnings of rows and of the plan as a whole, worded for the person who looks through the preview."""

from __future__ import annotations

import re
from collections import Counter

from intake.contracts import Severity
from intake.plans.contracts import Activity, PlanReading, Remark
from intake.plans.headers import Header
from intake.plans.headline import years_of
from intake.plans.questions import question_remark
from intake.plans.rows import PlanRow
from intake.plans.vocabulary import folded_text

_MONTHS = "январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр"
_INSIDE = re.compile(rf"\b(?:в срок )?(?:до|не позднее) \d{{1,2}} (?:{_MONTHS})[а-я]*")
_OPEN = frozenset({"on_request", "as_needed", "external_schedule", "permanent"})


def row_remarks(activity: Activity, row: PlanRow, header: Header, *, lacked_comma: bool) -> list[Remark]:
    """What was joined, split or not found in the row."""
    place = activity.place
    remarks = []
    if row.joined:
        message = f"Строка была разорвана, продолжение присоединено: {', '.join(row.joined)}."
        remarks.append(Remark("row_joined", message, "Сверьте текст с документом.", Severity.INFO, place))
    if not activity.title:
        message = "В строке нет названия мероприятия."
        remarks.append(Remark("title_missing", message, "Впишите название или удалите строку.", Severity.ERROR, place))
    if header.places("responsible", "executor") and not activity.responsible_raw:
        message = "Не указаны ответственные."
        remarks.append(Remark("responsible_missing", message, "Укажите ответственных.", Severity.WARNING, place))
    if header.places("result") and not activity.deliverables:
        message = "Не указан результат."
        remarks.append(Remark("result_missing", message, "Укажите документ, которым завершается мероприятие.",
                              Severity.INFO, place))  # fmt: skip
    if lacked_comma:
        message = f"Между результатами нет запятой: «{activity.deliverables_raw}»."
        remarks.append(Remark("result_without_comma", message, "Прочитано как несколько документов.",
                              Severity.INFO, place))  # fmt: skip
    return remarks


def term_remarks(activity: Activity) -> list[Remark]:
    """What is to be said about the term of the activity."""
    place, terms = activity.place, activity.terms
    if not activity.terms_raw:
        message = "Срок не указан."
        return [Remark("term_missing", message, "Укажите срок исполнения.", Severity.WARNING, place)]
    remarks = []
    status = terms.get("status", "unspecified")
    if terms.get("in_horizon") is False:
        message = f"Срок «{activity.terms_raw}» не относится к выбранному году."
        remarks.append(Remark("term_out_of_year", message, "Уточните срок или исключите мероприятие из плана года.",
                              Severity.WARNING, place))  # fmt: skip
    elif status == "invalid":
        message = f"Срок «{activity.terms_raw}» указан неверно: такой даты или промежутка нет."
        remarks.append(Remark("term_invalid", message, "Исправьте срок.", Severity.ERROR, place))
    elif status == "unspecified" or (terms.get("review") and status not in _OPEN):
        message = f"Срок «{activity.terms_raw}» понят неоднозначно."
        hint = " ".join(terms.get("questions") or ("Подтвердите или уточните срок.",))
        remarks.append(Remark("term_review", message, hint, Severity.WARNING, place))
    inside = _INSIDE.search(folded_text(activity.title))
    if inside and inside[0] not in folded_text(activity.terms_raw):
        message = f"В тексте мероприятия назван срок «{inside[0]}», в графе срока – «{activity.terms_raw}»."
        remarks.append(Remark("term_in_title", message, "Решите, какой срок верен.", Severity.WARNING, place))
    return remarks


def plan_remarks(reading: PlanReading) -> list[Remark]:
    """Warnings of the plan: questions about abbreviations, the year, activities without a usable term."""
    remarks = [question_remark(question) for question in reading.questions]
    if not reading.activities:
        remarks.append(Remark("plan_empty", "В таблице плана нет ни одного мероприятия.",
                              "Проверьте, тот ли файл загружен.", Severity.ERROR))  # fmt: skip
        return remarks
    past = [one for one in reading.activities if one.terms.get("in_horizon") is False]
    if past:
        years = f" (план составлен {reading.period})" if years_of(reading.period) else ""
        message = f"Сроки вне выбранного года: {len(past)} из {len(reading.activities)} мероприятий{years}."
        remarks.append(Remark("plan_other_year", message, "Проверьте выбранный год или обновите сроки.",
                              Severity.WARNING))  # fmt: skip
    remarks += _vague(reading)
    return remarks


def _vague(reading: PlanReading) -> list[Remark]:
    """Phrases without a deadline that many rows share: a control point is worth asking for."""
    vague = ("period", "unspecified", "permanent")
    phrases = Counter(
        folded_text(one.terms_raw)
        for one in reading.activities
        if one.terms_raw and one.terms.get("status") in vague and "год" in folded_text(one.terms_raw)
    )
    return [
        Remark(
            "term_vague",
            f"Срок «{phrase}» стоит у {count} из {len(reading.activities)} мероприятий: контрольной даты нет.",
            "Задайте контрольные точки, чтобы исполнение можно было проверить.",
            Severity.INFO,
        )
        for phrase, count in phrases.most_common(3)
        if count >= 5
    ]
