"""People take part through programs: kiosks, sheets of paper, other software of the city."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from citizen.accounts.models import Role
from citizen.cities.districts import District
from citizen.cities.models import City
from citizen.core import clock
from citizen.core.db import db
from citizen.participation.models import AnswerCount, Assurance
from ideation.models import Campaign, Contributor, Idea, IdeaBallot, IdeaComment, Showing
from tests.api import KEY, OTHER_KEY, assert_problem, bearing
from tests.ideation.asking import at, campaigns_of, of
from tests.ideation.makers import make_campaign, make_idea
from tests.ideation.votes import answers, ensure_sums, make_vote, tallies, used

ROOFS = {"title": "Solar roofs", "text": "The roofs are empty.", "language": "en", "category": "buildings"}
ANA = {"person": "a" * 32}


@pytest.fixture
def kiosk(city: City) -> dict[str, str]:
    return bearing(city, Role.VIEWER, channel="kiosk")


def send(client: FlaskClient, address: str, body: Any, headers: dict[str, str], key: str = KEY) -> Any:
    return client.post(address, json=body, headers=headers | {"Idempotency-Key": key})


def number_of(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def mistakes(reply: Any) -> list[str]:
    return [error["field"] for error in assert_problem(reply, 422)["errors"]]


def test_an_idea_is_made_once_and_can_be_read(client: FlaskClient, campaign: Campaign, kiosk: dict[str, str]) -> None:
    first, second = (send(client, of(campaign, "ideas"), ROOFS | {"name": " Ana "}, kiosk) for _twice in range(2))
    assert (first.status_code, second.status_code, first.json["id"]) == (201, 201, second.json["id"])
    found = client.get(first.headers["Location"]).json
    assert (found["title"], found["author_name"], found["category"]) == ("Solar roofs", "Ana", "buildings")
    assert [event["kind"] for event in found["events"]] == ["received"]
    assert client.get(of(campaign, "ideas") + "?q=roof").json["ideas"][0]["id"] == found["id"]
    counts = db.session.execute(select(AnswerCount.channel, AnswerCount.assurance, AnswerCount.n)).all()
    assert counts == [("kiosk", Assurance.OPEN, 1)]


def test_an_idea_waits_where_a_moderator_looks_first(client: FlaskClient, city: City, kiosk: dict[str, str]) -> None:
    campaign = make_campaign(city, premoderates=["ideas"])
    sent = send(client, of(campaign, "ideas"), ROOFS, kiosk)
    assert (sent.status_code, sent.json["showing"]) == (201, "held")
    assert_problem(client.get(sent.headers["Location"]), 404)


def test_the_same_key_with_another_idea_is_refused(
    client: FlaskClient, campaign: Campaign, kiosk: dict[str, str]
) -> None:
    send(client, of(campaign, "ideas"), ROOFS, kiosk)
    assert_problem(send(client, of(campaign, "ideas"), ROOFS | {"title": "Else"}, kiosk), 409)
    assert number_of(Idea) == 1


def test_one_person_is_one_contributor_and_sends_only_so_much(
    client: FlaskClient, campaign: Campaign, kiosk: dict[str, str]
) -> None:
    keys = [f"{number:032x}" for number in range(21)]
    statuses = [send(client, of(campaign, "ideas"), ROOFS | ANA, kiosk, key).status_code for key in keys]
    assert statuses == [201] * 20 + [429]
    assert number_of(Contributor) == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"text": "\u200b"}, "text"),
        ({"language": "fr"}, "language"),
        ({"category": "nothing"}, "category"),
        ({"category": None}, "category"),
        ({"district": "nowhere"}, "district"),
        ({"longitude": 7.0}, "longitude"),
        ({"latitude": 91}, "latitude"),
        ({"cost": 0}, "cost"),
        ({"cost": "5"}, "cost"),
        ({"name": "x" * 61}, "name"),
        ({"person": "ana"}, "person"),
        ({"picture": "dot.png"}, "picture"),
    ],
)
def test_what_is_wrong_with_an_idea_is_named(
    client: FlaskClient, campaign: Campaign, kiosk: dict[str, str], change: dict[str, Any], field: str
) -> None:
    assert mistakes(send(client, of(campaign, "ideas"), ROOFS | change, kiosk)) == [field]
    assert number_of(Idea) == 0


def test_an_idea_has_a_place_in_the_city(client: FlaskClient, campaign: Campaign, kiosk: dict[str, str]) -> None:
    db.session.add(District(city_id=campaign.city_id, code="north", position=0, name={"en": "North"}))
    place = {"district": "north", "longitude": 7.5, "latitude": 51.5}
    sent = send(client, of(campaign, "ideas"), ROOFS | place, kiosk)
    assert {name: sent.json[name] for name in place} == place


def test_a_category_needs_a_campaign_that_has_it(client: FlaskClient, city: City, kiosk: dict[str, str]) -> None:
    campaign = make_campaign(city)
    campaign.categories = []
    assert mistakes(send(client, of(campaign, "ideas"), ROOFS, kiosk)) == ["category"]


def test_support_counts_once_for_each_person(client: FlaskClient, campaign: Campaign, kiosk: dict[str, str]) -> None:
    idea, other = make_idea(campaign), make_idea(campaign, "Darker streets")
    sent = [
        send(client, at(campaign, which, "support"), body, kiosk, key)
        for which, body, key in (
            (idea, {}, KEY),
            (idea, {}, KEY),
            (idea, ANA, KEY),
            (idea, ANA, OTHER_KEY),
            (other, ANA, KEY),
        )
    ]
    assert [(reply.status_code, reply.json["supports"]) for reply in sent] == [
        (201, 1),
        (201, 1),
        (201, 2),
        (201, 2),
        (201, 1),
    ]
    assert number_of(Contributor) == 2


def test_a_comment_and_a_reply(client: FlaskClient, campaign: Campaign, kiosk: dict[str, str]) -> None:
    idea = make_idea(campaign)
    address = at(campaign, idea, "comments")
    first = send(client, address, {"text": "Good.", "stance": "for", "name": "Ana"}, kiosk)
    again = send(client, address, {"text": "Good.", "stance": "for", "name": "Ana"}, kiosk)
    reply = send(client, address, {"text": "Very.", "parent": first.json["id"]}, kiosk, OTHER_KEY)
    assert (first.status_code, first.json["id"]) == (201, again.json["id"])
    assert (reply.json["parent"], reply.json["stance"]) == (first.json["id"], "remark")
    assert [row["text"] for row in client.get(address).json["comments"]] == ["Good.", "Very."]
    assert client.get(at(campaign, idea)).json["comments"] == 2


def test_a_comment_that_does_not_fit_is_refused(client: FlaskClient, campaign: Campaign, kiosk: dict[str, str]) -> None:
    idea, other = make_idea(campaign), make_idea(campaign, "Darker streets")
    first = send(client, at(campaign, idea, "comments"), {"text": "Good."}, kiosk).json["id"]
    assert_problem(send(client, at(campaign, idea, "comments"), {"text": "Bad."}, kiosk), 409)
    assert_problem(send(client, at(campaign, other, "comments"), {"text": "Good."}, kiosk), 409)
    assert_problem(send(client, at(campaign, idea, "comments"), {"text": " "}, kiosk, OTHER_KEY), 422)
    foreign = send(client, at(campaign, other, "comments"), {"text": "Yes.", "parent": first}, kiosk, OTHER_KEY)
    assert mistakes(foreign) == ["parent"]
    assert number_of(IdeaComment) == 1


def test_a_ballot_counts_once_and_can_be_changed_by_its_person(
    client: FlaskClient, city: City, kiosk: dict[str, str]
) -> None:
    campaign, (a, b, c, *_rest) = make_vote(city)
    address, body = of(campaign, "ballots"), {"choices": [{"idea": a.id}, {"idea": b.id}]} | ANA
    first, again = (send(client, address, body, kiosk) for _twice in range(2))
    assert (first.status_code, first.json, again.json) == (201, {"outcome": "counted"}, {"outcome": "counted"})
    assert tallies(campaign) == {a.id: (1, 1), b.id: (1, 1)}
    changed = send(client, address, {"choices": [{"idea": c.id}]} | ANA, kiosk, OTHER_KEY)
    assert (changed.status_code, tallies(campaign)) == (201, {c.id: (1, 1)})
    assert answers(campaign) == 1
    ensure_sums(campaign)
    assert_problem(send(client, address, {"choices": [{"idea": b.id}]} | ANA, kiosk), 409)


def test_people_at_one_kiosk_all_count(client: FlaskClient, city: City, kiosk: dict[str, str]) -> None:
    campaign, (a, *_rest) = make_vote(city)
    for key in (KEY, OTHER_KEY):
        send(client, of(campaign, "ballots"), {"choices": [{"idea": a.id}]}, kiosk, key)
    assert tallies(campaign) == {a.id: (2, 2)}
    assert set(db.session.execute(select(IdeaBallot.channel, IdeaBallot.assurance))) == {("kiosk", Assurance.OPEN)}


def test_points_and_ranks(client: FlaskClient, city: City, kiosk: dict[str, str]) -> None:
    points, (a, b, *_rest) = make_vote(city, method="points", votes_max=5, per_idea_max=4)
    body = {"choices": [{"idea": a.id, "points": 4}, {"idea": b.id, "points": 1}]}
    assert send(client, of(points, "ballots"), body, kiosk).status_code == 201
    assert (tallies(points), used(points)) == ({a.id: (1, 4), b.id: (1, 1)}, [5])
    ranked, (c, d, *_others) = make_vote(city, method="rank")
    sent = send(client, of(ranked, "ballots"), {"choices": [{"idea": d.id}, {"idea": c.id}]}, kiosk)
    assert sent.status_code == 201
    assert tallies(ranked) == {c.id: (1, 1), d.id: (1, 1)}


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ([], 422),
        ([(1, 1), (1, 1)], 422),
        ([(1, 2)], 422),
        ([(1, 1), (2, 1), (3, 1), (4, 1)], 422),
        ([(9, 1)], 409),
    ],
)
def test_a_ballot_that_does_not_fit_is_refused(
    client: FlaskClient, city: City, kiosk: dict[str, str], given: list[tuple[int, int]], status: int
) -> None:
    campaign, ideas = make_vote(city)
    ids = dict(enumerate((idea.id for idea in ideas), start=1))
    choices = [{"idea": ids.get(number, 10**6), "points": points} for number, points in given]
    assert_problem(send(client, of(campaign, "ballots"), {"choices": choices}, kiosk), status)
    assert number_of(IdeaBallot) == 0


def test_fifty_parallel_sends_of_one_key_are_one_ballot(app: Flask, city: City, kiosk: dict[str, str]) -> None:
    campaign, (a, *_rest) = make_vote(city)
    path, body = of(campaign, "ballots"), {"choices": [{"idea": a.id}]}
    headers = kiosk | {"Idempotency-Key": KEY}
    db.session.commit()

    def act(_number: int) -> tuple[int, bytes]:
        reply = FlaskClient(app, app.response_class).post(path, json=body, headers=headers)
        return reply.status_code, reply.data

    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(act, range(50))) == {(201, b'{"outcome":"counted"}')}
    assert tallies(campaign) == {a.id: (1, 1)}


def acts(campaign: Campaign, idea: Idea) -> list[tuple[str, Any]]:
    return [
        (of(campaign, "ideas"), ROOFS),
        (at(campaign, idea, "support"), {}),
        (at(campaign, idea, "comments"), {"text": "Good."}),
        (of(campaign, "ballots"), {"choices": [{"idea": idea.id}]}),
    ]


@pytest.mark.parametrize(
    "values", [{"stages": ("answer",)}, {"opens_at": clock.now() + timedelta(days=1)}, {"closed_at": clock.now()}]
)
def test_nothing_can_be_done_at_another_time(
    client: FlaskClient, city: City, kiosk: dict[str, str], values: dict[str, Any]
) -> None:
    campaign = make_campaign(city, **values)
    for address, body in acts(campaign, make_idea(campaign, number=1)):
        assert_problem(send(client, address, body, kiosk), 409)


def test_a_token_lends_a_device_and_no_more(client: FlaskClient, city: City, kiosk: dict[str, str]) -> None:
    levels = dict.fromkeys(("submit_level", "support_level", "comment_level", "assurance"), Assurance.CONTACT)
    campaign = make_campaign(city, **levels)
    for address, body in acts(campaign, make_idea(campaign, number=1)):
        assert "stronger check" in assert_problem(send(client, address, body, kiosk), 403)["detail"]


def test_nobody_takes_part_without_a_token_or_elsewhere(
    client: FlaskClient, campaign: Campaign, other_city: City, kiosk: dict[str, str]
) -> None:
    hidden = make_idea(campaign, "Rude", showing=Showing.HIDDEN)
    elsewhere = make_idea(make_campaign(other_city))
    for address, body in acts(campaign, make_idea(campaign, number=1)):
        assert_problem(send(client, address, body, {}), 401)
        assert_problem(send(client, address, body, bearing(other_city, Role.ADMIN)), 404)
        assert_problem(client.post(address, json=body, headers=kiosk), 400)
    for idea in (hidden, elsewhere):
        for path in ("support", "comments"):
            assert_problem(
                send(client, at(campaign, idea, path), {"text": "Yes."} if path == "comments" else {}, kiosk), 404
            )
    draft = make_campaign(campaign.city, published=False)
    assert_problem(send(client, campaigns_of(draft.city, draft.slug, "ideas"), ROOFS, kiosk), 404)
