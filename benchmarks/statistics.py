"""Time and memory of the standard statistics against one DuckDB pass that only sums every item column.

`python -m benchmarks.statistics [participants]`: JSON on standard output. Both sides open a fresh engine and go through
Ibis from the same stored file to Arrow, with expressions compiled before; medians of the repetitions. The scan counts
all that results are finished from (by class: marks, raw scores, journal, items; by organization: items by raw score
and mark); `scan_with_slices` keeps sex and special needs as well. The finish rolls classes up to organizations and to
the whole and gives the municipality's result and the bands of its organizations. `analyse` is everything: results of
all organizations, gaps of classes too, findings; results of so many classes are finished when they are asked for.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from qualimetry.engines.base import BATCH
from qualimetry.engines.duck import DuckEngine
from qualimetry.frames.batch import batch_schema, item_column
from qualimetry.frames.blueprint import Blueprint, CutScores, Item
from qualimetry.frames.store import write_batch
from qualimetry.recipes.bands import bands
from qualimetry.recipes.campaign import analyse, scan
from qualimetry.recipes.groups import Levels, group_results
from qualimetry.recipes.policy import Policy
from qualimetry.statistics.campaign import CampaignStatistics

MAXIMA = (1,) * 12 + (2,) * 6 + (3,) * 2
CLASS_SIZE, CLASSES = 25, 40
REPETITIONS = 5
TARGET_RATIO, TARGET_MEGABYTES = 6.0, 500


def blueprint() -> Blueprint:
    items = tuple(Item(str(k), top, "Б" if top == 1 else "П") for k, top in enumerate(MAXIMA, start=1))
    return Blueprint("VPR", "Математика", 5, 2026, items, cut_scores=CutScores(8, 14, 22, "образец"))


def policy() -> Policy:
    text = files("definitions").joinpath("policies/analysis.toml").read_text(encoding="utf-8")
    return Policy.from_mapping(tomllib.loads(text))


def generate(participants: int, seed: int = 1) -> pa.Table:
    """A batch of `participants` in classes of 25, 40 classes an organization, 3 % absent."""
    random = np.random.default_rng(seed)
    row = np.arange(participants)
    organization = row // (CLASS_SIZE * CLASSES)
    klass = row // CLASS_SIZE % CLASSES
    ability = random.normal(0, 1, participants) + random.normal(0, 0.5, organization.max() + 1)[organization]
    items = [_answers(random, ability, top) for top in MAXIMA]
    total = np.sum([np.maximum(item, 0) for item in items], axis=0)
    mark = 2 + (total >= 8).astype(np.int64) + (total >= 14) + (total >= 22)
    names = pa.array([f"{letter}{number}" for letter in "АБВГДЕЖИ" for number in range(1, 6)])
    columns: dict[str, Any] = {
        "organization": organization,
        "class_group": names.take(pa.array(klass)),
        "participant": pa.array([key.tobytes() for key in _keys(random, participants)], pa.binary(16)),
        "variant": random.integers(1, 3, participants),
        "sex": random.integers(1, 3, participants),
        "has_sen": pa.nulls(participants, pa.bool_()),
        "present": random.random(participants) >= 0.03,
        "is_valid_attempt": np.ones(participants, np.bool_),
        "attempt": np.ones(participants, np.int64),
        "total": total,
        "file_total": total,
        "mark": mark,
        "journal_mark": np.clip(mark + random.integers(-1, 2, participants), 2, 5),
        "test_score": pa.nulls(participants, pa.int16()),
        "passed": pa.nulls(participants, pa.bool_()),
        "level": pa.nulls(participants, pa.int8()),
    }
    columns |= {item_column(k): item for k, item in enumerate(items, start=1)}
    return pa.table(columns).cast(batch_schema(len(MAXIMA)))


def _answers(random: np.random.Generator, ability: Any, top: int) -> Any:
    score = random.binomial(top, 1 / (1 + np.exp(random.normal(0, 1) - ability)))
    return np.where((score == 0) & (random.random(ability.size) < 0.1), -1, score)


def _keys(random: np.random.Generator, count: int) -> Any:
    return random.integers(0, 256, (count, 16), dtype=np.uint8)


def one_pass(path: Path) -> float:
    """Seconds of the baseline: the sum of every item column, on a fresh engine."""
    names = [item_column(k) for k in range(1, len(MAXIMA) + 1)]
    batch = ibis.table(dict.fromkeys(names, "int8"), name=BATCH)
    sums = batch.aggregate(**{name: batch[name].sum() for name in names})
    start = time.perf_counter()
    engine = DuckEngine()
    engine.read([path])
    engine.run(sums)
    engine.close()
    return time.perf_counter() - start


def counted(path: Path, *, slices: bool) -> CampaignStatistics:
    return scan([path], len(MAXIMA), slices=slices)


def finish(statistics: CampaignStatistics) -> None:
    """Whole result and bands of all organizations."""
    specification, rules = blueprint(), policy()
    levels = Levels(statistics, specification)
    group_results(levels.whole, specification, rules)
    bands(levels.organizations.tables, levels.whole.tables, specification, rules)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(path: Path) -> dict[str, float]:
    one_pass(path)  # imports, the file cache and compiled expressions
    statistics = counted(path, slices=False)
    counted(path, slices=True)
    runs = {
        "pass": lambda: one_pass(path),
        "scan": lambda: counted(path, slices=False),
        "scan_with_slices": lambda: counted(path, slices=True),
        "finish": lambda: finish(statistics),
        "analyse": lambda: analyse(statistics, blueprint(), policy()),
    }
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(REPETITIONS):  # interleaved, so that a busy machine burdens all alike
        for name, work in runs.items():
            times[name].append(_seconds(work))
    return {name: round(median(values), 4) for name, values in times.items()}


def stored(participants: int, folder: Path) -> Path:
    return write_batch(generate(participants), folder)


def peak_megabytes(path: Path) -> int:
    """Memory of a process that scans and finishes once."""
    finish(counted(path, slices=False))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def run(participants: int = 1_000_000) -> dict[str, Any]:
    """Generate, measure time, measure memory: each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = _apart(stored, participants, Path(folder))
        seconds = _apart(measure, path)
        megabytes = _apart(peak_megabytes, path)
    finished = seconds["finish"]
    ratios = {
        "scan": seconds["scan"],
        "scan_and_finish": seconds["scan"] + finished,
        "scan_with_slices_and_finish": seconds["scan_with_slices"] + finished,
        "scan_and_analyse": seconds["scan"] + seconds["analyse"],
    }
    times = {name: round(value / seconds["pass"], 2) for name, value in ratios.items()}
    return {
        "participants": participants,
        "seconds": seconds,
        "times_the_pass": times,
        "target_times": TARGET_RATIO,
        "megabytes": megabytes,
        "target_megabytes": TARGET_MEGABYTES,
        "ok": times["scan_and_finish"] <= TARGET_RATIO and megabytes < TARGET_MEGABYTES,
    }


def _apart(work: Callable[..., Any], *arguments: Any) -> Any:
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(work, arguments)


if __name__ == "__main__":
    json.dump(run(*(int(argument) for argument in sys.argv[1:2])), sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
