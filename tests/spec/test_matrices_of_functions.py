"""Two published matrices of functions: one starts in the middle of a group, the other repeats its header."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.matrices import MatrixReading, read_functions
from msoko.foundation.catalog.plans import matrix_words


def matrix(samples: Path, name: str) -> MatrixReading:
    path = samples.parent / "seeds" / name
    reading = read_functions(path.name, path.read_bytes(), words=matrix_words())
    assert reading.problems == []
    return reading


@pytest.fixture
def municipal(samples: Path) -> MatrixReading:
    return matrix(samples, "functions-municipal.txt")


@pytest.fixture
def institutional(samples: Path) -> MatrixReading:
    return matrix(samples, "functions-school.txt")


def test_municipal_matrix(municipal: MatrixReading) -> None:
    assert [(one.number, len(one.functions), one.is_lost) for one in municipal.groups] == [
        ("", 5, True), ("2.2.", 5, False), ("2.3.", 7, False), ("2.4.", 5, False), ("3.", 4, False), ("4.", 4, False),
    ]  # fmt: skip
    assert [remark.code for remark in municipal.remarks] == ["group_head_lost"]
    assert len(municipal.functions) == 30


def test_tail_of_a_broken_row_and_a_function_in_one_cell(municipal: MatrixReading) -> None:
    texts = [one.text for one in municipal.groups[1].functions]
    assert texts[3].endswith("в сфере оценки качества общего образования")
    assert texts[4].startswith("Организация взаимодействия")


def test_institutional_matrix(institutional: MatrixReading) -> None:
    assert [(one.number, len(one.functions)) for one in institutional.groups] == [
        ("1.", 2), ("2.", 0), ("2.1.", 4), ("2.2.", 7), ("2.3.", 5), ("2.4.", 5), ("3.", 4), ("4.", 2),
    ]  # fmt: skip
    assert len(institutional.functions) == 29
    assert institutional.groups[0].functions[0].responsible == (
        "Руководитель образовательной организации (ОО)", "Старший воспитатель", "Рабочие группы",
        "Педагогический совет", "Методический Совет", "Совет ОО",
    )  # fmt: skip


def test_group_rows_have_their_own_positions_and_documents(institutional: MatrixReading) -> None:
    group = institutional.groups[5]
    assert group.responsible == ("Руководитель ОО", "Старший воспитатель ОО")
    assert len(group.documents) == 6
    assert all(function.documents == group.documents for function in group.functions)


def test_fragments_repeated_at_edges_of_pages_are_dropped(institutional: MatrixReading) -> None:
    codes = [remark.code for remark in institutional.remarks]
    assert codes == ["fragment_repeated"] * 3


def html(*rows: str) -> bytes:
    head = "<tr><th>Функции</th><th>Должности</th><th>Перечень документов</th></tr>"
    return f"<table>{head}{''.join(f'<tr>{row}</tr>' for row in rows)}</table>".encode()


def test_merged_cells_are_shared_and_empty_ones_are_not() -> None:
    page = html(
        "<td>1. Организация</td><td>Начальник</td><td>Положение о системе</td>",
        "<td>Организация сбора сведений</td><td rowspan=2>Методист</td><td>Приказ о сборе</td>",
        "<td>Подготовка отчёта</td><td></td>",
        "<td colspan=3>2. Контроль</td>",
        "<td>Осуществление контроля</td><td>Заместитель начальника</td><td>План контроля<br>Приказ о контроле</td>",
    )
    reading = read_functions("матрица.html", page, words=matrix_words())
    first, second = reading.groups
    assert (first.number, first.title, first.responsible, first.documents) == (
        "1.", "Организация", ("Начальник",), ("Положение о системе",),
    )  # fmt: skip
    assert [(one.text, one.responsible, one.documents, one.is_shared) for one in first.functions] == [
        ("Организация сбора сведений", ("Методист",), ("Приказ о сборе",), True),
        ("Подготовка отчёта", ("Методист",), (), True),
    ]
    assert second.functions[0].documents == ("План контроля", "Приказ о контроле")


def test_columns_in_another_order() -> None:
    head = "Документы\tФункции\tОтветственные должности\n"
    row = "Приказ о проведении\tОрганизация олимпиады\tМетодист; руководитель отдела\n"
    reading = read_functions("м.txt", (head + "\t1. Олимпиады\t\n" + row).encode(), words=matrix_words())
    (function,) = reading.functions
    assert (function.text, function.responsible, function.documents) == (
        "Организация олимпиады", ("Методист", "руководитель отдела"), ("Приказ о проведении",),
    )  # fmt: skip
