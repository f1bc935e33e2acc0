"""Signs of biased results of a run, computed from its stored counts and kept in memory."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msoko.cycle.analysis.models import Run
from msoko.cycle.analysis.results import summary_of
from msoko.cycle.analysis.slicing import stored_statistics
from msoko.foundation.catalog.policies import analysis_policy

if TYPE_CHECKING:
    from qualimetry.recipes.integrity import IntegrityResult

#: runs of a municipality that are looked at again and again; a result is some tens of kilobytes
_KEPT = 64


def signs_of(run: Run) -> IntegrityResult | None:
    """Signs of every organization and class; None where only summary reports are known.

    Raises:
        RefusedError: the counts were written by an earlier version of the system.
    """
    return None if run.is_counted else _signs(run.pk, run.statistics_name)


@lru_cache(maxsize=_KEPT)
def _signs(run_id: int, statistics_name: str) -> IntegrityResult:
    """By the name of the counts: a run that is computed again has another."""
    from qualimetry.recipes.integrity import integrity_of  # noqa: PLC0415 -- slow import

    run = Run.objects.get(pk=run_id, statistics_name=statistics_name)
    return integrity_of(stored_statistics(run), summary_of(run).blueprint, analysis_policy())
