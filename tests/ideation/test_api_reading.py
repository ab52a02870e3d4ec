"""Ideas as JSON, read by programs: what everybody sees, and nothing more."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from citizen.accounts.models import Role
from citizen.cities.models import City
from citizen.core import clock
from citizen.core.db import db
from ideation.models import (
    Campaign,
    Contributor,
    Idea,
    IdeaComment,
    IdeaEvent,
    Showing,
    Status,
)
from ideation.outcome import count_ended_votes
from tests.api import assert_problem, bearing
from tests.ideation.asking import at, campaigns_of, of
from tests.ideation.makers import CATEGORIES, ELECTRICITY, make_campaign, make_idea, make_indexed
from tests.ideation.votes import end, make_vote, vote


def say(idea: Idea, text: str, by: Contributor | None = None, **values: Any) -> IdeaComment:
    place = {"city_id": idea.city_id, "campaign_id": idea.campaign_id, "idea_id": idea.id, "language": "en"}
    comment = IdeaComment(**place, text=text, **{"showing": Showing.SHOWN} | values)
    comment.author_id = by.id if by else None
    db.session.add(comment)
    db.session.commit()
    return comment


def test_a_campaign_with_its_stages_and_its_balance(client: FlaskClient, campaign: Campaign) -> None:
    make_idea(campaign, status=Status.PLANNED, answered_at=clock.now() + timedelta(hours=2))
    make_idea(campaign, "Darker streets")
    found = client.get(of(campaign)).json
    assert (found["question"]["en"], found["state"], found["city"]) == (ELECTRICITY, "open", "riverton")
    assert {stage["kind"] for stage in found["stages"] if stage["is_running"]} == {
        "collect",
        "curate",
        "vote",
        "answer",
    }
    assert [category["code"] for category in found["categories"]] == list(CATEGORIES)
    assert found["levels"] == {"submit": "A1", "support": "A1", "comment": "A1", "vote": "A1"}
    assert (found["method"]["kind"], found["method"]["votes_max"], found["method"]["rule"]) == ("choose", 3, None)
    assert {name: found["balance"][name] for name in ("ideas", "answered", "median_wait")} == {
        "ideas": 2,
        "answered": 1,
        "median_wait": 7200,
    }
    assert found["links"]["page"] == "http://localhost/riverton/ideas/electricity"
    assert found["links"]["ideas"].endswith("/api/v1/cities/riverton/campaigns/electricity/ideas")


def test_campaigns_are_read_page_by_page_the_newest_first(client: FlaskClient, city: City) -> None:
    slugs = [make_campaign(city).slug for _ in range(3)]
    make_campaign(city, published=False)
    first = client.get(campaigns_of(city) + "?limit=2").json
    second = client.get(campaigns_of(city) + f"?limit=2&after={first['next']}").json
    assert [row["slug"] for row in first["campaigns"] + second["campaigns"]] == slugs[::-1]
    assert second["next"] is None
    assert_problem(client.get(campaigns_of(city) + "?after=nothing"), 404)


def test_a_draft_is_for_tokens_of_the_city_only(client: FlaskClient, city: City, other_city: City) -> None:
    draft = make_campaign(city, published=False)
    for path in ((), ("ideas",), ("ballot",), ("results",)):
        assert_problem(client.get(of(draft, *path)), 404)
    assert_problem(client.get(of(draft), headers=bearing(other_city, Role.ADMIN)), 404)
    viewer = bearing(city, Role.VIEWER)
    assert client.get(of(draft), headers=viewer).json["state"] == "draft"
    assert [row["slug"] for row in client.get(campaigns_of(city), headers=viewer).json["campaigns"]] == [draft.slug]
    assert client.get(campaigns_of(city)).json["campaigns"] == []


def test_ideas_are_read_page_by_page(client: FlaskClient, campaign: Campaign) -> None:
    ids = [make_idea(campaign, f"Idea {number}").id for number in range(5)]
    found, after = [], ""
    for _page in range(3):
        page = client.get(of(campaign, "ideas") + f"?limit=2&order=new{after}").json
        found += [row["id"] for row in page["ideas"]]
        after = f"&after={page['next']}"
    assert found == ids[::-1]
    assert page["next"] is None


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("q=lamps", ["Fewer street lamps"]),
        ("q=lamp+stre", ["Fewer street lamps"]),
        ("category=habits", ["Fewer street lamps"]),
        ("status=planned", ["Solar roofs"]),
        ("district=north", ["Solar roofs"]),
        ("q=lamps&status=planned", []),
        ("order=supported", ["Solar roofs", "Fewer street lamps"]),
        ("order=discussed", ["Fewer street lamps", "Solar roofs"]),
    ],
)
def test_ideas_are_found_and_filtered(client: FlaskClient, campaign: Campaign, query: str, titles: list[str]) -> None:
    make_indexed(campaign, "Fewer street lamps", category="habits", comments=3)
    make_indexed(campaign, "Solar roofs", status=Status.PLANNED, supports=4, district="north")
    page = client.get(of(campaign, "ideas") + f"?{query}").json
    assert [row["title"] for row in page["ideas"]] == titles


def test_similar_ideas_are_found_before_one_is_sent(client: FlaskClient, campaign: Campaign) -> None:
    same = make_indexed(campaign, "Solar roofs on schools")
    make_indexed(campaign, "Fewer street lamps")
    found = client.get(of(campaign, "similar") + "?title=A+solar+roof+for+my+school").json["similar"]
    assert [row["idea"]["id"] for row in found] == [same.id]
    assert 0.3 < found[0]["likeness"] <= 1
    assert client.get(of(campaign, "similar")).json == {"similar": []}
    assert_problem(client.get(of(campaign, "similar") + f"?title={'x' * 121}"), 422)


@pytest.mark.parametrize(
    "query",
    [
        "limit=101",
        "order=best",
        "status=lost",
        "category=%00",
        "district=%00",
        "after=x",
        "after=4294967296",
        "q=" + "x" * 101,
    ],
)
def test_a_wrong_query_is_refused(client: FlaskClient, campaign: Campaign, query: str) -> None:
    assert_problem(client.get(of(campaign, "ideas") + f"?{query}"), 422)


def test_a_page_behind_another_campaigns_idea_is_404(client: FlaskClient, campaign: Campaign) -> None:
    elsewhere = make_idea(make_campaign(campaign.city))
    comment = say(elsewhere, "Here.")
    idea = make_idea(campaign)
    assert_problem(client.get(of(campaign, "ideas") + f"?after={elsewhere.id}"), 404)
    assert_problem(client.get(at(campaign, idea, "comments") + f"?after={comment.id}"), 404)


def test_only_moderators_read_what_waits(client: FlaskClient, campaign: Campaign) -> None:
    held = make_idea(campaign, showing=Showing.HELD)
    moderator = bearing(campaign.city, Role.MODERATOR)
    assert client.get(of(campaign, "ideas")).json["ideas"] == []
    for headers in ({}, bearing(campaign.city, Role.EDITOR)):
        assert_problem(client.get(at(campaign, held), headers=headers), 404)
        assert_problem(client.get(of(campaign, "ideas") + "?showing=held", headers=headers), 403)
    page = client.get(of(campaign, "ideas") + "?showing=held", headers=moderator).json
    assert [row["id"] for row in page["ideas"]] == [held.id]
    assert client.get(at(campaign, held), headers=moderator).json["text"] == held.text


def test_an_idea_tells_what_happened_to_it(client: FlaskClient, campaign: Campaign) -> None:
    idea = make_idea(campaign, author_name="Ana", edition=3, status=Status.PLANNED, number=4)
    place = {"city_id": idea.city_id, "campaign_id": idea.campaign_id, "idea_id": idea.id}
    db.session.add(IdeaEvent(**place, kind="answer", status=Status.PLANNED, sentence={"en": "In May."}, link="/x"))
    other = make_idea(campaign, "The same", showing=Showing.MERGED, merged_into_id=idea.id)
    found = client.get(at(campaign, idea)).json
    assert (found["title"], found["text"], found["author_name"]) == (idea.title, idea.text, "Ana")
    assert (found["versions"], found["number"], found["merged_from"]) == (3, 4, [other.id])
    assert [(event["kind"], event["sentence"]) for event in found["events"]] == [("answer", {"en": "In May."})]
    assert found["address"] == f"http://localhost/riverton/ideas/electricity/{idea.id}"


@pytest.mark.parametrize("showing", [Showing.HIDDEN, Showing.WITHDRAWN, Showing.MERGED])
def test_what_is_gone_has_a_reason_and_no_text(client: FlaskClient, campaign: Campaign, showing: Showing) -> None:
    into = make_idea(campaign).id if showing is Showing.MERGED else None
    reason = {"en": "It names a person."} if showing is Showing.HIDDEN else {}
    values = {"author_name": "Ana", "longitude": 7.0, "latitude": 50.0, "picture": "dot.png"}
    gone = make_idea(campaign, "Rude words", showing=showing, merged_into_id=into, hidden_reason=reason, **values)
    reply = client.get(at(campaign, gone))
    assert (reply.json["showing"], reply.json["hidden_reason"], reply.json["merged_into"]) == (showing, reason, into)
    for name in ("title", "text", "excerpt", "longitude", "latitude", "picture"):
        assert reply.json[name] is None
    assert "Rude" not in reply.text
    assert "Ana" not in reply.text


def test_comments_are_read_page_by_page_and_what_is_gone_has_no_text(client: FlaskClient, campaign: Campaign) -> None:
    idea = make_idea(campaign)
    first = say(idea, "Good.", stance="for", author_name="Ana")
    reply = say(idea, "Very.", parent_id=first.id)
    hidden = say(idea, "Rude.", showing=Showing.HIDDEN, hidden_reason={"en": "An insult."}, author_name="Ben")
    say(idea, "Waits.", showing=Showing.HELD)
    page = client.get(at(campaign, idea, "comments") + "?limit=2").json
    assert [(row["id"], row["parent"], row["text"]) for row in page["comments"]] == [
        (first.id, None, "Good."),
        (reply.id, first.id, "Very."),
    ]
    rest = client.get(at(campaign, idea, "comments") + f"?after={page['next']}").json
    assert [(row["id"], row["text"], row["author_name"]) for row in rest["comments"]] == [(hidden.id, None, "")]
    assert (rest["comments"][0]["hidden_reason"], rest["next"]) == ({"en": "An insult."}, None)
    moderator = client.get(at(campaign, idea, "comments"), headers=bearing(campaign.city, Role.MODERATOR)).json
    assert [row["text"] for row in moderator["comments"]] == ["Good.", "Very.", None, "Waits."]


def test_the_ballot_lists_the_candidates(client: FlaskClient, city: City) -> None:
    campaign, ideas = make_vote(city, method="budget", ballot_form="points", budget=5000, votes_max=10, per_idea_max=4)
    make_idea(campaign, "Not on it")
    found = client.get(of(campaign, "ballot")).json
    assert [(row["id"], row["number"], row["cost"]) for row in found["candidates"]] == [
        (idea.id, number, number * 100) for number, idea in enumerate(ideas, start=1)
    ]
    assert found["method"] == {
        "kind": "budget",
        "form": "points",
        "votes_max": 10,
        "per_idea_max": 4,
        "budget": 5000,
        "currency": "EUR",
        "rule": "equal_shares",
    }
    assert found["is_open"]


def test_results_come_when_everybody_may_see_them(client: FlaskClient, city: City) -> None:
    campaign, (first, second, *_rest) = make_vote(city, results="after_close")
    vote(campaign, first.id, second.id)
    vote(campaign, second.id, by="ben")
    assert_problem(client.get(of(campaign, "results")), 404)
    end(campaign)
    assert_problem(client.get(of(campaign, "results")), 404)
    count_ended_votes()
    assert_problem(client.get(of(campaign, "results")), 404)
    campaign.closes_at = clock.now()
    found = client.get(of(campaign, "results")).json
    assert (found["ballots"], found["method"], found["budget"]) == (2, "choose", None)
    best = found["candidates"][0]
    assert (best["id"], best["votes"], best["points"]) == (second.id, 2, 2)
    assert "not an official vote" in found["note"]


@pytest.mark.parametrize(
    ("method", "rule"), [("rank", ""), ("points", ""), ("budget", "greedy"), ("budget", "equal_shares")]
)
def test_results_of_every_method_are_described(client: FlaskClient, city: City, method: str, rule: str) -> None:
    values = {"rule": rule, "budget": 300} if rule else {"per_idea_max": 3}
    campaign, (first, second, *_rest) = make_vote(city, method=method, **values)
    points = {first.id: 2, second.id: 1} if method == "points" else None
    vote(campaign, first.id, second.id, points=points)
    end(campaign)
    count_ended_votes()
    found = client.get(of(campaign, "results")).json
    assert found["candidates"][0]["id"] == first.id
    assert (found["budget"]["winners"] if rule else []) == ([first.id, second.id] if rule else [])
    assert bool(found["by_pairs"]) is (method == "rank")


def test_results_of_a_withdrawn_campaign_are_not_shown(client: FlaskClient, city: City) -> None:
    campaign, (first, *_rest) = make_vote(city)
    vote(campaign, first.id)
    end(campaign)
    count_ended_votes()
    campaign.withdrawn_at, campaign.withdrawal_reason = clock.now(), {"en": "A mistake."}
    assert_problem(client.get(of(campaign, "results")), 404)
    assert client.get(of(campaign)).json["withdrawal_reason"] == {"en": "A mistake."}


def test_another_citys_campaign_and_idea_are_404(client: FlaskClient, campaign: Campaign, other_city: City) -> None:
    idea = make_idea(campaign)
    headers = bearing(other_city, Role.ADMIN)
    paths = ((), ("ideas",), ("ideas", idea.id), ("ideas", idea.id, "comments"), ("ballot",), ("results",))
    for path in paths:
        assert_problem(client.get(campaigns_of(other_city, campaign.slug, *path), headers=headers), 404)
    other = make_campaign(other_city, slug=campaign.slug)
    assert_problem(client.get(at(other, idea), headers=headers), 404)
