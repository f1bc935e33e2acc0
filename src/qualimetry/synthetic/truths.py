"""What is planted in the demo, stated so that a test can find it, and the parameters that plant it.

Every truth names its organizations by key, its campaigns by key, what was done, how large it is, and what must
find it. Outside of these the schools differ by type, circumstances and chance only.
"""

from __future__ import annotations

from dataclasses import dataclass

from qualimetry.synthetic.schedule import schedule

#: keys of organizations (order of `roll.SCHOOLS`)
LIFTED_SCHOOLS = (5, 8)
JOURNAL_SCHOOL = 6
LOW_SCHOOLS = (7, 9, 14)
HIGH_FOR_CONTEXT_SCHOOL = 16
GAP_SCHOOL = 3

#: of ten pupils one or two points below a boundary, how many were lifted to it
LIFTED_OF_TEN = 8
#: logits (thousandths) by which journal marks are lenient: everywhere, and in the school of the truth
USUAL_LENIENCY, JOURNAL_LENIENCY = 150, 1500
MUNICIPAL_GAP_SHIFT, SCHOOL_GAP_SHIFT = 1700, 1900
MUNICIPAL_GAP = ("MA5", "2")
SCHOOL_GAP = ("MA6", "3")


@dataclass(frozen=True, slots=True)
class Truth:
    """`size` is what was planted; `found_by` the check that must see it; `elements` content elements concerned."""

    id: str
    statement: str
    organizations: tuple[int, ...]
    campaigns: tuple[str, ...]
    size: str
    found_by: str
    elements: tuple[str, ...] = ()


def _campaigns(*prefixes: str) -> tuple[str, ...]:
    return tuple(conduct.key for conduct in schedule() if conduct.key.startswith(prefixes))


LIFTED_CAMPAIGNS = _campaigns("VPR-RU", "VPR-MA")

TRUTHS: tuple[Truth, ...] = (
    Truth(
        id="lifted_scores",
        statement="В двух школах работы ВПР по русскому языку и математике «дотянуты» до границы отметки",
        organizations=LIFTED_SCHOOLS,
        campaigns=LIFTED_CAMPAIGNS,
        size="8 of 10 pupils one or two points below a cut score were given the missing points",
        found_by="pooled over campaigns: count at {c, c+1} against {c−2, c−1}, share above that of the other schools",
    ),
    Truth(
        id="journal_far_above",
        statement="В одной школе отметки в журнале намного выше отметок за ВПР",
        organizations=(JOURNAL_SCHOOL,),
        campaigns=_campaigns("VPR-"),
        size="journal marks follow an ability 1.5 logits higher (0.15 elsewhere)",
        found_by="lower Wilson limit of the share «mark below journal» above 50 %; of other schools below 40 %",
    ),
    Truth(
        id="low_results",
        statement="Три школы с низкими результатами во все годы",
        organizations=LOW_SCHOOLS,
        campaigns=_campaigns("VPR-", "OGE-", "EGE-"),
        size="school effect −1.1 logit in every work",
        found_by="at least 30 % of marks «2» in two or more works of a year, every year; band «below»",
    ),
    Truth(
        id="high_for_context",
        statement="Школа в сложных социальных условиях с результатами выше ожидаемых",
        organizations=(HIGH_FOR_CONTEXT_SCHOOL,),
        campaigns=_campaigns("VPR-", "OGE-", "EGE-"),
        size="circumstances cost 0.67 logit, the school adds 1.15",
        found_by="largest residual of the school mean on the context shares, above 2.5 robust deviations",
    ),
    Truth(
        id="municipal_gap",
        statement="Тема «Обыкновенные дроби» не освоена пятиклассниками всего муниципалитета",
        organizations=(),
        campaigns=_campaigns("VPR-MA5"),
        size="items of the element are 1.7 logit harder than for the region",
        found_by="upper limit of the facility below the norm 0.57 and below the region by 0.2 or more",
        elements=("2",),
    ),
    Truth(
        id="school_gap",
        statement="Тема «Проценты и отношения» не освоена шестиклассниками одной школы",
        organizations=(GAP_SCHOOL,),
        campaigns=_campaigns("VPR-MA6"),
        size="items of the element are 1.9 logit harder for the school",
        found_by="observed less than expected given raw scores, FDR 5 % over schools × elements",
        elements=("3",),
    ),
    Truth(
        id="cohort",
        statement="Одни и те же обучающиеся: ВПР-7 (2024) → ВПР-8 (2025) → ОГЭ (2026)",
        organizations=(),
        campaigns=("VPR-RU7-2024", "VPR-MA7-2024", "VPR-RU8-2025", "VPR-MA8-2025", "OGE-RU-2026", "OGE-MA-2026"),
        size="the same persons: correlation of raw scores above 0.6 within a subject",
        found_by="link by the permanent number of the school's code list; participant codes do not link",
    ),
)


def difficulty_shift(work_key: str, element: str) -> int:
    """Milli-logits that the whole municipality finds items of `element` harder than the region does."""
    return MUNICIPAL_GAP_SHIFT if (work_key, element) == MUNICIPAL_GAP else 0


def school_difficulty_shift(work_key: str, element: str) -> int:
    """The same for the school `GAP_SCHOOL` alone."""
    return SCHOOL_GAP_SHIFT if (work_key, element) == SCHOOL_GAP else 0
