"""Contents page of the step «Процедуры»."""

from msoko.cycle.procedures.actions import (
    bind_blueprint,
    change_campaign,
    check_blueprint,
    choose_blueprint,
    create_campaign,
    ensure_campaign,
    keep_blueprint,
    store_blueprint,
)
from msoko.cycle.procedures.blueprints import blueprint_value
from msoko.cycle.procedures.models import RESULT_KIND_TITLES, BlueprintItem, BlueprintVersion, Campaign
from msoko.cycle.procedures.queries import blueprints_visible, campaigns_visible
from msoko.cycle.procedures.rules import may_conduct, sees_campaign
from msoko.cycle.procedures.titles import blueprint_title, campaign_title, procedure_short

__all__ = [
    "RESULT_KIND_TITLES",
    "BlueprintItem",
    "BlueprintVersion",
    "Campaign",
    "bind_blueprint",
    "blueprint_title",
    "blueprint_value",
    "blueprints_visible",
    "campaign_title",
    "campaigns_visible",
    "change_campaign",
    "check_blueprint",
    "choose_blueprint",
    "create_campaign",
    "ensure_campaign",
    "keep_blueprint",
    "may_conduct",
    "procedure_short",
    "sees_campaign",
    "store_blueprint",
]
