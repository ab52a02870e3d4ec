"""Programs of staff: campaigns planned and run, ideas answered, what may not be read taken away."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from citizen.accounts.models import Role
from citizen.cities.models import City
from citizen.core.audit import AuditEntry
from citizen.core.db import db
from ideation.models import Campaign, IdeaComment, IdeaEvent, Showing, Status
from tests.api import KEY, assert_problem, bearing
from tests.ideation.asking import at, campaigns_of, of
from tests.ideation.makers import make_campaign, make_idea
from tests.ideation.votes import make_vote, tallies, vote

POWER = {
    "question": {"en": "How can we save power?"},
    "stages": {"collect": {"closes_at": "2099-01-31T18:00:00Z"}},
    "categories": [{"name": {"en": "Street lights"}}, {"name": {"en": "Else"}, "code": "else"}],
}
REASON = {"en": "It names a person."}
ACTS = ("publication", "closure", "withdrawal")


def mistakes(reply: Any) -> list[str]:
    return [error["field"] for error in assert_problem(reply, 422)["errors"]]


@pytest.fixture
def editor(city: City) -> dict[str, str]:
    return bearing(city)


@pytest.fixture
def moderator(city: City) -> dict[str, str]:
    return bearing(city, Role.MODERATOR)


def test_from_nothing_to_an_idea(client: FlaskClient, city: City, editor: dict[str, str]) -> None:
    made = client.post(campaigns_of(city), json=POWER, headers=editor)
    assert (made.status_code, made.json["state"], made.json["slug"]) == (201, "draft", "how-can-we-save-power")
    place = made.headers["Location"]
    assert client.post(f"{place}/publication", headers=editor).json["state"] == "open"
    idea = {"title": "Darker streets", "text": "At night.", "language": "en", "category": "street-lights"}
    sent = client.post(f"{place}/ideas", json=idea, headers=editor | {"Idempotency-Key": KEY})
    assert (sent.status_code, client.get(place).json["balance"]["ideas"]) == (201, 1)
    assert client.post(f"{place}/closure", headers=editor).json["state"] == "closed"
    withdrawn = client.post(f"{place}/withdrawal", json={"reason": {"en": "Asked twice."}}, headers=editor)
    assert withdrawn.json["state"] == "withdrawn"
    acts = db.session.execute(select(AuditEntry.verb, AuditEntry.actor_kind, AuditEntry.actor_name)).all()
    by_token = ("token", "editor program")
    verbs = ("created", "published", "closed early", "withdrew")
    assert [tuple(act) for act in acts[-4:]] == [(verb, *by_token) for verb in verbs]


def test_a_new_campaign_is_what_was_sent(client: FlaskClient, city: City, editor: dict[str, str]) -> None:
    body = {
        "question": {"en": "What shall we pay for?", "de": "Was sollen wir bezahlen?"},
        "background": {"en": "There is money\nfor some things."},
        "guidelines": {"en": "Be kind."},
        "stages": {"vote": {"opens_at": "2031-03-30T10:00:00+02:00", "closes_at": "2031-04-30T10:00:00+02:00"}},
        "levels": {"submit": "A0", "support": "A1", "comment": "A2", "vote": "A2"},
        "premoderates": ["ideas"],
        "asks_cost": True,
        "method": {
            "kind": "budget",
            "budget": 5000,
            "currency": "PLN",
            "form": "rank",
            "rule": "greedy",
            "votes_max": 5,
        },
        "results": "always",
        "slug": "money-2031",
    }
    made = client.post(campaigns_of(city), json=body, headers=editor)
    found = client.get(campaigns_of(city, "money-2031"), headers=editor).json
    assert made.json == found
    assert found["stages"][0]["opens_at"] == "2031-03-30T08:00:00Z"
    same = ("question", "background", "guidelines", "levels", "premoderates", "asks_cost", "results")
    assert {name: found[name] for name in same} == {name: body[name] for name in same}
    assert found["method"] == body["method"] | {"per_idea_max": 1}


def test_without_stages_ideas_come_for_two_weeks(client: FlaskClient, city: City, editor: dict[str, str]) -> None:
    found = client.post(campaigns_of(city), json={"question": {"en": "Ideas?"}}, headers=editor).json
    assert [(stage["kind"], stage["closes_at"] is None) for stage in found["stages"]] == [("collect", False)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"question": {"de": "Ideen?"}}, "question.en"),
        ({"question": {"en": " "}}, "question.en"),
        ({"question": {"en": "Ideas?", "fr": "Des idées ?"}}, "question.fr"),
        ({"background": {"en": "a\x00b"}}, "background.en"),
        ({"stages": {"answer": {}}}, "stages"),
        ({"stages": {"collect": {}}}, "stages.collect.closes_at"),
        ({"stages": {"party": {}}}, "stages.party.[key]"),
        (
            {"stages": {"vote": {"opens_at": "2031-01-02T00:00:00Z", "closes_at": "2031-01-01T00:00:00Z"}}},
            "stages.vote.closes_at",
        ),
        ({"categories": [{"name": {"en": "A"}}, {"name": {"en": "a"}}]}, "categories.1.name.en"),
        ({"categories": [{"name": {"de": "A"}}]}, "categories.0.name.en"),
        ({"method": {"votes_max": 2, "per_idea_max": 3}}, "method.per_idea_max"),
        ({"method": {"currency": "euro"}}, "method.currency"),
        ({"levels": {"vote": "A4"}}, "levels.vote"),
        ({"premoderates": ["votes"]}, "premoderates.0"),
        ({"slug": "A b"}, "slug"),
        ({"colour": "green"}, "colour"),
    ],
)
def test_what_is_wrong_with_a_campaign_is_named(
    client: FlaskClient, city: City, editor: dict[str, str], change: dict[str, Any], field: str
) -> None:
    assert field in mistakes(client.post(campaigns_of(city), json=POWER | change, headers=editor))
    assert db.session.scalar(select(func.count()).select_from(Campaign)) == 0


def test_a_name_that_is_taken_is_refused(client: FlaskClient, campaign: Campaign, editor: dict[str, str]) -> None:
    body = POWER | {"slug": campaign.slug}
    assert (
        "short name"
        in assert_problem(client.post(campaigns_of(campaign.city), json=body, headers=editor), 422)["detail"]
    )


def test_acts_done_twice_are_conflicts(client: FlaskClient, campaign: Campaign, editor: dict[str, str]) -> None:
    assert_problem(client.post(of(campaign, "publication"), headers=editor), 409)
    assert client.post(of(campaign, "closure"), headers=editor).status_code == 200
    assert_problem(client.post(of(campaign, "closure"), headers=editor), 409)


def test_the_city_answers_ideas(client: FlaskClient, campaign: Campaign, editor: dict[str, str]) -> None:
    ideas = [make_idea(campaign, title) for title in ("Roofs", "Streets")]
    body = {"ideas": [idea.id for idea in ideas], "status": "planned", "sentence": {"en": "In May."}, "link": "/x"}
    for _twice in range(2):
        sent = client.post(of(campaign, "statuses"), json=body, headers=editor)
        assert [(row["id"], row["status"]) for row in sent.json["ideas"]] == [(idea.id, "planned") for idea in ideas]
    events = client.get(at(campaign, ideas[0])).json["events"]
    assert [(event["kind"], event["sentence"], event["link"]) for event in events] == [
        ("answer", {"en": "In May."}, "/x")
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"sentence": {}},
        {"sentence": {"en": " "}},
        {"sentence": {"fr": "En mai."}},
        {"status": "lost"},
        {"link": "//example.org"},
        {"link": "https://x@evil.example"},
        {"ideas": []},
    ],
)
def test_an_answer_that_does_not_fit_is_refused(
    client: FlaskClient, campaign: Campaign, editor: dict[str, str], change: dict[str, Any]
) -> None:
    body = {"ideas": [make_idea(campaign).id], "status": "planned", "sentence": {"en": "In May."}} | change
    assert_problem(client.post(of(campaign, "statuses"), json=body, headers=editor), 422)
    assert db.session.scalar(select(func.count()).select_from(IdeaEvent)) == 0


def test_ideas_are_shown_and_hidden(client: FlaskClient, city: City, moderator: dict[str, str]) -> None:
    campaign, (idea, other, *_rest) = make_vote(city)
    vote(campaign, idea.id, other.id)
    address = of(campaign, "showings")
    hide = {"ideas": [idea.id], "showing": "hidden"}
    assert_problem(client.post(address, json=hide, headers=moderator), 422)
    for _twice in range(2):
        reply = client.post(address, json=hide | {"reason": REASON}, headers=moderator)
    assert_problem(reply, 409)
    assert client.get(at(campaign, idea)).json["hidden_reason"] == REASON
    assert tallies(campaign) == {other.id: (1, 1)}
    for _twice in range(2):
        shown = client.post(address, json={"ideas": [idea.id], "showing": "shown"}, headers=moderator)
        assert (shown.status_code, shown.json["ideas"][0]["showing"]) == (200, "shown")


def test_a_held_idea_is_let_in(client: FlaskClient, campaign: Campaign, moderator: dict[str, str]) -> None:
    held = make_idea(campaign, showing=Showing.HELD)
    waiting = client.get(of(campaign, "ideas") + "?showing=held", headers=moderator).json["ideas"]
    body = {"ideas": [row["id"] for row in waiting], "showing": "shown"}
    assert client.post(of(campaign, "showings"), json=body, headers=moderator).status_code == 200
    assert client.get(at(campaign, held)).json["title"] == held.title


def test_comments_are_shown_and_hidden(client: FlaskClient, campaign: Campaign, moderator: dict[str, str]) -> None:
    idea = make_idea(campaign, comments=1)
    place = {"city_id": idea.city_id, "campaign_id": idea.campaign_id, "idea_id": idea.id}
    comment = IdeaComment(**place, language="en", text="Rude.", showing=Showing.SHOWN)
    db.session.add(comment)
    db.session.commit()
    address = of(campaign, "comments", comment.id, "showing")
    assert_problem(client.post(address, json={"showing": "hidden"}, headers=moderator), 422)
    for _twice in range(2):
        hidden = client.post(address, json={"showing": "hidden", "reason": REASON}, headers=moderator)
        assert (hidden.json["text"], hidden.json["hidden_reason"]) == (None, REASON)
    assert client.get(at(campaign, idea)).json["comments"] == 0
    assert client.post(address, json={"showing": "shown"}, headers=moderator).json["text"] == "Rude."
    assert client.get(at(campaign, idea)).json["comments"] == 1


def test_comments_that_wait_are_found_and_let_in(
    client: FlaskClient, campaign: Campaign, moderator: dict[str, str]
) -> None:
    idea = make_idea(campaign)
    place = {"city_id": idea.city_id, "campaign_id": idea.campaign_id, "idea_id": idea.id, "language": "en"}
    for number in range(3):
        db.session.add(IdeaComment(**place, text=f"Said {number}.", showing=Showing.HELD))
    db.session.add(IdeaComment(**place, text="Public.", showing=Showing.SHOWN))
    said, after = [], ""
    for _page in range(2):
        page = client.get(of(campaign, "comments") + f"?limit=2{after}", headers=moderator).json
        for comment in page["comments"]:
            address = of(campaign, "comments", comment["id"], "showing")
            said.append(client.post(address, json={"showing": "shown"}, headers=moderator).json["text"])
        after = f"&after={page['next']}"
    assert said == ["Said 0.", "Said 1.", "Said 2."]
    assert client.get(at(campaign, idea)).json["comments"] == 3


def decisions(campaign: Campaign, idea_id: int, comment_id: int) -> list[tuple[str, Any, Role]]:
    return [
        (of(campaign, "statuses"), {"ideas": [idea_id], "status": Status.UNDER_REVIEW.value}, Role.EDITOR),
        (of(campaign, "showings"), {"ideas": [idea_id], "showing": "shown"}, Role.MODERATOR),
        (of(campaign, "comments", comment_id, "showing"), {"showing": "shown"}, Role.MODERATOR),
        *((of(campaign, act), {"reason": REASON} if act == "withdrawal" else {}, Role.EDITOR) for act in ACTS),
        (campaigns_of(campaign.city), POWER, Role.EDITOR),
    ]


def test_only_their_role_lets_programs_decide(client: FlaskClient, campaign: Campaign, other_city: City) -> None:
    tokens = {role: bearing(campaign.city, role) for role in Role if role is not Role.ADMIN}
    elsewhere = bearing(other_city, Role.ADMIN)
    for address, body, needed in decisions(campaign, make_idea(campaign).id, 1):
        assert_problem(client.post(address, json=body), 401)
        assert_problem(client.post(address, json=body, headers=elsewhere), 404)
        for role, headers in tokens.items():
            if role is not needed:
                assert_problem(client.post(address, json=body, headers=headers), 403)


def test_what_stands_elsewhere_is_404(client: FlaskClient, campaign: Campaign, other_city: City) -> None:
    mine = make_idea(campaign).id
    admin = bearing(campaign.city, Role.ADMIN)
    for other in (make_campaign(other_city), make_campaign(campaign.city)):
        idea = make_idea(other)
        place = {"city_id": other.city_id, "campaign_id": other.id, "idea_id": idea.id, "language": "en"}
        comment = IdeaComment(**place, text="Good.", showing=Showing.SHOWN)
        db.session.add(comment)
        db.session.commit()
        for address, body, _needed in decisions(campaign, idea.id, comment.id)[:3]:
            both = body | ({"ideas": [mine, idea.id]} if "ideas" in body else {})
            assert_problem(client.post(address, json=both, headers=admin), 404)
