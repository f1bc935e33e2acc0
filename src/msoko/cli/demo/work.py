"""Work in progress of the demo: a report that is issued, one that is being edited, a procedure nobody has delivered."""

from __future__ import annotations

import datetime as dt

from msoko.cli.demo.organizations import Tree
from msoko.cycle.analysis.api import ask_for_issue, draft_report
from msoko.cycle.procedures.api import Campaign, change_campaign, create_campaign
from msoko.foundation.jobs.api import run_all
from msoko.foundation.kernel.acts import Act
from msoko.foundation.orgs.enums import OrganizationKind

_BASIS = (
    "Приказ управления образования «О проведении всероссийских проверочных работ в {year} году» (демонстрационный)\n"
    "Положение о муниципальной системе оценки качества образования (демонстрационное)"
)


def begin_work(specialist: Act, head: Act, tree: Tree) -> None:
    """Bases of the last year's works, one issued report, one draft, one campaign that waits for its data."""
    for campaign in Campaign.objects.filter(owner=tree.municipality, procedure="VPR").order_by("pk"):
        change_campaign(
            specialist,
            campaign=campaign,
            basis=_BASIS.format(year=campaign.year),
            starts_on=dt.date(campaign.year, 4, 20),
            ends_on=dt.date(campaign.year, 5, 20),
        )
    issued = draft_report(specialist, campaign=_campaign(tree, 5), organization=tree.municipality)
    ask_for_issue(head, report=issued)
    run_all()
    draft_report(specialist, campaign=_campaign(tree, 6), organization=tree.municipality)
    schools = [item for item in tree.by_key.values() if item.kind == OrganizationKind.SCHOOL]
    create_campaign(
        specialist,
        owner=tree.municipality,
        procedure="MUNICIPAL_DIAGNOSTIC",
        subject="Математическая грамотность",
        grade_level=7,
        year=2026,
        starts_on=dt.date(2026, 5, 12),
        ends_on=dt.date(2026, 5, 22),
        organizations=schools,
        basis="Циклограмма оценочных процедур на 2025/26 учебный год (демонстрационная)",
    )


def _campaign(tree: Tree, grade_level: int) -> Campaign:
    return Campaign.objects.select_related("owner", "school_year", "blueprint").get(
        owner=tree.municipality, procedure="VPR", subject="Математика", grade_level=grade_level, year=2026
    )
