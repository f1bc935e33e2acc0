"""What a person must be asked about units: unknown and ambiguous abbreviations, repeated and glued units."""

from __future__ import annotations

from collections.abc import Sequence

from intake.contracts import Severity
from intake.plans.abbreviations import Abbreviations
from intake.plans.contracts import Activity, PlanReading, Question, Remark
from intake.plans.vocabulary import folded_text


def questions_of(reading: PlanReading, abbreviations: Abbreviations) -> list[Question]:
    """One question an abbreviation, with the activities that use it."""
    rows: dict[str, list[int]] = {}
    for activity in reading.activities:
        for one in activity.responsible:
            for short in one.abbreviations:
                rows.setdefault(short, []).append(activity.index)
    found = []
    for short, places in rows.items():
        meaning = abbreviations.meaning(short)
        if meaning.reason:
            candidates = tuple(dict.fromkeys(filter(None, (meaning.text, *meaning.candidates))))
            found.append(Question(short, candidates, tuple(dict.fromkeys(places)), meaning.reason))
    return found


def question_remark(question: Question) -> Remark:
    """The question as a warning of the plan."""
    count = f"строк: {len(question.rows)}"
    variants = "; ".join(f"«{text}»" for text in question.candidates)
    if question.reason == "unknown":
        message = f"Сокращение «{question.abbreviation}» не объяснено ни в документе, ни в справочниках ({count})."
        hint = "Укажите, какое подразделение или организация за ним стоит."
    elif question.reason == "ambiguous":
        message = f"Сокращение «{question.abbreviation}» имеет несколько значений: {variants} ({count})."
        hint = "Выберите значение для этого плана."
    else:
        short = question.abbreviation
        message = f"Сокращение «{short}» в документе объяснено не так, как в справочниках: {variants} ({count})."
        hint = "Использовано значение из документа; подтвердите его."
    severity = Severity.INFO if question.reason == "collision" else Severity.WARNING
    return Remark(f"abbreviation_{question.reason}", message, hint, severity)


def unit_remarks(activity: Activity, units: Sequence[str], lacked_comma: Sequence[str]) -> list[Remark]:
    """Remarks on the cell of responsible units."""
    remarks = []
    folded = [folded_text(unit) for unit in units]
    for unit in dict.fromkeys(unit for unit, key in zip(units, folded, strict=True) if folded.count(key) > 1):
        message = f"«{unit}» указано среди ответственных дважды."
        remarks.append(Remark("responsible_repeated", message, "Оставлено один раз.", Severity.INFO, activity.place))
    for text in lacked_comma:
        message = f"Между ответственными нет запятой: «{text}»."
        hint = "Прочитано как два исполнителя; исправьте, если это одно название."
        remarks.append(Remark("responsible_without_comma", message, hint, Severity.WARNING, activity.place))
    return remarks
