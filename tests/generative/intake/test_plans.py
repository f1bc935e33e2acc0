"""Plans read from anything: never an exception, the same from every kind of file, every row in one place."""

from __future__ import annotations

import io

from hypothesis import given, settings
from hypothesis import strategies as st

from intake.grids import read_document
from intake.grids.building import RawCell, grid_of, laid_out
from intake.matrices import read_pasted_functions
from intake.plans import PlanReading, PlanRowText, match_rows, read_pasted_plan, read_plan, term_reader
from intake.terms import PlanYear
from msoko.foundation.catalog.plans import matrix_words, plan_vocabulary
from tests.factories.plans import PlanText, as_html, as_text, as_xlsx

QUICK = settings(max_examples=60, deadline=None)
WORDS = plan_vocabulary()
TERMS = term_reader(PlanYear(2026))

pieces = st.sampled_from(
    ["\t", "\n", "|", ";", "№", "Мероприятие", "Срок", "Ответственный", "Результат", "1.", "1.1", "III.", "сентябрь",
     "х", "ежегодно", "ОО", "«", "»", "(", ")", ",", "-", "*", "<p>", "</p>", "<table>", "<tr>", "<td>",
     "<td colspan=3>", '"', "┌", "│", "├", "─", "┐", "приказ", " ", "Цели:", "01.09.2026", "УТВЕРЖДАЮ", "\x00",
     "\u200b", "ё", "5"]
)  # fmt: skip
scraps = st.lists(pieces, max_size=60).map("".join)
plain = st.text(alphabet="абвгдежзклмнопрст ", min_size=3, max_size=25).map(lambda text: f"Дело {text}".strip())
activities = st.tuples(
    st.integers(1, 40).map(lambda number: f"{number}."),
    plain.map(lambda text: " ".join(text.split())),
    st.sampled_from(["май", "сентябрь, ежегодно", "по запросу", "до 15 октября"]),
    st.sampled_from(["ИМЦ", "отдел, ИМЦ", "школы"]),
    st.sampled_from(["Приказ", "Справка, приказ", "Отчет"]),
)
plans = st.lists(activities | plain.map(lambda text: f"I. {' '.join(text.split())}"), min_size=2, max_size=9).filter(
    lambda rows: any(not isinstance(row, str) for row in rows)
)


@QUICK
@given(scraps)
def test_reading_is_total(text: str) -> None:
    reading = read_pasted_plan(text, vocabulary=WORDS, terms=TERMS)
    assert "plan.reading_failed" not in {problem.code for problem in reading.problems}
    functions = read_pasted_functions(text, words=matrix_words())
    assert "functions.reading_failed" not in {problem.code for problem in functions.problems}


@QUICK
@given(st.binary(max_size=300) | scraps.map(str.encode))
def test_grids_are_rectangles(data: bytes) -> None:
    for grid in read_document("файл", data).grids:
        assert all(len(row.cells) == grid.width for row in grid.rows)
        assert all(0 <= column < grid.width for row in grid.rows for column in row.above)
        assert all(not row.cells[column] for row in grid.rows for column in row.above)


cells = st.builds(RawCell, st.sampled_from(["", "а", "б"]), st.integers(1, 4), st.integers(1, 3))


@QUICK
@given(st.lists(st.lists(cells, max_size=5), max_size=6))
def test_every_text_of_laid_out_cells_is_kept(rows: list[list[RawCell]]) -> None:
    grid = grid_of(laid_out(rows), 1, knows_spans=True)
    texts = sorted(cell.text for row in rows for cell in row if cell.text)
    assert sorted(cell for row in grid.rows for cell in row.cells if cell) == texts


def meaning(reading: PlanReading) -> list[tuple[object, ...]]:
    return [
        (one.section_path, one.number, one.title, one.terms_raw, one.responsible, one.deliverables)
        for one in reading.activities
    ]


@settings(max_examples=25, deadline=None)
@given(plans)
def test_text_html_and_excel_read_alike(rows: list[str | tuple[str, ...]]) -> None:
    plan = PlanText(rows=rows)
    first, *others = (read_plan("п", make(plan), vocabulary=WORDS) for make in (as_text, as_html, as_xlsx))
    assert len(first.activities) == sum(not isinstance(row, str) for row in rows)
    assert [meaning(one) for one in others] == [meaning(first)] * 2


rows_of_plan = st.builds(
    PlanRowText,
    st.sampled_from(
        ["Анализ итогов", "Анализ итогов года", "Сбор сведений о школах", "Мониторинг", "Мониторинг сайтов"]
    ),
    st.sampled_from([(), ("Первый",), ("Второй",)]),
    st.sampled_from(["", "май", "июнь"]),
    st.sampled_from([(), ("ИМЦ",)]),
)


@QUICK
@given(st.lists(rows_of_plan, max_size=12), st.lists(rows_of_plan, max_size=12))
def test_every_row_is_matched_once(old: list[PlanRowText], new: list[PlanRowText]) -> None:
    match = match_rows(old, new)
    places = [*(pair.new for pair in match.pairs), *match.added, *(one.new for one in match.ambiguous)]
    assert sorted(places) == list(range(len(new)))
    assert sorted([*(pair.old for pair in match.pairs), *match.removed]) == list(range(len(old)))


@QUICK
@given(st.lists(rows_of_plan, max_size=12))
def test_a_plan_matches_itself(rows: list[PlanRowText]) -> None:
    match = match_rows(rows, rows)
    assert (match.changed, match.added, match.removed, match.ambiguous) == ((), (), (), ())


def test_excel_of_one_cell_is_no_plan() -> None:
    import openpyxl

    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    reading = read_plan("пусто.xlsx", buffer.getvalue(), vocabulary=WORDS)
    assert [problem.code for problem in reading.problems] == ["file.no_data"]
