"""Casting, changing and taking back a ballot.

Locks are always taken in the same order: the ideas, the ballot, the counters. So does whoever takes an idea off the
ballot, and two acts can never wait for each other.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, insert, select, update

from citizen.core import clock
from citizen.core.db import add_to_counters, db, insert_once
from citizen.core.errors import Refused
from citizen.participation import actions as participation
from citizen.participation.actions import Outcome
from citizen.participation.identity import Participant
from ideation.models import Campaign, Idea, IdeaBallot, IdeaVote, StageKind, VoteTally
from ideation.pulse import beat
from ideation.voting.choices import Choice, allowance, gives_points, is_ranked

__all__ = ["Choice", "add_vote", "ballot_of", "candidates", "cast", "withdraw_ballot"]


def candidates(campaign: Campaign) -> list[Idea]:
    """The ideas that people can vote for, in the order of their numbers, which were drawn by lot."""
    return list(db.session.scalars(Idea.in_campaign(campaign).where(Idea.is_candidate).order_by(Idea.number)))


def ballot_of(campaign: Campaign, participant: Participant) -> tuple[Choice, ...]:
    """What this participant's ballot says now; empty where there is none, and after sealing."""
    try:
        voter = participation.participant_key(campaign, participant)
    except Refused:
        return ()
    return _votes(campaign, voter)


def cast(campaign: Campaign, choices: Sequence[Choice], key: str, *, by: Participant) -> Outcome:
    """Let the participant's ballot say this, whatever it said before.

    `key` is the form's idempotency key: sent again, it changes nothing, also after the vote has ended.
    """
    body = [[choice.idea_id, choice.points, choice.place] for choice in choices]
    if not campaign.is_in(StageKind.VOTE):
        earlier = participation.outcome_before(campaign, key, body)
        if earlier is None:
            raise Refused(_when_not(campaign))
        return earlier
    _ensure_level(campaign, by)
    earlier = participation.outcome_of_first(campaign, key, body)
    if earlier is not None:
        return earlier
    _hold_candidates(campaign, [choice.idea_id for choice in choices])
    _write(campaign, _held_ballot(campaign, by), choices)
    beat(campaign)
    return Outcome.COUNTED


def add_vote(campaign: Campaign, idea: Idea, *, by: Participant) -> None:
    """Give one more vote to an idea that has none on this ballot. A second time changes nothing.

    The limit is kept by the one statement that spends from the ballot.
    """
    if not campaign.is_in(StageKind.VOTE):
        raise Refused(_when_not(campaign))
    _ensure_level(campaign, by)
    if gives_points(campaign) or is_ranked(campaign):
        raise Refused(_("Please use the ballot to vote here."), status=422)
    _hold_candidates(campaign, [idea.id])
    ballot = _ballot(campaign, by)
    if not insert_once(IdeaVote, **_place(campaign), voter=ballot["voter"], idea_id=idea.id, points=1, place=0):
        return
    spend = update(IdeaBallot).filter_by(**_place(campaign), voter=ballot["voter"])
    spent: Any = db.session.execute(
        spend.where(IdeaBallot.used < IdeaBallot.allowed).values(used=IdeaBallot.used + 1).returning(IdeaBallot.channel)
    ).first()
    if spent is None:
        raise Refused(_("You have given all your votes. Take one back to give it to this idea."))
    _count(campaign, _stored(campaign, ballot["voter"]), (), [Choice(idea.id)])
    beat(campaign)


def withdraw_ballot(campaign: Campaign, *, by: Participant) -> None:
    """Take the participant's ballot back, as if they had never voted."""
    if not campaign.is_in(StageKind.VOTE):
        raise Refused(_when_not(campaign))
    voter = participation.participant_key(campaign, by)
    own = _place(campaign) | {"voter": voter}
    ballot = db.session.scalar(select(IdeaBallot).filter_by(**own).with_for_update())
    if ballot is None:
        return
    before = _votes(campaign, voter)
    db.session.execute(delete(IdeaVote).filter_by(**own))
    db.session.execute(delete(IdeaBallot).filter_by(**own))
    participation.count_answer(campaign, ballot.channel, ballot.assurance, day=ballot.day, number=-1)
    _count(campaign, ballot, before, ())
    beat(campaign)


def _write(campaign: Campaign, ballot: IdeaBallot, choices: Sequence[Choice]) -> None:
    own = _place(campaign) | {"voter": ballot.voter}
    before = _votes(campaign, ballot.voter)
    db.session.execute(delete(IdeaVote).filter_by(**own))
    rows = [own | {"idea_id": c.idea_id, "points": c.points, "place": c.place} for c in choices]
    if rows:
        db.session.execute(insert(IdeaVote), rows)
    used = sum(choice.points for choice in choices)
    db.session.execute(update(IdeaBallot).filter_by(**own).values(used=used))
    _count(campaign, ballot, before, choices)


def _hold_candidates(campaign: Campaign, ids: Sequence[int]) -> None:
    """Keep the ideas where they are until this transaction ends. Refuses where one cannot be voted for any more."""
    held = Idea.in_campaign(campaign).where(Idea.id.in_(ids), Idea.is_candidate).order_by(Idea.id)
    found = db.session.scalars(held.with_only_columns(Idea.id).with_for_update(read=True)).all()
    if len(found) < len(set(ids)):
        raise Refused(_("An idea that you chose is not on the ballot any more. Please look at your ballot again."))


def _held_ballot(campaign: Campaign, by: Participant) -> IdeaBallot:
    ballot = _ballot(campaign, by)
    query = select(IdeaBallot).filter_by(**_place(campaign), voter=ballot["voter"]).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def _ballot(campaign: Campaign, by: Participant) -> dict[str, Any]:
    """The participant's ballot, made where there is none: then somebody more has voted."""
    voter = participation.participant_key(campaign, by)
    values = _place(campaign) | {"voter": voter, "used": 0, "allowed": allowance(campaign)}
    values |= {"channel": by.channel, "assurance": int(by.assurance), "day": clock.day_in(campaign.city.time_zone)}
    if insert_once(IdeaBallot, **values):
        participation.count_answer(campaign, by.channel, by.assurance)
    return values


def _stored(campaign: Campaign, voter: bytes) -> IdeaBallot:
    return db.session.scalars(select(IdeaBallot).filter_by(**_place(campaign), voter=voter)).one()


def _votes(campaign: Campaign, voter: bytes) -> tuple[Choice, ...]:
    columns = select(IdeaVote.idea_id, IdeaVote.points, IdeaVote.place)
    found = db.session.execute(columns.filter_by(**_place(campaign), voter=voter).order_by(IdeaVote.idea_id))
    return tuple(Choice(idea, points, place) for idea, points, place in found)


def _count(campaign: Campaign, ballot: IdeaBallot, before: Iterable[Choice], after: Iterable[Choice]) -> None:
    """Move the counters by what changed, all at once and in order, under the way in which the ballot first came."""
    votes: Counter[int] = Counter()
    points: Counter[int] = Counter()
    for choices, sign in ((before, -1), (after, 1)):
        for choice in choices:
            votes[choice.idea_id] += sign
            points[choice.idea_id] += sign * choice.points
    place = _place(campaign) | {"channel": ballot.channel, "assurance": ballot.assurance}
    changed = [idea for idea in votes if votes[idea] or points[idea]]
    rows = [place | {"idea_id": idea, "n": votes[idea], "points": points[idea]} for idea in changed]
    add_to_counters(VoteTally, rows, counters=("n", "points"))


def _ensure_level(campaign: Campaign, by: Participant) -> None:
    if not by.meets(campaign):
        raise Refused(_("Please confirm your email address first."), status=403)


def _when_not(campaign: Campaign) -> str:
    stage = campaign.stage(StageKind.VOTE)
    if stage is None:
        return _("There is no vote in this campaign.")
    if stage.opens_at > clock.now():
        return _("The vote has not opened yet.")
    return _("The vote has ended. Your ballot came too late to count.")


def _place(campaign: Campaign) -> dict[str, int]:
    return {"city_id": campaign.city_id, "campaign_id": campaign.id}
