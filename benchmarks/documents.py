"""How long documents take: `python -m benchmarks.documents`.

A municipal report with charts (Word and PDF) from a cold start, and reports of 24 schools (Word and PDF) as a ZIP by
one process and by two. Prints one JSON object; exits with 1 when a target is missed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.golden.documents.sample import SCHOOLS, municipal_report, school, school_report

from msoko.foundation.documents.batch import Order, render, write_zip
from qualimetry.narrative.blocks import ReportDocument

MUNICIPAL_SECONDS = 5.0
SCHOOLS_SECONDS = 40.0


def municipal_cold() -> float:
    """A fresh interpreter: start, imports, fonts, charts, both formats."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "benchmarks.documents", "--once"], check=True)
    return time.perf_counter() - start


def municipal_warm() -> float:
    """The same in a process that has printed before; the charts are new."""
    report = municipal_report(seed=100)
    start = time.perf_counter()
    _print_both(report)
    return time.perf_counter() - start


def schools(workers: int) -> float:
    orders = [Order(school(number), school_report(number)) for number in range(1, SCHOOLS + 1)]
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        write_zip(orders, Path(folder) / "schools.zip", workers=workers)
        return time.perf_counter() - start


def _print_both(report: ReportDocument) -> None:
    for format_ in ("docx", "pdf"):
        render(report, format_)


def main() -> int:
    pool = schools(workers=2)
    figures = {
        "municipal_report_cold_seconds": municipal_cold(),
        "schools_one_process_seconds": schools(workers=1),
        "schools_two_processes_seconds": pool,
        "municipal_report_warm_seconds": municipal_warm(),
    }
    is_met = (
        figures["municipal_report_cold_seconds"] < MUNICIPAL_SECONDS
        and max(figures["schools_one_process_seconds"], pool) < SCHOOLS_SECONDS
    )
    rounded = {name: round(seconds, 2) for name, seconds in figures.items()}
    print(json.dumps({**rounded, "targets_met": is_met}, indent=2))  # noqa: T201 -- its output
    return 0 if is_met else 1


if __name__ == "__main__":
    if "--once" in sys.argv:
        _print_both(municipal_report())
    else:
        sys.exit(main())
