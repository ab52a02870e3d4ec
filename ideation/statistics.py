"""What came out of a campaign's vote, or how it stands, for pages, programs and the progress page. Read-only."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from citizen.core.db import db
from citizen.participation.models import ResultsRule, State
from ideation.models import Campaign, IdeaBallot, VoteTally
from ideation.outcome import outcome_of
from ideation.voting import candidates
from ideation.voting.sealing import has_voted


@dataclass(frozen=True)
class VoteResult:
    """The vote as the public may see it: `document` is what `outcome` counted, `is_final` once the vote has ended."""

    document: dict[str, Any]
    is_final: bool

    @property
    def ballots(self) -> int:
        return int(self.document["ballots"])

    @property
    def winners(self) -> list[int]:
        """Ids of the ideas that the budget pays for, in the order in which they won; empty in other votes."""
        return [int(winner) for winner in self.document.get("winners", ())]


def vote_result(campaign: Campaign) -> VoteResult | None:
    """What came out; while people vote, how it stands, where staff chose to show that; else None."""
    if campaign.state in {State.DRAFT, State.UPCOMING, State.WITHDRAWN}:
        return None
    kept = outcome_of(campaign)
    if kept is not None:
        return VoteResult(kept, is_final=True)
    if has_voted(campaign) or campaign.results != ResultsRule.ALWAYS:
        return None
    return VoteResult(_so_far(campaign), is_final=False)


def _so_far(campaign: Campaign) -> dict[str, Any]:
    """Votes and points from the counters: no winners before the end."""
    totals = select(VoteTally.idea_id, func.sum(VoteTally.n), func.sum(VoteTally.points))
    totals = totals.where(VoteTally.city_id == campaign.city_id, VoteTally.campaign_id == campaign.id)
    found = {idea: (int(n), int(points)) for idea, n, points in db.session.execute(totals.group_by(VoteTally.idea_id))}
    ours = (IdeaBallot.city_id == campaign.city_id, IdeaBallot.campaign_id == campaign.id)
    ballots = db.session.scalar(select(func.count()).select_from(IdeaBallot).where(*ours)) or 0
    rows: list[dict[str, Any]] = [
        {"id": idea.id, "number": idea.number, "title": idea.title}
        | dict(zip(("votes", "points"), found.get(idea.id, (0, 0)), strict=True))
        for idea in candidates(campaign)
    ]
    ordered = sorted(rows, key=lambda row: (-row["points"], row["number"]))
    return {"method": campaign.method, "ballots": ballots, "candidates": ordered}
