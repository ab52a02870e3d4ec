"""Planning campaigns: what staff decide about one, and making, changing and publishing it."""

from ideation.planning.acts import (
    Outdated,
    change_campaign,
    copy_campaign,
    create_campaign,
    delete_campaign,
    publish_campaign,
)
from ideation.planning.plan import CampaignPlan, CategoryPlan, StagePlan, faults, gaps, plan_of

__all__ = [
    "CampaignPlan",
    "CategoryPlan",
    "Outdated",
    "StagePlan",
    "change_campaign",
    "copy_campaign",
    "create_campaign",
    "delete_campaign",
    "faults",
    "gaps",
    "plan_of",
    "publish_campaign",
]
