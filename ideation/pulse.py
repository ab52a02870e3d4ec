"""The pulse of a campaign: it beats with everything that citizens do there."""

from sqlalchemy import bindparam, select

from citizen.core.db import add_to_counters, db
from ideation.models import Campaign, CampaignPulse

PULSE = select(CampaignPulse.__table__.c.n).where(
    CampaignPulse.__table__.c.city_id == bindparam("city"),
    CampaignPulse.__table__.c.campaign_id == bindparam("campaign"),
)


def beat(campaign: Campaign) -> None:
    """Let kept pages of the campaign grow old. The last statement of an act, so that others wait least."""
    add_to_counters(CampaignPulse, [{"city_id": campaign.city_id, "campaign_id": campaign.id, "n": 1}])


def pulse_of(campaign: Campaign) -> int:
    """How often it has beaten: part of the version of everything that shows what citizens did."""
    found = db.session.connection().execute(PULSE, {"city": campaign.city_id, "campaign": campaign.id})
    return found.scalar() or 0
