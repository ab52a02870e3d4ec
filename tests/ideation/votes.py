"""Votes for tests: campaigns in which people vote, ballots, and what the database says of them."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.participation.models import count_of_answers
from ideation.models import Campaign, Idea, IdeaBallot, IdeaVote, Showing, VoteTally
from ideation.voting import (
    cast,
    checked,
    free_votes,
    move_votes,
)
from tests.ideation.makers import make_campaign, make_idea
from tests.makers import make_participant


def make_vote(city: City, ideas: int = 4, **values: Any) -> tuple[Campaign, list[Idea]]:
    given = {"method": "choose", "votes_max": 3} | values
    campaign = make_campaign(city, **given)
    made = [
        make_idea(campaign, f"Idea {number}", number=number, assessed_cost=number * 100)
        for number in range(1, ideas + 1)
    ]
    return campaign, made


def vote(campaign: Campaign, *ids: int, by: str = "ana", key: str = "", points: dict[int, int] | None = None) -> str:
    choices = checked(campaign, ids, points)
    found = cast(campaign, choices, key or secrets.token_hex(16), by=make_participant(by))
    db.session.commit()
    return found.value


def tallies(campaign: Campaign) -> dict[int, tuple[int, int]]:
    query = select(VoteTally.idea_id, func.sum(VoteTally.n), func.sum(VoteTally.points)).group_by(VoteTally.idea_id)
    found = db.session.execute(query.where(VoteTally.campaign_id == campaign.id))
    return {idea: (int(n), int(points)) for idea, n, points in found if n}


def used(campaign: Campaign) -> list[int]:
    return sorted(db.session.scalars(select(IdeaBallot.used).filter_by(campaign_id=campaign.id)))


def ensure_sums(campaign: Campaign) -> None:
    """Counters, ballots and votes say the same."""
    db.session.expire_all()
    votes = select(IdeaVote.idea_id, func.count(), func.sum(IdeaVote.points)).group_by(IdeaVote.idea_id)
    counted = {idea: (n, int(points)) for idea, n, points in db.session.execute(votes)}
    assert tallies(campaign) == counted
    spent = select(IdeaVote.voter, func.sum(IdeaVote.points)).group_by(IdeaVote.voter)
    spent_by = {voter: int(points) for voter, points in db.session.execute(spent)}
    for ballot in db.session.scalars(select(IdeaBallot)):
        assert ballot.used == spent_by.get(ballot.voter, 0)


def answers(campaign: Campaign) -> int:
    return db.session.scalar(count_of_answers(campaign)) or 0


def together(app: Flask, count: int, act: Any) -> list[bool]:
    """Many at the same moment, each with a connection of its own. True for those that were not refused."""
    db.session.commit()

    def one(number: int) -> bool:
        with app.app_context(), app.test_request_context(method="POST"):
            try:
                act(number)
                db.session.commit()
            except Refused:
                db.session.rollback()
                return False
            finally:
                db.session.remove()
            return True

    with ThreadPoolExecutor(20) as pool:
        return list(pool.map(one, range(count)))


def leave(idea: Idea, showing: Showing = Showing.WITHDRAWN) -> None:
    free_votes(idea)
    idea.showing = showing
    db.session.commit()


def merge(idea: Idea, into: Idea, campaign: Campaign) -> None:
    move_votes(idea, into, campaign)
    idea.showing, idea.merged_into_id = Showing.MERGED, into.id
    db.session.commit()


def end(campaign: Campaign) -> None:
    campaign.stage("vote").closes_at = clock.now()
    db.session.commit()
