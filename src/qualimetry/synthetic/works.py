"""Catalogue of the works of the demo: specification, mark boundaries, conversion to test scores."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from qualimetry.frames.blueprint import Blueprint, CutScores, LevelCuts, MarkCondition, ResultKind
from qualimetry.synthetic import works_exams, works_primary, works_russian, works_sciences
from qualimetry.synthetic.work_text import parse_work

#: Every boundary of the demo is fictional, though close to those of past years.
SCALE_SOURCE = "Условная шкала демонстрационных данных"


@dataclass(frozen=True, slots=True)
class Work:
    """A version of a work. `target` is the mean raw score of an average pupil, as a share of the maximum."""

    key: str
    procedure: str
    subject: str
    grade_level: int
    text: str
    kind: ResultKind = ResultKind.MARKS
    cuts: tuple[int, int, int] | None = None
    conditions: tuple[MarkCondition, ...] = ()
    levels: LevelCuts | None = None
    #: lowest passing primary score and the test score it gives (EGE)
    minimum: tuple[int, int] | None = None
    target: float = 0.6

    def blueprint(self, year: int) -> Blueprint:
        """The specification of the work held in `year`."""
        return replace(_blueprint(self), year=year)


@cache
def _blueprint(work: Work) -> Blueprint:
    parsed = parse_work(work.text)
    cuts = None if work.cuts is None else CutScores(*work.cuts, source=SCALE_SOURCE, conditions=work.conditions)
    return Blueprint(
        procedure=work.procedure,
        subject=work.subject,
        grade_level=work.grade_level,
        year=None,
        items=parsed.items,
        result_kind=work.kind,
        cut_scores=cuts,
        levels=work.levels,
        test_score_minimum=None if work.minimum is None else work.minimum[1],
        element_names=parsed.element_names,
    )


RUSSIAN, MATHEMATICS = "Русский язык", "Математика"
_GEOMETRY = MarkCondition(tuple(str(n) for n in (*range(15, 20), *range(23, 26))), min_points=2, from_mark=3)
_LITERACY = tuple(str(n) for n in range(19, 23))


def _vpr(key: str, subject: str, grade: int, text: str, cuts: tuple[int, int, int], target: float) -> Work:
    return Work(key, "VPR", subject, grade, text, cuts=cuts, target=target)


def _oge(key: str, subject: str, text: str, cuts: tuple[int, int, int], target: float, *rules: MarkCondition) -> Work:
    return Work(key, "OGE", subject, 9, text, cuts=cuts, conditions=rules, target=target)


def _ege(key: str, subject: str, text: str, minimum: tuple[int, int], target: float) -> Work:
    return Work(key, "EGE", subject, 11, text, kind=ResultKind.TEST_SCORE, minimum=minimum, target=target)


WORKS: dict[str, Work] = {
    work.key: work
    for work in (
        _vpr("RU4", RUSSIAN, 4, works_primary.RUSSIAN_4, (10, 16, 21), 0.67),
        _vpr("RU4old", RUSSIAN, 4, works_primary.RUSSIAN_4_BEFORE_2025, (14, 24, 33), 0.67),
        _vpr("MA4", MATHEMATICS, 4, works_primary.MATHEMATICS_4, (6, 10, 14), 0.62),
        _vpr("MA4old", MATHEMATICS, 4, works_primary.MATHEMATICS_4_BEFORE_2025, (6, 10, 15), 0.58),
        _vpr("OM4", "Окружающий мир", 4, works_primary.WORLD_AROUND_4, (8, 18, 27), 0.64),
        _vpr("RU5", RUSSIAN, 5, works_russian.RUSSIAN_5, (18, 29, 39), 0.67),
        _vpr("MA5", MATHEMATICS, 5, works_sciences.MATHEMATICS_5, (7, 11, 15), 0.59),
        _vpr("RU6", RUSSIAN, 6, works_russian.RUSSIAN_6, (25, 35, 45), 0.71),
        _vpr("MA6", MATHEMATICS, 6, works_sciences.MATHEMATICS_6, (6, 10, 14), 0.60),
        _vpr("IS6", "История", 6, works_sciences.HISTORY_6, (6, 11, 16), 0.57),
        _vpr("RU7", RUSSIAN, 7, works_russian.RUSSIAN_7, (22, 32, 42), 0.71),
        _vpr("MA7", MATHEMATICS, 7, works_sciences.MATHEMATICS_7, (7, 12, 16), 0.61),
        _vpr("RU8", RUSSIAN, 8, works_russian.RUSSIAN_8, (26, 32, 45), 0.73),
        _vpr("MA8", MATHEMATICS, 8, works_sciences.MATHEMATICS_8, (8, 15, 21), 0.58),
        _vpr("FI8", "Физика", 8, works_sciences.PHYSICS_8, (5, 8, 11), 0.47),
        _oge("OGE-RU", RUSSIAN, works_exams.OGE_RUSSIAN, (15, 26, 33), 0.73,
             MarkCondition(_LITERACY, 6, 4), MarkCondition(_LITERACY, 9, 5)),
        _oge("OGE-MA", MATHEMATICS, works_exams.OGE_MATHEMATICS, (8, 15, 22), 0.51, _GEOMETRY),
        _oge("OGE-OB", "Обществознание", works_exams.OGE_SOCIAL_STUDIES, (14, 24, 32), 0.65),
        _oge("OGE-GG", "География", works_exams.OGE_GEOGRAPHY, (12, 19, 26), 0.65),
        _ege("EGE-RU", RUSSIAN, works_exams.EGE_RUSSIAN, (16, 24), 0.56),
        _ege("EGE-MP", "Математика профильная", works_exams.EGE_MATHEMATICS_PROFILE, (5, 27), 0.27),
        Work("EGE-MB", "EGE", "Математика базовая", 11, works_exams.EGE_MATHEMATICS_BASIC,
             cuts=(7, 12, 17), target=0.68),
        _ege("EGE-OB", "Обществознание", works_exams.EGE_SOCIAL_STUDIES, (22, 42), 0.46),
        Work("CG8", "MUNICIPAL_DIAGNOSTIC", "Читательская грамотность", 8, works_exams.READING_LITERACY_8,
             kind=ResultKind.LEVELS, target=0.56,
             levels=LevelCuts(("Недостаточный", "Низкий", "Средний", "Повышенный", "Высокий"), (5, 9, 13, 17),
                              SCALE_SOURCE)),
        Work("GP1", "BASELINE", "Готовность первоклассников", 1, works_primary.READINESS_1,
             kind=ResultKind.LEVELS, target=0.66,
             levels=LevelCuts(("Низкий", "Средний", "Высокий"), (9, 17), SCALE_SOURCE)),
    )
}  # fmt: skip
