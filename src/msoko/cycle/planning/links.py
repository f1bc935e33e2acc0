"""Contents of linked rows: what plans above offer to the plan of an organization, and who has taken it in."""

from msoko.cycle.planning.linking import SECTION, accept_updates, decline, link_row, take_in
from msoko.cycle.planning.mirrors import is_followed, is_moved, was_planned
from msoko.cycle.planning.offers import Change, Offer, OfferKind, Offers, Procedure, offers_of, rows_following
from msoko.cycle.planning.org_plans import (
    OrganizationPlans,
    lacks_rows,
    organization_plans,
    own_plans_of,
    years_of_plans,
)

__all__ = [
    "SECTION",
    "Change",
    "Offer",
    "OfferKind",
    "Offers",
    "OrganizationPlans",
    "Procedure",
    "accept_updates",
    "decline",
    "is_followed",
    "is_moved",
    "lacks_rows",
    "link_row",
    "offers_of",
    "organization_plans",
    "own_plans_of",
    "rows_following",
    "take_in",
    "was_planned",
    "years_of_plans",
]
