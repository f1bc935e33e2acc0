"""Orders as text: requisites, points, addressees, terms, control; what was not found is asked."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.orders import OrderReading, read_order
from tests.factories.papers import ORDER


def _read(text: str) -> OrderReading:
    return read_order(text.splitlines())


def test_requisites_stand_before_the_preamble() -> None:
    found = _read(ORDER)
    assert (found.number, found.signed_on) == ("45-п", dt.date(2026, 9, 5))
    assert found.title == "О подготовке к оценочным процедурам"
    assert found.preamble.startswith("В соответствии с приказом Департамента")
    assert found.signer == "В.М. Образцов"
    assert found.controller == "Примерова П.И., главного специалиста"


def test_points_know_whom_they_are_for() -> None:
    points = {one.number: one for one in _read(ORDER).points}
    assert list(points) == ["1", "1.1", "1.2", "2", "2.1", "2.2", "3", "4", "5"]
    circles = {number: one.circle for number, one in points.items()}
    assert circles == {
        "1": "none", "1.1": "none", "1.2": "none", "2": "none", "2.1": "school", "2.2": "school", "3": "preschool",
        "4": "owner", "5": "none",
    }  # fmt: skip
    assert points["2.2"].addressee == "Руководителям общеобразовательных организаций"
    assert points["4"].addressee == "Начальнику отдела Тестовой М.П."
    assert points["2.2"].text == "Представить сведения (по форме) не позднее 1 октября 2026 года."


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Представить отчёт в срок до 15.09.2026 года.", "до 15.09.2026 года"),
        ("Представить отчёт не позднее 1 октября 2026 года.", "не позднее 1 октября 2026 года"),
        ("Проводить совещания ежемесячно.", "ежемесячно"),
        ("Завершить работу в течение 10 дней со дня подписания.", "в течение 10 дней со дня подписания"),
        ("Обеспечить объективность.", ""),
        ("Представлять сведения ежеквартально до 5 числа.", "ежеквартально до 5 числа"),
        ("Методисту ежемесячно, до 10 числа, проводить консультации.", "ежемесячно, до 10 числа"),
        ("Обеспечить наблюдение. Срок: постоянно.", "постоянно"),
        ("Проверить работы. Срок исполнения – до 15.12.2026, ответственный – Тестова Е.Е.", "до 15.12.2026"),
        ("Принять участие в семинаре 17.11.2026.", "17.11.2026"),
        ("Провести собрания в ноябре 2026 года.", "в ноябре 2026 года"),
        ("Исполнить приказ Департамента от 01.10.2026 № 55.", ""),
        ("Провести проверку с 1 по 15 октября 2026 года.", "с 1 по 15 октября 2026 года"),
    ],
)
def test_terms_are_phrases_of_the_order(text: str, term: str) -> None:
    assert _read(f"ПРИКАЗЫВАЮ:\n1. {text}").points[0].term == term


@pytest.mark.parametrize(
    ("addressee", "circle", "organizations", "people"),
    [
        ("Руководителям общеобразовательных организаций (Примерова А.И., Тестов П.П.)", "school", (),
         ("Примерова А.И.", "Тестов П.П.")),
        ("Заведующим детскими садами и руководителям учреждений дополнительного образования",
         "preschool+supplementary", (), ()),
        ("Директорам МБОУ СОШ № 1, № 2 и гимназии «Исток»", "ask",
         ("МБОУ СОШ № 1", "МБОУ СОШ № 2", "гимназии «Исток»"), ()),
        ("Директору МБУ «Центр» Примерову И.И.", "ask", ("МБУ «Центр»",), ("Примерову И.И.",)),
        ("Отделу общего образования (Образцовой Е.Е.)", "owner", (), ("Образцовой Е.Е.",)),
        ("Информационно-методическому центру", "owner", (), ()),
        ("Руководителям муниципальных образовательных организаций", "all", (), ()),
    ],
)  # fmt: skip
def test_addressees_are_circles_or_names(
    addressee: str, circle: str, organizations: tuple[str, ...], people: tuple[str, ...]
) -> None:
    point = _read(f"ПРИКАЗЫВАЮ:\n1. {addressee} представить сведения до 01.10.2026.").points[0]
    assert (point.addressee, point.circle) == (addressee, circle)
    assert (point.organizations, point.people) == (organizations, people)


def test_nested_points_inherit_their_addressee() -> None:
    lines = (
        "1. Руководителям школ:\n1.1. Провести:\n1.1.1. совещание до 01.11.2026;\n1.1.2. собрания в ноябре 2026 года."
    )
    points = {one.number: one for one in _read(f"ПРИКАЗЫВАЮ:\n{lines}").points}
    assert [points[key].is_parent for key in ("1", "1.1", "1.1.1")] == [True, True, False]
    assert {points[key].circle for key in ("1.1.1", "1.1.2")} == {"school"}
    assert (points["1.1.1"].term, points["1.1.2"].term) == ("до 01.11.2026", "в ноябре 2026 года")


def test_what_was_not_found_is_asked() -> None:
    assert "«ПРИКАЗЫВАЮ» не найдено" in _read("Просто текст\n1. Пункт").questions[0]
    questions = " ".join(_read("П Р И К А З Ы В А Ю:\n1. Руководителям школ провести урок.").questions)
    for word in ("Номер", "Дата", "Заголовок", "Срок не указан в пунктах: 1", "контролирует"):
        assert word in questions


def test_a_date_at_the_start_of_a_line_is_no_point() -> None:
    found = _read("ПРИКАЗЫВАЮ:\n1. Провести работу до\n01.09.2026 года во всех школах.")
    assert [one.number for one in found.points] == ["1"]
    assert found.points[0].term == "до 01.09.2026 года"


def test_days_that_do_not_exist_are_not_read() -> None:
    assert _read("от 31 февраля 2026 г. № 1\nПРИКАЗЫВАЮ:\n1. Сделать.").signed_on is None


_PIECES = (
    "1.",
    "1.1.",
    "- а",
    ":",
    "Руководителям школ",
    "провести",
    "до 31.02.2026",
    "В.М. Образцов",
    "Контроль за",
    "",
)


@given(st.lists(st.sampled_from(_PIECES), max_size=20))
def test_any_lines_give_an_answer(lines: list[str]) -> None:
    found = read_order(["ПРИКАЗЫВАЮ:", *lines])
    assert all(point.text for point in found.points)
