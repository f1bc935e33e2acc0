"""A fictional municipality with planted, documented truths: demo, tests, training.

`build_municipality(seed)` → `Municipality`; `campaigns(municipality)` → `SyntheticCampaign`s of three school years;
`TRUTHS` says what was planted and what must find it.
"""

from qualimetry.synthetic.campaigns import build_campaign, campaigns
from qualimetry.synthetic.entities import Municipality, Organization, OrganizationKind, PlaceKind, SchoolPlan
from qualimetry.synthetic.municipality import DEFAULT_SEED, build_municipality
from qualimetry.synthetic.results import ReferenceGroup, ResultColumns, Sitting, SittingKind, SyntheticCampaign
from qualimetry.synthetic.schedule import schedule
from qualimetry.synthetic.truths import TRUTHS, Truth

__all__ = [
    "DEFAULT_SEED",
    "TRUTHS",
    "Municipality",
    "Organization",
    "OrganizationKind",
    "PlaceKind",
    "ReferenceGroup",
    "ResultColumns",
    "SchoolPlan",
    "Sitting",
    "SittingKind",
    "SyntheticCampaign",
    "Truth",
    "build_campaign",
    "build_municipality",
    "campaigns",
    "schedule",
]
