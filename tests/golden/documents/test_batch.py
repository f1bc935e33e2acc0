"""Many documents in one ZIP."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from msoko.foundation.documents.batch import FORMATS, Order, print_orders, render, write_zip
from msoko.foundation.documents.files import file_name, replacing
from tests.golden.documents.sample import school, school_report

MAGIC = {"docx": b"PK", "pdf": b"%PDF", "xlsx": b"PK"}


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format(format_: str) -> None:
    assert render(school_report(1), format_).startswith(MAGIC[format_])


def test_zip_of_schools(tmp_path: Path) -> None:
    heard: list[str] = []
    orders = [Order(f"Справка. {school(number)}", school_report(number)) for number in (1, 2)]
    write_zip(orders, tmp_path / "schools.zip", on_file=heard.append)
    with zipfile.ZipFile(tmp_path / "schools.zip") as archive:
        assert archive.namelist() == [
            f"Справка. МБОУ Средняя общеобразовательная школа № {number}.{kind}"
            for number in (1, 2)
            for kind in ("docx", "pdf")
        ]
        assert archive.namelist() == heard
        assert archive.testzip() is None


def test_same_names_are_told_apart(tmp_path: Path) -> None:
    write_zip([Order("Справка", school_report(n), ("xlsx",)) for n in (1, 2)], tmp_path / "z.zip")
    with zipfile.ZipFile(tmp_path / "z.zip") as archive:
        assert archive.namelist() == ["Справка.xlsx", "Справка (2).xlsx"]


def test_orders_are_printed_one_by_one() -> None:
    printed = print_orders(Order(str(number), school_report(number), ("xlsx",)) for number in (1, 2))
    assert next(printed).file == "1.xlsx"
    printed.close()  # type: ignore[attr-defined]


def test_pool_prints_in_order() -> None:
    orders = [Order(str(number), school_report(1), ("xlsx",)) for number in range(16)]
    assert [printed.file for printed in print_orders(orders, workers=2)] == [f"{n}.xlsx" for n in range(16)]


def test_broken_zip_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        write_zip([Order("x", school_report(1), ("odt",))], tmp_path / "z.zip")
    assert list(tmp_path.iterdir()) == []


def test_names_of_files() -> None:
    assert file_name("Справка: МБОУ «СОШ № 5» / 2026?", ".docx") == "Справка МБОУ СОШ № 5 2026.docx"
    assert file_name("..", ".pdf") == "Документ.pdf"
    assert len(file_name("я" * 500, ".pdf")) == 124


def test_replacing_keeps_the_old_file_on_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")

    def fail() -> None:
        with replacing(path) as stream:
            stream.write(b"half")
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        fail()
    assert path.read_text() == "old"
