"""The table of remarks as minutes have it; a visitor of the portal is named by no name."""

from __future__ import annotations

from msoko.cycle.regulations.models import Remark

VISITOR_WORDS = "участник обсуждения (портал)"
REMARK_COLUMNS = (("№", 0.05), ("Пункт", 0.08), ("Замечание, предлагаемая редакция", 0.35), ("Кто внёс", 0.17),
                  ("Решение", 0.12), ("Обоснование", 0.23))  # fmt: skip


def remark_cells(number: int, one: Remark) -> tuple[str, ...]:
    """A row of the table."""
    if one.organization is None:
        who, words = VISITOR_WORDS, one.open_text
    else:
        who = f"{one.author}, {one.organization.short_name}"
        words = f"{one.text}\nПредлагается: {one.proposal}" if one.proposal else one.text
    clause = one.clause.number if one.clause else "в целом"
    decision = one.get_decision_display() if one.decision else "нет ответа"
    return str(number), clause, words, who, decision, one.answer
