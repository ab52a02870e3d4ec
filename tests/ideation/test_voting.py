"""Ballots: every method, their limits when much arrives at once, ideas that go during a vote, and what came out."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.participation.models import Assurance, ConsultationSecret, Receipt, count_of_answers
from ideation.models import Campaign, Idea, IdeaBallot, IdeaVote, Showing, VoteTally
from ideation.outcome import count_ended_votes, keep_outcome, outcome, outcome_of
from ideation.voting import (
    Choice,
    add_vote,
    ballot_of,
    candidates,
    cast,
    checked,
    free_votes,
    move_votes,
    seal_ended_votes,
    withdraw_ballot,
)
from tests.ideation.makers import make_campaign, make_idea
from tests.makers import make_participant


@pytest.fixture(autouse=True)
def speaking(app: Flask):
    with app.test_request_context(method="POST"):
        yield


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


def leave(idea: Idea, showing: Showing = Showing.WITHDRAWN) -> None:
    free_votes(idea)
    idea.showing = showing
    db.session.commit()


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


def merge(idea: Idea, into: Idea, campaign: Campaign) -> None:
    move_votes(idea, into, campaign)
    idea.showing, idea.merged_into_id = Showing.MERGED, into.id
    db.session.commit()


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


def end(campaign: Campaign) -> None:
    campaign.stage("vote").closes_at = clock.now()
    db.session.commit()


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
