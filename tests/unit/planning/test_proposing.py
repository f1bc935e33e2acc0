"""Dependencies proposed from the words of a plan."""

from __future__ import annotations

from msoko.cycle.planning.proposing import Subject, propose


def _pairs(*subjects: Subject) -> set[tuple[int, int]]:
    return {(one.before, one.after) for one in propose(subjects)}


def test_what_looks_back_at_results_follows_what_gives_them() -> None:
    assert _pairs(
        Subject(1, "Мониторинг деятельности наставников", 1),
        Subject(2, "Проведение адресных консультаций по итогам мониторинга деятельности наставников", 1),
    ) == {(1, 2)}


def test_results_for_a_document_feed_whoever_makes_it_and_the_meeting_hears_it() -> None:
    into = "Справка для включения в Доклад о состоянии образования"
    assert _pairs(
        Subject(1, "Мониторинг питания", 1, (into,)),
        Subject(2, "Мониторинг подвоза", 2, (into,)),
        Subject(3, "Подготовка доклада начальника управления", 3, ("Доклад",)),
        Subject(4, "Августовское совещание педагогов", 3, ("Протокол",)),
    ) == {(1, 3), (2, 3), (3, 4)}


def test_stages_of_one_work_follow_each_other_inside_a_section_only() -> None:
    subjects = [
        Subject(1, "Определение показателей профориентации выпускников", 1),
        Subject(2, "Мониторинг профориентации выпускников", 1),
        Subject(3, "Мониторинг профориентации выпускников", 2),
    ]
    assert _pairs(*subjects) == {(1, 2)}


def test_unrelated_activities_have_no_links() -> None:
    assert _pairs(Subject(1, "Проведение олимпиады", 1), Subject(2, "Ремонт кровли", 1)) == set()
