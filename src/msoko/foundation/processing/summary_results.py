"""Results of campaigns known only from summary reports: counted rows analysed, printed figures put beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from msoko.foundation.catalog.policies import analysis_policy
from msoko.foundation.processing.references import with_printed_figures
from msoko.foundation.processing.summary_rows import SummaryCampaign, table_of_whole
from qualimetry.frames.store import write_batch
from qualimetry.recipes.contracts import CampaignResult, GroupResult

if TYPE_CHECKING:
    from qualimetry.statistics.campaign import CampaignStatistics


def analyse_counted(
    campaign: SummaryCampaign,
    folder: Path,
    *,
    references: Sequence[GroupResult] = (),
    previous: Sequence[CampaignResult] = (),
) -> tuple[CampaignResult, CampaignStatistics]:
    """The result and the counts behind it. `folder` takes the counted rows while they are scanned."""
    from qualimetry.recipes.campaign import analyse, scan  # noqa: PLC0415 -- slow import

    blueprint = campaign.blueprint
    statistics = scan([write_batch(campaign.table, folder)], 0, blueprint=blueprint)
    result = analyse(statistics, blueprint, analysis_policy(), references=references, previous=previous)
    wider = table_of_whole(campaign)
    if wider is not None:
        above = analyse(scan([write_batch(wider, folder)], 0, blueprint=blueprint), blueprint, analysis_policy())
        result = replace(result, whole=above.whole)
    return with_printed_figures(result, campaign), statistics
