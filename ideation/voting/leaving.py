"""An idea that leaves a ballot while people vote: its votes go back to them, or over to the idea it is merged into."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, exists, func, insert, select, update
from sqlalchemy.orm import aliased

from citizen.core.db import db
from ideation.models import Campaign, Idea, IdeaBallot, IdeaVote, VoteTally
from ideation.voting.choices import gives_points


def free_votes(idea: Idea) -> None:
    """Give the votes for this idea back: whoever gave them can give them to others. In a ranking the rest moves up."""
    _hold(idea)
    _close_gaps(idea)
    own = _ballots_with(idea)
    spent = select(IdeaVote.points).where(_same_ballot(), IdeaVote.idea_id == idea.id).scalar_subquery()
    db.session.execute(update(IdeaBallot).where(own).values(used=IdeaBallot.used - spent))
    _forget(idea)


def move_votes(idea: Idea, into: Idea, campaign: Campaign) -> None:
    """Let the votes for this idea count for the other one.

    Whoever voted for both keeps, on the other idea, the points of both, as many as one idea may get; what is more goes
    back to them. In a ranking the better place counts.
    """
    _hold(*sorted((idea, into), key=lambda each: each.id))
    most = campaign.per_idea_max if gives_points(campaign) else 1
    both = _ballots_with(idea) & _ballots_with(into)
    together = _points_of(idea) + _points_of(into)
    spare = case((together > most, together - most), else_=0)
    db.session.execute(update(IdeaBallot).where(both).values(used=IdeaBallot.used - spare))
    _join_double_votes(idea, into, most)
    single = update(IdeaVote).where(_of(idea)).values(idea_id=into.id)
    db.session.execute(single.execution_options(synchronize_session=False))
    _count_anew(idea, into)


def _hold(*ideas: Idea) -> None:
    for idea in ideas:
        db.session.execute(select(Idea.id).where(Idea.id == idea.id).with_for_update())


def _of(idea: Idea) -> ColumnElement[bool]:
    return and_(IdeaVote.city_id == idea.city_id, IdeaVote.campaign_id == idea.campaign_id, IdeaVote.idea_id == idea.id)


def _same_ballot() -> ColumnElement[bool]:
    """The vote stands on the ballot that the statement around is about."""
    return and_(
        IdeaVote.city_id == IdeaBallot.city_id,
        IdeaVote.campaign_id == IdeaBallot.campaign_id,
        IdeaVote.voter == IdeaBallot.voter,
    )


def _ballots_with(idea: Idea) -> ColumnElement[bool]:
    vote = select(IdeaVote.voter).where(_same_ballot(), IdeaVote.idea_id == idea.id)
    ours = and_(IdeaBallot.city_id == idea.city_id, IdeaBallot.campaign_id == idea.campaign_id)
    return and_(ours, exists(vote.correlate(IdeaBallot)))


def _points_of(idea: Idea) -> Any:
    return select(IdeaVote.points).where(_same_ballot(), IdeaVote.idea_id == idea.id).scalar_subquery()


def _close_gaps(idea: Idea) -> None:
    """In each ranking with the idea, what stands behind it moves up by one place."""
    gone = aliased(IdeaVote)
    ahead = select(gone.voter).where(
        gone.city_id == IdeaVote.city_id,
        gone.campaign_id == IdeaVote.campaign_id,
        gone.voter == IdeaVote.voter,
        gone.idea_id == idea.id,
        gone.place > 0,
        gone.place < IdeaVote.place,
    )
    ours = and_(IdeaVote.city_id == idea.city_id, IdeaVote.campaign_id == idea.campaign_id)
    moved = update(IdeaVote).where(ours, exists(ahead.correlate(IdeaVote))).values(place=IdeaVote.place - 1)
    db.session.execute(moved.execution_options(synchronize_session=False))


def _join_double_votes(idea: Idea, into: Idea, most: int) -> None:
    """Ballots that name both: one vote for the other idea remains, with the better place and the points of both."""
    first, second = aliased(IdeaVote), aliased(IdeaVote)
    pair = and_(first.city_id == second.city_id, first.campaign_id == second.campaign_id, first.voter == second.voter)
    query = select(first.voter, first.points, first.place, second.points, second.place).where(
        pair, first.city_id == idea.city_id, first.campaign_id == idea.campaign_id
    )
    found = db.session.execute(query.where(first.idea_id == idea.id, second.idea_id == into.id)).all()
    ours = {"city_id": idea.city_id, "campaign_id": idea.campaign_id}
    for voter, points, place, other_points, other_place in found:
        own = ours | {"voter": voter}
        db.session.execute(delete(IdeaVote).filter_by(**own, idea_id=idea.id))
        joined = {"points": min(points + other_points, most), "place": min(place, other_place)}
        db.session.execute(update(IdeaVote).filter_by(**own, idea_id=into.id).values(**joined))
        _move_up(own, max(place, other_place))


def _move_up(ballot: dict[str, Any], behind: int) -> None:
    """What stands behind the place that became empty moves up by one."""
    if behind:
        later = update(IdeaVote).filter_by(**ballot).where(IdeaVote.place > behind)
        db.session.execute(later.values(place=IdeaVote.place - 1).execution_options(synchronize_session=False))


def _forget(idea: Idea) -> None:
    place = {"city_id": idea.city_id, "campaign_id": idea.campaign_id, "idea_id": idea.id}
    for model in (IdeaVote, VoteTally):
        db.session.execute(delete(model).filter_by(**place))


def _count_anew(idea: Idea, into: Idea) -> None:
    """Counters of the joined idea, from the votes themselves."""
    place = {"city_id": idea.city_id, "campaign_id": idea.campaign_id}
    gone = delete(VoteTally).filter_by(**place).where(VoteTally.idea_id.in_((idea.id, into.id)))
    db.session.execute(gone.execution_options(synchronize_session=False))
    counted = (
        select(
            IdeaVote.city_id,
            IdeaVote.campaign_id,
            IdeaVote.idea_id,
            IdeaBallot.channel,
            IdeaBallot.assurance,
            func.count(),
            func.sum(IdeaVote.points),
        )
        .join(IdeaBallot, _same_ballot())
        .where(_of(into))
        .group_by(*(column for column in (IdeaVote.city_id, IdeaVote.campaign_id, IdeaVote.idea_id)))
        .group_by(IdeaBallot.channel, IdeaBallot.assurance)
    )
    names = ["city_id", "campaign_id", "idea_id", "channel", "assurance", "n", "points"]
    db.session.execute(insert(VoteTally).from_select(names, counted))
