"""Tokens for programs: made once, shown once, ended for good."""

import pytest
from sqlalchemy import select

from citizen.accounts import actions
from citizen.accounts.models import ApiToken, Role
from citizen.core import clock
from citizen.core.audit import COMMAND_LINE, AuditEntry
from citizen.core.db import db
from tests.accounts.makers import act
from tests.makers import make_poll, make_staff, post_form, sign_in

TOKENS = "/riverton/staff/tokens"


@pytest.fixture
def carla(client, city):
    person = make_staff(city, Role.ADMIN, email="carla@example.org")
    sign_in(client, person)
    return person


def key_for(city, role=Role.EDITOR, **values) -> str:
    return actions.create_token(city, "importer", role, by=COMMAND_LINE, **values)[1]


def publish(client, key: str, *, city: str = "riverton", scheme: str = "Bearer"):
    headers = {"Authorization": f"{scheme} {key}"} if key else {}
    return client.post(f"/api/v1/cities/{city}/polls/the-poll/publication", headers=headers)


@pytest.fixture
def draft(city):
    return make_poll(city, slug="the-poll", published=False)


def test_a_token_is_shown_once_and_kept_as_a_hash(client, carla):
    page = post_form(client, f"{TOKENS}/new", {"name": "importer", "role": "editor", "channel": ""}).text
    key = page.split('id="new-token" value="')[1].split('"')[0]
    kept = db.session.scalars(select(ApiToken)).one()
    assert (kept.name, kept.role, kept.channel) == ("importer", "editor", None)
    assert key.encode() not in kept.digest
    assert key not in client.get(TOKENS).text
    assert "importer" in client.get(TOKENS).text


def test_a_token_for_a_kiosk_may_only_answer(client, carla):
    post_form(client, f"{TOKENS}/new", {"name": "library", "role": "admin", "channel": "kiosk"})
    kept = db.session.scalars(select(ApiToken)).one()
    assert (kept.role, kept.channel) == ("viewer", "kiosk")


@pytest.mark.parametrize("typed", [{"name": " "}, {"name": "x" * 101}, {"role": "king"}, {"channel": "pigeon"}])
def test_a_token_that_makes_no_sense_is_explained(client, carla, typed):
    answer = post_form(client, f"{TOKENS}/new", {"name": "importer", "role": "editor", "channel": ""} | typed)
    assert answer.status_code == 422
    assert db.session.scalars(select(ApiToken)).all() == []


def test_a_token_acts_in_its_own_name(client, city, draft):
    assert publish(client, key_for(city)).status_code == 200
    entry = db.session.scalars(select(AuditEntry).filter_by(verb="published")).one()
    assert (entry.actor_kind, entry.actor_name) == ("token", "importer")


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ANALYST, Role.VIEWER])
def test_a_token_with_a_small_role_is_403(client, city, draft, role):
    answer = publish(client, key_for(city, role))
    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")


def test_an_admin_token_may_do_what_an_editor_may(client, city, draft):
    assert publish(client, key_for(city, Role.ADMIN)).status_code == 200


@pytest.mark.parametrize(("key", "scheme"), [("", ""), ("plaza_nobody", "Bearer"), ("", "Bearer"), ("x y", "Basic")])
def test_without_a_token_that_we_know_it_is_401(client, draft, key, scheme):
    answer = publish(client, key, scheme=scheme)
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_another_citys_token_finds_nothing(client, draft, other_city):
    assert publish(client, key_for(other_city)).status_code == 404
    assert draft.published_at is None


def test_a_session_is_no_token(client, carla, draft):
    assert publish(client, "").status_code == 401


def test_an_ended_token_is_401(client, carla, city, draft):
    key = key_for(city)
    token = db.session.scalars(select(ApiToken)).one()
    assert act(client, f"{TOKENS}/{token.id}/end").status_code == 303
    assert publish(client, key).status_code == 401
    assert "Ended" in client.get(TOKENS).text


def test_ending_twice_keeps_the_first_moment(client, carla, city):
    key_for(city)
    token = db.session.scalars(select(ApiToken)).one()
    for _ in range(2):
        act(client, f"{TOKENS}/{token.id}/end")
    verbs = db.session.scalars(select(AuditEntry.verb)).all()
    assert verbs.count("ended token") == 1
    assert token.ended_at <= clock.now()


def test_another_citys_token_cannot_be_ended_here(client, carla, other_city):
    key_for(other_city)
    token = db.session.scalars(select(ApiToken)).one()
    assert act(client, f"{TOKENS}/{token.id}/end").status_code == 404
    assert token.ended_at is None
