"""Ballots: every method, its limits, and ideas that go during a vote."""

from datetime import timedelta

import pytest
from flask import Flask

from citizen.core import clock
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.participation.models import Assurance
from ideation.models import Showing
from ideation.voting import (
    Choice,
    add_vote,
    ballot_of,
    candidates,
    checked,
    withdraw_ballot,
)
from tests.ideation.makers import make_campaign, make_idea
from tests.ideation.votes import answers, ensure_sums, leave, make_vote, merge, tallies, used, vote
from tests.makers import make_participant


@pytest.fixture(autouse=True)
def speaking(app: Flask):
    with app.test_request_context(method="POST"):
        yield


def test_a_ballot_counts_and_can_be_changed_and_taken_back(city):
    campaign, (a, b, c, d) = make_vote(city)
    vote(campaign, a.id, b.id)
    vote(campaign, c.id, d.id, by="bea")
    assert tallies(campaign) == dict.fromkeys((a.id, b.id, c.id, d.id), (1, 1))
    vote(campaign, b.id, c.id)
    assert tallies(campaign) == {b.id: (1, 1), c.id: (2, 2), d.id: (1, 1)}
    assert answers(campaign) == 2
    assert ballot_of(campaign, make_participant("ana")) == (Choice(b.id), Choice(c.id))
    withdraw_ballot(campaign, by=make_participant("ana"))
    withdraw_ballot(campaign, by=make_participant("ana"))
    db.session.commit()
    assert tallies(campaign) == {c.id: (1, 1), d.id: (1, 1)}
    assert answers(campaign) == 1
    ensure_sums(campaign)


def test_the_same_key_twice_is_one_ballot(city):
    campaign, (a, b, *_rest) = make_vote(city)
    assert vote(campaign, a.id, key="a" * 32) == vote(campaign, a.id, key="a" * 32) == "counted"
    vote(campaign, b.id)
    vote(campaign, a.id, key="a" * 32)
    assert tallies(campaign) == {b.id: (1, 1)}
    with pytest.raises(Refused, match="already sent with another answer"):
        vote(campaign, b.id, key="a" * 32)


@pytest.mark.parametrize(
    ("method", "chosen", "points", "said"),
    [
        ("choose", [1, 2, 3, 4], {}, "You can choose 3 ideas at most."),
        ("choose", [1, 1], {}, "An idea stands on your ballot twice."),
        ("rank", [1, 2, 3, 4], {}, "You can choose 3 ideas at most."),
        ("points", [], {1: 2, 2: 2}, "You have 3 points to give."),
        ("points", [], {1: 3}, "One idea can get 2 points at most."),
        ("points", [], {1: -1}, "Points cannot be below zero."),
    ],
)
def test_what_the_method_does_not_allow_is_refused(city, method, chosen, points, said):
    campaign, _ideas = make_vote(city, method=method, per_idea_max=2)
    with pytest.raises(Refused, match=said):
        checked(campaign, chosen, points)


def test_everybody_may_support_all(city):
    campaign, ideas = make_vote(city, method="support", votes_max=1, ideas=6)
    vote(campaign, *(idea.id for idea in ideas))
    assert len(tallies(campaign)) == 6


@pytest.mark.parametrize("showing", [Showing.HIDDEN, Showing.WITHDRAWN, Showing.HELD])
def test_only_candidates_get_votes(city, showing):
    campaign, (a, *_rest) = make_vote(city)
    a.showing = showing
    other = make_idea(campaign, "On no ballot")
    for idea in (a, other):
        with pytest.raises(Refused, match="not on the ballot any more"):
            vote(campaign, idea.id)
        db.session.rollback()
    assert a not in candidates(campaign)


def test_another_campaigns_idea_is_no_candidate(city):
    campaign, _ideas = make_vote(city)
    _other, (foreign, *_rest) = make_vote(city)
    with pytest.raises(Refused):
        vote(campaign, foreign.id)


@pytest.mark.parametrize(
    ("opens", "closes", "said"), [(1, 2, "has not opened yet"), (-2, -1, "Your ballot came too late")]
)
def test_outside_of_its_time_no_vote_counts(city, opens, closes, said):
    campaign, (a, *_rest) = make_vote(city)
    stage = campaign.stage("vote")
    stage.opens_at, stage.closes_at = (clock.now() + timedelta(hours=hours) for hours in (opens, closes))
    for act in (lambda: vote(campaign, a.id), lambda: add_vote(campaign, a, by=make_participant())):
        with pytest.raises(Refused, match=said):
            act()


def test_whoever_sends_again_after_the_end_hears_what_became_of_it(city):
    campaign, (a, *_rest) = make_vote(city)
    vote(campaign, a.id, key="a" * 32)
    campaign.stage("vote").closes_at = clock.now()
    assert vote(campaign, a.id, key="a" * 32) == "counted"


def test_a_campaign_without_a_vote_says_so(city):
    campaign = make_campaign(city, stages=("collect",))
    with pytest.raises(Refused, match="There is no vote"):
        vote(campaign)


def test_the_level_of_the_vote_is_asked_for(city):
    campaign, (a, *_rest) = make_vote(city, assurance=Assurance.CONTACT)
    with pytest.raises(Refused, match="confirm your email"):
        vote(campaign, a.id)


def test_votes_for_an_idea_that_goes_can_be_given_again(city):
    campaign, (a, b, c, d) = make_vote(city)
    vote(campaign, a.id, b.id, c.id)
    vote(campaign, a.id, by="bea")
    leave(a)
    assert used(campaign) == [0, 2]
    ensure_sums(campaign)
    add_vote(campaign, d, by=make_participant("ana"))
    db.session.commit()
    assert tallies(campaign) == {b.id: (1, 1), c.id: (1, 1), d.id: (1, 1)}


def test_a_ranking_moves_up_when_an_idea_goes(city):
    campaign, (a, b, c, d) = make_vote(city, method="rank")
    vote(campaign, a.id, b.id, c.id)
    vote(campaign, b.id, d.id, by="bea")
    leave(b)
    assert ballot_of(campaign, make_participant("ana")) == (Choice(a.id, 1, 1), Choice(c.id, 1, 2))
    assert ballot_of(campaign, make_participant("bea")) == (Choice(d.id, 1, 1),)
    ensure_sums(campaign)


def test_votes_go_over_when_ideas_are_merged(city):
    campaign, (a, b, c, _d) = make_vote(city)
    vote(campaign, a.id, b.id, c.id)
    vote(campaign, a.id, by="bea")
    merge(a, b, campaign)
    assert tallies(campaign) == {b.id: (2, 2), c.id: (1, 1)}
    assert used(campaign) == [1, 2]
    ensure_sums(campaign)


def test_points_add_up_when_ideas_are_merged_and_the_rest_comes_back(city):
    campaign, (a, b, _c, _d) = make_vote(city, method="points", votes_max=10, per_idea_max=4)
    vote(campaign, points={a.id: 3, b.id: 3})
    vote(campaign, points={a.id: 1, b.id: 2}, by="bea")
    merge(a, b, campaign)
    assert tallies(campaign) == {b.id: (2, 7)}
    assert used(campaign) == [3, 4]
    ensure_sums(campaign)


def test_the_better_place_counts_when_ideas_are_merged(city):
    campaign, (a, b, c, d) = make_vote(city, method="rank", votes_max=4)
    vote(campaign, a.id, c.id, b.id, d.id)
    vote(campaign, b.id, a.id, by="bea")
    merge(a, b, campaign)
    assert ballot_of(campaign, make_participant("ana")) == (
        Choice(b.id, 1, 1),
        Choice(c.id, 1, 2),
        Choice(d.id, 1, 3),
    )
    assert ballot_of(campaign, make_participant("bea")) == (Choice(b.id, 1, 1),)
    ensure_sums(campaign)
