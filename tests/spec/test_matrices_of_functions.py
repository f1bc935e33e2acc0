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
