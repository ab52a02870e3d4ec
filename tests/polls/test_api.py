"""Polls for programs: reading, making, publishing, closing, answering."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from citizen.accounts.models import Role
from citizen.cities.models import City
from citizen.core import clock
from citizen.core.audit import AuditEntry
from citizen.core.db import db
from citizen.participation.models import Channel, ResultsRule
from polls.models import Poll, PollForm, PollOtherText
from tests.api import KEY, assert_problem, bearing, of, polls_of
from tests.makers import TRANSPORT, cast, make_poll, option_ids

TREES = {"question": {"en": "More trees?", "de": "Mehr Bäume?"}, "form": "yes_no"}
FEATURES = {
    "question": {"en": TRANSPORT},
    "form": "multiple",
    "choose_max": 2,
    "options": [{"text": {"en": "Tickets"}}, {"text": {"en": "Times"}}, {"text": {"en": "Maps"}}],
}
ACTS = ("publication", "closure", "withdrawal")


def test_a_poll_says_all_that_an_answer_needs(client: FlaskClient, poll: Poll) -> None:
    found = client.get(of(poll)).json
    assert found["question"] == {"en": TRANSPORT}
    assert [option["text"]["en"] for option in found["options"]] == ["Tickets", "Times", "Maps"]
    assert found["choices"] == [option["id"] for option in found["options"]] == option_ids(poll)
    assert (found["state"], found["assurance"], found["results"]) == ("open", "A1", "always")
    assert found["address"] == f"http://localhost/riverton/polls/{poll.slug}"


def test_moments_are_in_utc(client: FlaskClient, city: City) -> None:
    opens_at = clock.now() - timedelta(hours=1)
    poll = make_poll(city, opens_at=opens_at)
    assert client.get(of(poll)).json["opens_at"] == opens_at.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_scale_says_what_its_ends_mean(client: FlaskClient, city: City) -> None:
    poll = make_poll(city, form=PollForm.SCALE, choose_max=1, scale_low={"en": "Bad"}, scale_high={"en": "Good"})
    found = client.get(of(poll)).json
    assert found["scale"] == {"points": 5, "low": {"en": "Bad"}, "high": {"en": "Good"}}
    assert (found["choices"], found["options"]) == (["1", "2", "3", "4", "5"], [])


def test_a_yes_or_no_question_has_fixed_choices(client: FlaskClient, city: City) -> None:
    found = client.get(of(make_poll(city, form=PollForm.YES_NO, choose_max=1))).json
    assert (found["choices"], found["choose_max"]) == (["yes", "no", "dont_know"], 1)


def test_polls_are_read_page_by_page_the_newest_first(client: FlaskClient, city: City) -> None:
    slugs = [make_poll(city).slug for _ in range(3)]
    first = client.get(polls_of(city) + "?limit=2").json
    second = client.get(polls_of(city) + f"?limit=2&after={first['next']}").json
    assert [poll["slug"] for poll in first["polls"] + second["polls"]] == slugs[::-1]
    assert second["next"] is None


def test_a_page_behind_a_poll_that_is_not_there_is_404(client: FlaskClient, city: City) -> None:
    assert_problem(client.get(polls_of(city) + "?after=nothing"), 404)


def test_a_draft_is_for_tokens_of_the_city_only(client: FlaskClient, city: City, other_city: City) -> None:
    draft = make_poll(city, published=False)
    assert_problem(client.get(of(draft)), 404)
    assert_problem(client.get(of(draft), headers=bearing(other_city, Role.ADMIN)), 404)
    assert client.get(of(draft), headers=bearing(city, Role.VIEWER)).json["state"] == "draft"
    assert client.get(polls_of(city)).json["polls"] == []


def test_another_citys_poll_is_404_for_everybody(client: FlaskClient, poll: Poll, other_city: City) -> None:
    headers = bearing(other_city, Role.ADMIN)
    for path in ((), ("results",)):
        assert_problem(client.get(polls_of(other_city, poll.slug, *path), headers=headers), 404)
    for act in ("publication", "closure"):
        assert_problem(client.post(polls_of(other_city, poll.slug, act), headers=headers), 404)
        assert_problem(client.post(of(poll, act), headers=headers), 404)


def test_the_result_has_the_numbers_of_the_page(client: FlaskClient, poll: Poll) -> None:
    cast(poll, "Tickets", "Times", by="ana")
    cast(poll, "Tickets", by="bruno", channel=Channel.QR)
    found = client.get(of(poll, "results")).json
    assert (found["n"], found["channels"]) == (2, {"web": 1, "qr": 1})
    assert [(row["text"], row["count"], row["share"]) for row in found["options"]][:2] == [
        ("Tickets", 2, 1.0),
        ("Times", 1, 0.5),
    ]
    assert "not a vote" in found["note"]


def test_results_show_other_texts_once_they_are_approved(client: FlaskClient, city: City) -> None:
    poll = make_poll(city, has_other=True)
    for text, state in (("More buses", "approved"), ("Call 0170", "held"), ("Rude", "rejected")):
        db.session.add(PollOtherText(city_id=city.id, poll_id=poll.id, text=text, state=state))
    assert client.get(of(poll, "results")).json["other_texts"] == ["More buses"]


def test_results_name_the_options_in_the_readers_language(client: FlaskClient, city: City) -> None:
    poll = make_poll(city)
    poll.options[0].label = {"en": "Tickets", "de": "Fahrkarten"}
    found = client.get(of(poll, "results"), headers={"Accept-Language": "de"})
    assert "Fahrkarten" in [row["text"] for row in found.json["options"]]
    assert "Accept-Language" in found.headers["Vary"]


@pytest.mark.parametrize("rule", [ResultsRule.AFTER_ANSWER, ResultsRule.AFTER_CLOSE])
def test_results_wait_as_staff_chose_but_not_for_analysts(client: FlaskClient, city: City, rule: ResultsRule) -> None:
    poll = make_poll(city, results=rule)
    assert_problem(client.get(of(poll, "results")), 403)
    assert_problem(client.get(of(poll, "results"), headers=bearing(city, Role.EDITOR)), 403)
    assert client.get(of(poll, "results"), headers=bearing(city, Role.ANALYST)).json["n"] == 0


def test_results_of_a_closed_poll_are_for_everybody(client: FlaskClient, city: City) -> None:
    poll = make_poll(city, results=ResultsRule.AFTER_CLOSE, closes_at=clock.now() - timedelta(minutes=1))
    assert client.get(of(poll, "results")).json["state"] == "closed"


def test_from_nothing_to_a_result(client: FlaskClient, city: City) -> None:
    editor, kiosk = bearing(city), bearing(city, Role.VIEWER, channel="kiosk")
    made = client.post(polls_of(city), json=FEATURES, headers=editor)
    assert (made.status_code, made.json["state"]) == (201, "draft")
    assert client.post(f"{made.location}/publication", headers=editor).json["state"] == "open"
    answer = {"choices": made.json["choices"][:2]}
    sent = client.post(f"{made.location}/answers", json=answer, headers=kiosk | {"Idempotency-Key": KEY})
    assert (sent.status_code, sent.json) == (201, {"outcome": "counted"})
    assert client.post(f"{made.location}/closure", headers=editor).json["state"] == "closed"
    found = client.get(f"{made.location}/results").json
    assert (found["n"], found["channels"], found["assurance"]) == (1, {"kiosk": 1}, {"A0": 1})


def test_a_new_poll_is_what_was_sent(client: FlaskClient, city: City) -> None:
    body = {
        "question": {"en": "How safe are our streets?", "de": "Wie sicher sind unsere Straßen?"},
        "form": "scale",
        "scale": {"points": 7, "low": {"en": "Not at all"}, "high": {"en": "Very"}},
        "background": {"en": "We plan\ntwo new lanes."},
        "opens_at": "2031-03-30T10:00:00+02:00",
        "closes_at": "2031-04-30T10:00:00+02:00",
        "results": "after_close",
        "assurance": "A2",
        "slug": "safe-streets",
    }
    found = client.post(polls_of(city), json=body, headers=bearing(city)).json
    assert found["opens_at"] == "2031-03-30T08:00:00Z"
    same = ("question", "scale", "background", "results", "assurance", "slug")
    assert {name: found[name] for name in same} == {name: body[name] for name in same}
    assert client.get(polls_of(city, "safe-streets"), headers=bearing(city)).json == found


def test_every_act_leaves_an_audit_row_in_the_tokens_name(client: FlaskClient, city: City) -> None:
    editor = bearing(city)
    place = client.post(polls_of(city), json=TREES, headers=editor).location
    client.post(f"{place}/publication", headers=editor)
    client.post(f"{place}/withdrawal", json={"reason": {"en": "Asked twice."}}, headers=editor)
    acts = db.session.execute(select(AuditEntry.verb, AuditEntry.actor_kind, AuditEntry.actor_name)).all()
    by_token = ("token", "editor program")
    assert [tuple(act) for act in acts[-3:]] == [(verb, *by_token) for verb in ("created", "published", "withdrew")]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"question": {}}, "question"),
        ({"question": {"de": "Mehr Bäume?"}}, "question.en"),
        ({"question": {"en": "  "}}, "question.en"),
        ({"question": {"en": "a\x00b"}}, "question.en"),
        ({"question": {"en": "x" * 301}}, "question.en"),
        ({"question": {"en": "Trees?", "fr": "Des arbres?"}}, "question.fr"),
        ({"form": "essay"}, "form"),
        ({"options": [{"text": {"en": "Yes"}}] * 31}, "options"),
        ({"choose_max": "2"}, "choose_max"),
        ({"assurance": "A4"}, "assurance"),
        ({"opens_at": 1234567890}, "opens_at"),
        ({"opens_at": "2031-01-01T10:00:00"}, "opens_at"),
        ({"opens_at": "0001-01-01T00:00:00+23:00"}, "opens_at"),
        ({"opens_at": "2031-01-02T00:00:00Z", "closes_at": "2031-01-01T00:00:00Z"}, "closes_at"),
        ({"slug": "new"}, "slug"),
        ({"slug": "-"}, "slug"),
    ],
)
def test_what_is_wrong_with_a_poll_is_named(
    client: FlaskClient, city: City, change: dict[str, Any], field: str
) -> None:
    reply = client.post(polls_of(city), json=TREES | change, headers=bearing(city))
    assert field in [mistake["field"] for mistake in assert_problem(reply, 422)["errors"]]
    assert db.session.scalar(select(func.count()).select_from(Poll)) == 0


def test_a_name_that_is_taken_is_refused(client: FlaskClient, poll: Poll) -> None:
    reply = client.post(polls_of(poll.city), json=TREES | {"slug": poll.slug}, headers=bearing(poll.city))
    assert "short name" in assert_problem(reply, 422)["detail"]


def test_a_poll_without_enough_options_stays_a_draft(client: FlaskClient, city: City) -> None:
    editor = bearing(city)
    place = client.post(polls_of(city), json=FEATURES | {"options": []}, headers=editor).location
    assert_problem(client.post(f"{place}/publication", headers=editor), 422)
    assert client.get(place, headers=editor).json["state"] == "draft"


def test_acts_done_twice_are_conflicts(client: FlaskClient, poll: Poll) -> None:
    editor = bearing(poll.city)
    assert_problem(client.post(of(poll, "publication"), headers=editor), 409)
    assert client.post(of(poll, "closure"), headers=editor).status_code == 200
    assert_problem(client.post(of(poll, "closure"), headers=editor), 409)


def test_a_withdrawn_poll_keeps_its_reason_and_shows_no_result(client: FlaskClient, poll: Poll) -> None:
    reason = {"reason": {"en": "One option was missing."}}
    assert client.post(of(poll, "withdrawal"), json=reason, headers=bearing(poll.city)).status_code == 200
    assert client.get(of(poll)).json["withdrawal_reason"] == reason["reason"]
    assert_problem(client.get(of(poll, "results")), 403)


@pytest.mark.parametrize("reason", [{}, {"en": " "}, {"fr": "Erreur."}, {"en": "\x00"}])
def test_a_withdrawal_needs_a_reason(client: FlaskClient, poll: Poll, reason: dict[str, str]) -> None:
    assert_problem(client.post(of(poll, "withdrawal"), json={"reason": reason}, headers=bearing(poll.city)), 422)
    assert client.get(of(poll)).json["state"] == "open"


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ANALYST, Role.VIEWER])
def test_only_editors_make_and_change_polls(client: FlaskClient, poll: Poll, role: Role) -> None:
    headers = bearing(poll.city, role)
    assert_problem(client.post(polls_of(poll.city), json=TREES, headers=headers), 403)
    for act in ACTS:
        assert_problem(client.post(of(poll, act), headers=headers), 403)


def test_nothing_changes_without_a_token(client: FlaskClient, poll: Poll) -> None:
    assert_problem(client.post(polls_of(poll.city), json=TREES), 401)
    for act in (*ACTS, "answers"):
        assert_problem(client.post(of(poll, act)), 401)
