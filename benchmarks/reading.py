"""480 workbooks from files to stored batches against pandas and openpyxl in a loop.

`python -m benchmarks.reading`: 40 schools × 12 works × 60 participants × 20 items in the layout of the
individual results of ВПР. The loop only opens every workbook and makes a frame of its rows: no checks, no totals, no
storing. Prints one JSON object; exits with 1 when a target is missed. Peak memory is that of the product's process and
its readers together.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import xlsxwriter

SCHOOLS, PUPILS, ITEMS = 40, 60, 20
WORKS = tuple((subject, grade) for subject in ("Математика", "Русский язык", "История") for grade in (5, 6, 7, 8))
TARGET_RATIO, TARGET_MEGABYTES = 10.0, 500
#: the loop is timed on every such file and scaled: it takes a quarter of a minute otherwise
LOOP_STEP = 8


def write_workbooks(folder: Path) -> list[Path]:
    """Workbooks of all schools and works, the same on every run."""
    rng = np.random.default_rng(2026)
    return [
        _write(folder / f"{grade}_{subject}_{school:02}.xlsx", subject, grade, school, rng)
        for school in range(1, SCHOOLS + 1)
        for subject, grade in WORKS
    ]


def _write(path: Path, subject: str, grade: int, school: int, rng: np.random.Generator) -> Path:
    scores = rng.integers(0, 3, (PUPILS, ITEMS))
    name = f"МБОУ «СОШ № {school}»(edu99{school:04})"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Индивидуальные результаты")
        head = ["ОО", "Муниципалитет", "Название ОО", "Код участника", "Класс", "Вариант"]
        items = [f"{number} (2б)" for number in range(1, ITEMS + 1)]
        rows: list[list[object]] = [
            ["Индивидуальные результаты"], [], [f"ВПР 2026 {subject} {grade} класс"], ["Предмет:", subject],
            ["Максимальный первичный балл:", 2 * ITEMS], ["Дата:", "20.04.2026"],
            [*[""] * 2, "Уровень сложности задания", *[""] * 3, *["Б"] * ITEMS],
            [*head, *items, "Первичный балл", "Отметка", "Отметка по журналу"], [name, f"Кол-во участников: {PUPILS}"],
        ]  # fmt: skip
        for number, line in enumerate(scores.tolist()):
            total = sum(line)
            marks = [min(5, 2 + total // 12), 2 + number % 4]
            code, place = f"edu99{school:04}", "Примерский муниципальный район"
            person = [f"{grade}{number + 1:04}", number % 3 + 1, 1 + number % 2]
            rows.append([code, place, name, *person, *line, total, *marks])
        for row, cells in enumerate(rows):
            sheet.write_row(row, 0, cells)
    return path


def loop_seconds(paths: list[Path]) -> float:
    """pandas and openpyxl, file after file."""
    import pandas as pd  # noqa: PLC0415 -- slow import

    start = time.perf_counter()
    for path in paths:
        pd.read_excel(path, header=7, engine="openpyxl")
    return time.perf_counter() - start


class WithoutPandas:
    """Hides pandas, which is no dependency of the product: PyArrow would import it where it is installed."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name)


def product(folder: Path) -> dict[str, float]:
    """Files to stored batches in this process and its pool; seconds, rows, megabytes."""
    from msoko.foundation.processing.pipeline import read_paths, store_campaigns  # noqa: PLC0415 -- slow import

    with tempfile.TemporaryDirectory() as target:
        start = time.perf_counter()
        stored, problems = store_campaigns(read_paths([folder]), Path(target))
        seconds = time.perf_counter() - start
    own, children = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "seconds": seconds,
        "campaigns": len(stored),
        "rows": sum(one.counts.kept for one in stored),
        "problems": len(problems),
        "megabytes": own / 1024 + children / 1024 * 2,  # the largest child stands for both
    }


def main() -> int:
    if "--product" in sys.argv:
        sys.meta_path.insert(0, WithoutPandas())
        sys.stdout.write(json.dumps(product(Path(sys.argv[-1]))))
        return 0
    with tempfile.TemporaryDirectory(prefix="msoko-bench-") as name:
        paths = write_workbooks(Path(name))
        sample = paths[::LOOP_STEP]
        loop = loop_seconds(sample) * len(paths) / len(sample)
        done = subprocess.run(  # noqa: S603 -- own command
            [sys.executable, "-m", "benchmarks.reading", "--product", name], check=True, capture_output=True, text=True
        )
        measured = json.loads(done.stdout)
    ratio = loop / measured["seconds"]
    figures = {"files": len(paths), "loop_seconds": loop, **measured, "times_faster": ratio}
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=2) + "\n")
    return 0 if ratio >= TARGET_RATIO and measured["megabytes"] < TARGET_MEGABYTES else 1


if __name__ == "__main__":
    raise SystemExit(main())
