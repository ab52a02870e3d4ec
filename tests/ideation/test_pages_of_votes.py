"""The ballot and the result, as citizens see them."""

import secrets
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from citizen.core import clock
from citizen.core.audit import COMMAND_LINE, record
from citizen.core.db import db
from citizen.participation.models import Assurance, ResultsRule
from ideation import jobs
from ideation.models import BallotForm, Campaign, Idea, IdeaBallot, IdeaVote, Method, StageKind
from ideation.pabulib import read_pb
from tests.ideation.makers import make_campaign, make_idea

BASE = "/riverton/ideas/vote"
HTMX = {"HX-Request": "true"}


def make_vote(city, **values) -> tuple[Campaign, list[Idea]]:
    """Three ideas that can be voted on; 1,000 to spend where it is a budget."""
    given = {"votes_max": 2, "budget": 1000, "results": ResultsRule.AFTER_CLOSE, "method": Method.CHOOSE}
    campaign = make_campaign(city, slug="vote", stages=("vote", "answer"), **given | values)
    titles = ("Trees", "Benches", "Fountain")
    return campaign, [
        make_idea(campaign, title, number=place, assessed_cost=300 * place) for place, title in enumerate(titles, 1)
    ]


def key() -> str:
    return secrets.token_hex(16)


def end(campaign: Campaign) -> None:
    """The vote ended a moment ago, and the minute's work is done."""
    stage = campaign.stage(StageKind.VOTE)
    stage.opens_at, stage.closes_at = clock.now() - timedelta(days=2), clock.now() - timedelta(seconds=1)
    campaign.opens_at, campaign.closes_at = stage.opens_at, stage.closes_at
    record("moved", "campaign vote", by=COMMAND_LINE, city_id=campaign.city_id)
    db.session.commit()
    jobs.end_votes()


def votes() -> dict[str, int]:
    rows = db.session.execute(select(Idea.title, IdeaVote.points).join(IdeaVote, IdeaVote.idea_id == Idea.id))
    return dict(rows.all())


def test_a_ballot_counts_and_can_be_changed(client: FlaskClient, city) -> None:
    _campaign, (trees, benches, _fountain) = make_vote(city)
    assert (
        "Your ballot counts"
        in client.post(f"{BASE}/ballot", data={"choice": trees.id, "key": key()}, headers=HTMX).text
    )
    page = client.get(f"{BASE}/ballot").text
    assert f'id="choice-{trees.id}" checked' in page
    client.post(f"{BASE}/ballot", data={"choice": benches.id, "key": key()})
    assert votes() == {"Benches": 1}


def test_the_same_ballot_form_twice_is_one_ballot(client: FlaskClient, city) -> None:
    _campaign, (trees, *_rest) = make_vote(city)
    sent = {"choice": trees.id, "key": key()}
    for _time in range(2):
        assert client.post(f"{BASE}/ballot", data=sent).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(IdeaBallot)) == 1


def test_too_many_choices_are_explained_and_stay(client: FlaskClient, city) -> None:
    _campaign, ideas = make_vote(city)
    reply = client.post(f"{BASE}/ballot", data={"choice": [idea.id for idea in ideas], "key": key()})
    assert reply.status_code == 422
    assert "You can choose 2 ideas at most." in reply.text
    assert reply.text.count(" checked") == 3
    assert votes() == {}


def test_points_are_spread_within_their_limits(client: FlaskClient, city) -> None:
    _campaign, (trees, benches, _fountain) = make_vote(city, method=Method.POINTS, votes_max=5, per_idea_max=3)
    too_many = client.post(f"{BASE}/ballot", data={f"points-{trees.id}": 4, "key": key()})
    assert "One idea can get 3 points at most." in too_many.text
    client.post(f"{BASE}/ballot", data={f"points-{trees.id}": 3, f"points-{benches.id}": "2", "key": key()})
    assert votes() == {"Trees": 3, "Benches": 2}


def test_a_ranking_keeps_its_order(client: FlaskClient, city) -> None:
    _campaign, (trees, benches, _fountain) = make_vote(city, method=Method.RANK)
    client.post(f"{BASE}/ballot", data={f"rank-{trees.id}": 2, f"rank-{benches.id}": 1, "key": key()})
    rows = db.session.execute(select(IdeaVote.idea_id, IdeaVote.place).order_by(IdeaVote.place)).all()
    assert [tuple(row) for row in rows] == [(benches.id, 1), (trees.id, 2)]


def test_without_javascript_the_ballot_is_shown_once_more(client: FlaskClient, city) -> None:
    _campaign, (trees, *_rest) = make_vote(city)
    reply = client.post(f"{BASE}/ballot", data={"choice": trees.id})
    assert "Is this your ballot?" in reply.text
    assert votes() == {}


@pytest.mark.parametrize(
    "sent", [{"choice": "x"}, {"choice": "99999999999"}, {"points-1": "-1"}, {"choice": "2147483647"}]
)
def test_nonsense_on_a_ballot_harms_nobody(client: FlaskClient, city, sent: dict[str, str]) -> None:
    make_vote(city)
    assert client.post(f"{BASE}/ballot", data=sent | {"key": key()}).status_code in {303, 409, 422}
    assert votes() == {}


def test_a_ballot_can_be_taken_back(client: FlaskClient, city) -> None:
    _campaign, (trees, *_rest) = make_vote(city)
    client.post(f"{BASE}/ballot", data={"choice": trees.id, "key": key()})
    assert "Take it back" in client.get(f"{BASE}/ballot/withdrawal").text
    client.post(f"{BASE}/ballot/withdrawal")
    assert votes() == {}


def test_whoever_has_to_confirm_an_address_is_told_so(client: FlaskClient, city) -> None:
    _campaign, (trees, *_rest) = make_vote(city, assurance=Assurance.CONTACT)
    reply = client.post(f"{BASE}/ballot", data={"choice": trees.id, "key": key()})
    assert reply.status_code == 409
    assert "confirm your email address" in reply.text


def test_the_result_is_hidden_until_the_end_where_staff_chose_so(client: FlaskClient, city) -> None:
    campaign, (trees, *_rest) = make_vote(city)
    client.post(f"{BASE}/ballot", data={"choice": trees.id, "key": key()})
    assert "You will find the result here after" in client.get(f"{BASE}/results").text
    assert client.get(f"{BASE}/results.json").status_code == 404
    end(campaign)
    assert "“Trees” got most." in client.get(f"{BASE}/results").text
    assert client.get(f"{BASE}/results.json").json["ballots"] == 1


def test_the_result_can_be_watched_where_staff_chose_so(client: FlaskClient, city) -> None:
    _campaign, (trees, *_rest) = make_vote(city, results=ResultsRule.ALWAYS)
    client.post(f"{BASE}/ballot", data={"choice": trees.id, "key": key()})
    page = client.get(f"{BASE}/results").text
    assert "“Trees” is ahead." in page
    assert client.get(f"{BASE}/results.json").json["is_final"] is False


@pytest.mark.parametrize("form", list(BallotForm))
def test_a_budget_says_how_its_winners_came_about(app: Flask, city, form: BallotForm) -> None:
    campaign, ideas = make_vote(city, method=Method.BUDGET, ballot_form=form, votes_max=3, per_idea_max=3)
    names = {BallotForm.APPROVAL: "choice", BallotForm.POINTS: "points-{}", BallotForm.RANK: "rank-{}"}
    for number in range(6):
        idea = ideas[number % 2]
        value = idea.id if form is BallotForm.APPROVAL else 1
        app.test_client().post(f"{BASE}/ballot", data={names[form].format(idea.id): value, "key": key()})
    end(campaign)
    page = app.test_client().get(f"{BASE}/results").text
    assert "How the winners came about" in page
    assert "We divide the budget of 1,000 EUR by the 6 people who voted." in page
    assert "“Trees” costs 300 EUR." in page
    found = read_pb(app.test_client().get(f"{BASE}/ballots.pb").data)
    assert len(found.votes) == 6


def test_ballots_are_nobodys_business_before_the_end(client: FlaskClient, city) -> None:
    make_vote(city, results=ResultsRule.ALWAYS)
    assert client.get(f"{BASE}/ballots.pb").status_code == 404


def test_after_the_end_a_ballot_comes_too_late(client: FlaskClient, city) -> None:
    campaign, (trees, *_rest) = make_vote(city)
    end(campaign)
    reply = client.post(f"{BASE}/ballot", data={"choice": trees.id, "key": key()})
    assert reply.status_code == 409
    assert "came too late to count" in reply.text
