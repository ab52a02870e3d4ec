"""Where a campaign stands: its stages in their order, with the one thing that a visitor can do now."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from citizen.core.i18n import moment
from ideation.models import Campaign, CampaignStage, StageKind
from ideation.words import stage_words


@dataclass(frozen=True)
class Phase:
    """A stage for the public. `state` is "past", "now" or "coming"; `when` says from when until when."""

    kind: StageKind
    name: str
    state: str
    when: str


def phases(campaign: Campaign) -> list[Phase]:
    return [_phase(stage) for stage in campaign.stages]


def standing(campaign: Campaign) -> tuple[object, ...]:
    """What time decides about the campaign: part of the version of every page about it."""
    return (campaign.state, *((stage.kind, stage.has_begun, stage.is_over) for stage in campaign.stages))


def _phase(stage: CampaignStage) -> Phase:
    kind = StageKind(stage.kind)
    state = "past" if stage.is_over else "now" if stage.has_begun else "coming"
    return Phase(kind, stage_words(kind), state, _when(stage.opens_at, stage.closes_at))


def _when(opens_at: datetime, closes_at: datetime | None) -> str:
    if closes_at is None:
        return _("From %(start)s on", start=moment(opens_at))
    return _("%(start)s to %(end)s", start=moment(opens_at), end=moment(closes_at))
