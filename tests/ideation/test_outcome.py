"""After the end: nobody can find a ballot, and everybody can read what came out."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.participation.models import ConsultationSecret, Receipt
from ideation.models import IdeaBallot, IdeaVote
from ideation.outcome import count_ended_votes, keep_outcome, outcome, outcome_of
from ideation.voting import (
    Choice,
    ballot_of,
    seal_ended_votes,
)
from tests.ideation.votes import end, ensure_sums, make_vote, vote
from tests.makers import make_participant


@pytest.fixture(autouse=True)
def speaking(app: Flask):
    with app.test_request_context(method="POST"):
        yield


def test_after_the_end_nobody_can_find_a_ballot(city):
    campaign, (a, b, *_rest) = make_vote(city)
    vote(campaign, a.id, b.id)
    vote(campaign, b.id, by="bea")
    before = set(db.session.scalars(select(IdeaBallot.voter)))
    end(campaign)
    seal_ended_votes()
    db.session.commit()
    after = list(db.session.scalars(select(IdeaBallot.voter)))
    assert len(after) == 2
    assert not before & set(after)
    assert set(db.session.scalars(select(IdeaVote.voter))) == set(after)
    assert ballot_of(campaign, make_participant("ana")) == ()
    assert db.session.scalar(select(func.count()).select_from(ConsultationSecret)) == 0
    assert db.session.scalar(select(func.count()).select_from(Receipt)) == 0
    ensure_sums(campaign)


def test_a_vote_that_runs_is_not_sealed(city):
    campaign, (a, *_rest) = make_vote(city)
    vote(campaign, a.id)
    seal_ended_votes()
    assert ballot_of(campaign, make_participant("ana")) == (Choice(a.id),)
    with pytest.raises(Refused, match="has not ended"):
        keep_outcome(campaign)


def test_sealing_touches_no_other_campaign(city):
    ended, (a, *_rest) = make_vote(city)
    running, (b, *_others) = make_vote(city)
    vote(ended, a.id)
    vote(running, b.id)
    end(ended)
    seal_ended_votes()
    db.session.commit()
    assert ballot_of(running, make_participant("ana")) == (Choice(b.id),)


def test_a_vote_is_counted_once_after_its_end(city):
    campaign, (a, b, *_rest) = make_vote(city)
    vote(campaign, a.id, b.id)
    vote(campaign, b.id, by="bea")
    count_ended_votes()
    assert outcome_of(campaign) is None
    end(campaign)
    for _twice in range(2):
        count_ended_votes()
        db.session.commit()
    found = outcome_of(campaign)
    assert found["ballots"] == 2
    assert [(row["id"], row["votes"]) for row in found["candidates"][:2]] == [(b.id, 2), (a.id, 1)]


def test_ties_go_to_the_number_that_was_drawn_by_lot(city):
    campaign, (a, b, *_rest) = make_vote(city)
    a.number, b.number = 99, 98
    vote(campaign, a.id, b.id)
    assert [row["id"] for row in outcome(campaign)["candidates"][:2]] == [b.id, a.id]


def test_a_ranking_is_counted_after_borda_and_by_pairs(city):
    campaign, (a, b, c, d) = make_vote(city, method="rank")
    vote(campaign, a.id, b.id, c.id)
    vote(campaign, a.id, by="bea")
    found = outcome(campaign)
    assert found["candidates"][0]["id"] == a.id
    assert found["candidates"][0]["points"] == 6
    assert found["by_pairs"] == [[a.id], [b.id], [c.id], [d.id]]


@pytest.mark.parametrize(("rule", "winners"), [("greedy", {1, 2}), ("equal_shares", {1, 3})])
def test_a_budget_is_counted_by_its_rule(city, rule, winners):
    """Six people want 1 and 2, four want 3: 400 are there; the ideas cost 100, 200 and 150."""
    campaign, ideas = make_vote(city, ideas=3, method="budget", budget=300, rule=rule)
    ideas[2].assessed_cost = 120
    for person in range(6):
        vote(campaign, ideas[0].id, ideas[1].id, by=f"a{person}")
    for person in range(4):
        vote(campaign, ideas[2].id, by=f"b{person}")
    found = outcome(campaign)
    numbers = {idea.id: idea.number for idea in ideas}
    assert {numbers[int(winner)] for winner in found["winners"]} == winners
    assert found["cost"] + found["left"] == found["budget"] == 300


@pytest.mark.parametrize("form", ["approval", "points", "rank"])
def test_nobodys_wish_is_no_reason_to_pay(city, form):
    campaign, (a, *_rest) = make_vote(city, method="budget", budget=10_000, ballot_form=form, per_idea_max=3)
    vote(campaign, a.id, points={a.id: 2})
    found = outcome(campaign)
    assert found["winners"] == [str(a.id)]


@pytest.mark.parametrize("method", ["support", "choose", "points", "rank", "budget"])
def test_without_ballots_there_is_an_outcome_too(city, method):
    campaign, _ideas = make_vote(city, method=method, budget=1000)
    found = outcome(campaign)
    assert found["ballots"] == 0
    assert len(found["candidates"]) == 4
    assert found.get("winners", []) == []
