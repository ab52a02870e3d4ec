"""What came out of a campaign's vote: counted once after the end, kept with every step that led there."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from citizen.core import audit
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.participation.running import subject
from ideation.counting import Completion, as_data, count
from ideation.models import Campaign, Idea, IdeaBallot, IdeaVote, Method, Rule, StageKind, VoteOutcome
from ideation.pulse import beat
from ideation.voting import candidates
from ideation.voting.choices import gives_points, is_ranked
from ideation.voting.sealing import has_voted
from insights.budgeting import Measure, Project, election
from insights.ranking import borda, schulze

READ_AT_ONCE = 10_000
Ballot = dict[int, tuple[int, int]]
"""By idea: points and place."""


def count_ended_votes() -> None:
    """Count every vote that is over and was not counted yet."""
    counted = select(VoteOutcome.campaign_id)
    query = select(Campaign).where(Campaign.published_at.is_not(None), Campaign.id.not_in(counted))
    for campaign in db.session.scalars(query).unique():
        if campaign.stage(StageKind.VOTE) is not None and has_voted(campaign):
            keep_outcome(campaign)


def keep_outcome(campaign: Campaign) -> VoteOutcome:
    """Count the vote and keep what came out. Refuses while ballots can still come."""
    if not has_voted(campaign):
        raise Refused(_("The vote has not ended yet."))
    kept = VoteOutcome(city_id=campaign.city_id, campaign_id=campaign.id, document=outcome(campaign))
    db.session.add(kept)
    audit.record("counted the vote", subject(campaign), by=audit.SYSTEM, city_id=campaign.city_id)
    beat(campaign)
    return kept


def outcome_of(campaign: Campaign) -> dict[str, Any] | None:
    """What came out, as it was kept; None before the count."""
    return db.session.scalar(select(VoteOutcome.document).filter_by(city_id=campaign.city_id, campaign_id=campaign.id))


def outcome(campaign: Campaign) -> dict[str, Any]:
    """The count as JSON values: `method`, `ballots`, `candidates` (best first), `winners` and the steps of a budget."""
    ideas = candidates(campaign)
    ballots = list(_ballots(campaign))
    how = {"method": campaign.method, "ballots": len(ballots)}
    if campaign.method == Method.BUDGET:
        return how | _budget(campaign, ideas, ballots)
    if is_ranked(campaign):
        return how | _ranking(ideas, ballots)
    return how | {"candidates": _by_points(ideas, ballots)}


def _ballots(campaign: Campaign) -> Iterator[Ballot]:
    """Every ballot, the empty ones too, in the order of their random names."""
    place = {"city_id": campaign.city_id, "campaign_id": campaign.id}
    votes: dict[bytes, Ballot] = defaultdict(dict)
    columns = select(IdeaVote.voter, IdeaVote.idea_id, IdeaVote.points, IdeaVote.place).filter_by(**place)
    for voter, idea, points, rank in db.session.execute(columns.execution_options(yield_per=READ_AT_ONCE)):
        votes[voter][idea] = (points, rank)
    for voter in db.session.scalars(select(IdeaBallot.voter).filter_by(**place).order_by(IdeaBallot.voter)):
        yield votes.get(voter, {})


def _by_points(ideas: list[Idea], ballots: Iterable[Ballot]) -> list[dict[str, Any]]:
    """Most points first; of equal ones, the lower number, which was drawn by lot before the vote."""
    votes: Counter[int] = Counter()
    points: Counter[int] = Counter()
    for ballot in ballots:
        for idea, (given, _place) in ballot.items():
            votes[idea] += 1
            points[idea] += given
    rows = [_row(idea, votes=votes[idea.id], points=points[idea.id]) for idea in ideas]
    return sorted(rows, key=lambda row: (-row["points"], row["number"]))


def _row(idea: Idea, **numbers: Any) -> dict[str, Any]:
    return {"id": idea.id, "number": idea.number, "title": idea.title} | numbers


def _ranking(ideas: list[Idea], ballots: list[Ballot]) -> dict[str, Any]:
    """By Borda's points. The order by pairs (Schulze) stands beside it: where both agree, it did not decide."""
    options = [str(idea.id) for idea in ideas]
    places: Counter[tuple[str, int, int]] = Counter()
    lengths: Counter[int] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for ballot in ballots:
        ranked = [str(idea) for idea in sorted(ballot, key=lambda idea: ballot[idea][1])]
        lengths[len(ranked)] += 1
        places.update((option, place, len(ranked)) for place, option in enumerate(ranked, start=1))
        pairs.update(_preferences(ranked, options))
    points = borda(options, places, lengths)
    votes = Counter(str(idea) for ballot in ballots for idea in ballot)
    rows = [_row(idea, votes=votes[str(idea.id)], points=points[str(idea.id)]) for idea in ideas]
    ordered = sorted(rows, key=lambda row: (-row["points"], row["number"]))
    by_pairs = [[int(option) for option in group] for group in schulze(options, pairs)] if options else []
    return {"candidates": ordered, "by_pairs": by_pairs}


def _preferences(ranked: list[str], options: list[str]) -> Iterator[tuple[str, str]]:
    """Each pair of which the ballot prefers the first: what is ranked, to what stands behind it and to all the rest."""
    for place, option in enumerate(ranked):
        for rival in options:
            if rival != option and rival not in ranked[:place]:
                yield option, rival


def _budget(campaign: Campaign, ideas: list[Idea], ballots: list[Ballot]) -> dict[str, Any]:
    """Ties go to the lower number. What nobody voted for is not paid for."""
    wanted = {idea for ballot in ballots for idea in ballot}
    projects = [Project(str(idea.id), Fraction(idea.cost_on_ballot)) for idea in ideas if idea.id in wanted]
    given = [{str(idea): _worth(campaign, ballot, idea) for idea in ballot} for ballot in ballots]
    vote = election(projects, Fraction(campaign.budget or 0), given, ordered=True)
    counted = count(vote, Rule(campaign.rule), Measure.COST, Completion.GREEDY)
    found = {"rule": campaign.rule, "currency": campaign.currency} | as_data(vote, counted)
    return found | {"candidates": _by_points(ideas, ballots)}


def _worth(campaign: Campaign, ballot: Ballot, idea: int) -> int:
    """Points of a project on a ballot: those given; in a ranking of at most N, N for the first, and so on."""
    points, place = ballot[idea]
    if is_ranked(campaign):
        return campaign.votes_max + 1 - place
    return points if gives_points(campaign) else 1
