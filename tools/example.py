"""Writes docs/examples: results and a specification of a work that the demo does not hold."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path

from msoko.foundation.documents.result_files.demo_rows import printed_rows, printed_work
from msoko.foundation.documents.result_files.federal import write_individual_results
from msoko.foundation.documents.result_files.specifications import write_specification
from qualimetry.synthetic import build_municipality, campaigns

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "examples"
CAMPAIGN = "VPR-MA6-2026"
#: other pupils than those of the demo, a year earlier
SEED, HELD_ON = 2025, dt.date(2025, 4, 22)
#: keys of schools: among them one with a gap of its own (3), with lenient journal marks (6), with low results (7)
SCHOOLS = range(1, 8)


def write_examples(folder: Path) -> tuple[Path, Path]:
    """Paths of the results and of the specification; the same bytes every time."""
    municipality = build_municipality(SEED)
    campaign = next(one for one in campaigns(municipality) if one.key == CAMPAIGN)
    work = replace(printed_work(campaign), year=HELD_ON.year, held_on=HELD_ON)
    columns = campaign.columns
    chosen = columns.take(sum(columns.organization == school for school in SCHOOLS) > 0)
    results, specification = folder / f"Ф1 {work.title}.xlsx", folder / f"Спецификация {work.title}.xlsx"
    write_individual_results(results, work, printed_rows(municipality, campaign, chosen))
    write_specification(specification, work.title, campaign.blueprint)
    return results, specification


if __name__ == "__main__":
    for path in write_examples(FOLDER):
        sys.stderr.write(f"{path.name}: {path.stat().st_size} bytes\n")
