"""Limits hold when much arrives at the same moment."""

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from citizen.core.db import db
from ideation.models import Campaign, Idea, IdeaBallot, IdeaVote, Showing
from ideation.voting import (
    add_vote,
    cast,
    checked,
    free_votes,
)
from tests.ideation.votes import answers, ensure_sums, make_vote, tallies, together, used, vote
from tests.makers import make_participant


@pytest.fixture(autouse=True)
def speaking(app: Flask):
    with app.test_request_context(method="POST"):
        yield


def test_of_a_hundred_last_votes_at_once_exactly_the_limit_counts(app, city):
    campaign, ideas = make_vote(city, ideas=100, votes_max=7)
    ids, number = [idea.id for idea in ideas], campaign.id

    def act(place: int) -> None:
        found = db.session.get_one(Campaign, number)
        add_vote(found, db.session.get_one(Idea, ids[place]), by=make_participant("ana"))

    assert together(app, 100, act).count(True) == 7
    assert used(campaign) == [7]
    assert db.session.scalar(select(func.count()).select_from(IdeaVote)) == 7
    assert answers(campaign) == 1
    ensure_sums(campaign)


def test_of_a_hundred_equal_votes_at_once_one_counts(app, city):
    campaign, (a, *_rest) = make_vote(city)
    idea, number = a.id, campaign.id

    def act(_place: int) -> None:
        add_vote(db.session.get_one(Campaign, number), db.session.get_one(Idea, idea), by=make_participant("ana"))

    assert all(together(app, 100, act))
    assert tallies(campaign) == {idea: (1, 1)}
    ensure_sums(campaign)


def test_ballots_that_change_at_once_leave_one_of_them(app, city):
    campaign, ideas = make_vote(city)
    ids, number = [idea.id for idea in ideas], campaign.id

    def act(place: int) -> None:
        found = db.session.get_one(Campaign, number)
        choices = checked(found, [ids[place % 4], ids[(place + 1) % 4]])
        cast(found, choices, f"{place:032x}", by=make_participant(f"person {place % 3}"))

    assert all(together(app, 60, act))
    assert used(campaign) == [2, 2, 2]
    assert answers(campaign) == 3
    ensure_sums(campaign)


def test_votes_and_an_idea_that_goes_at_once_do_not_wait_for_each_other(app, city):
    campaign, ideas = make_vote(city)
    ids, number = [idea.id for idea in ideas], campaign.id

    def act(place: int) -> None:
        found = db.session.get_one(Campaign, number)
        if place == 20:
            gone = db.session.get_one(Idea, ids[0])
            gone.showing = Showing.WITHDRAWN
            free_votes(gone)
        else:
            cast(found, checked(found, ids[:3]), f"{place:032x}", by=make_participant(f"person {place}"))

    done = together(app, 40, act)
    assert done[20]
    db.session.expire_all()
    assert ids[0] not in tallies(campaign)
    ensure_sums(campaign)


def test_the_database_itself_keeps_the_limit(city):
    campaign, (a, *_rest) = make_vote(city)
    vote(campaign, a.id)
    with pytest.raises(IntegrityError):
        db.session.execute(update(IdeaBallot).values(used=4))
