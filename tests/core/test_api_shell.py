"""What every endpoint of the JSON API has in common."""

import re
from collections.abc import Iterator

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from limits import RateLimitItemPerMinute

from citizen.accounts.models import Role
from citizen.cities.models import City
from citizen.core import api
from polls.models import Poll
from tests.api import KEY, assert_problem, bearing, polls_of
from tests.makers import make_city, make_staff, sign_in

CITIES = "/api/v1/cities"


@pytest.fixture
def honest_app(app: Flask) -> Iterator[Flask]:
    """The app as it runs for people: what fails unexpectedly is shown as a page, not raised."""
    app.testing = False
    yield app
    app.testing = True


def test_the_document_is_valid_openapi(client: FlaskClient) -> None:
    reply = client.get("/api/v1/openapi.json")
    assert reply.mimetype == "application/json"
    assert reply.json["openapi"].startswith("3.1")
    schemathesis.openapi.from_dict(reply.json).validate()


def test_the_document_names_every_endpoint_below_the_root(app: Flask, client: FlaskClient) -> None:
    documented = {
        (path, method)
        for path, methods in client.get("/api/v1/openapi.json").json["paths"].items()
        for method in methods
    }
    routed = {
        (re.sub(r"<\w+:(\w+)>", r"{\1}", str(rule)).replace("{city_slug}", "{city}"), method.lower())
        for rule in app.url_map.iter_rules()
        if str(rule).startswith("/api/") and rule.endpoint != "api.description"
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert documented == routed


def test_every_endpoint_of_the_document_says_whether_it_wants_a_token(client: FlaskClient) -> None:
    paths = client.get("/api/v1/openapi.json").json["paths"]
    assert paths[CITIES]["get"]["security"] == []
    assert paths[f"{CITIES}/{{city}}/polls"]["post"]["security"] == [{"token": []}]
    assert paths[f"{CITIES}/{{city}}/polls/{{slug}}/results"]["get"]["security"] == [{}, {"token": []}]


@pytest.mark.parametrize("path", ["/api/v1", "/api/v1/", "/api/v1/nothing", f"{CITIES}/Nowhere", f"{CITIES}/%00"])
def test_an_unknown_address_is_a_problem(client: FlaskClient, path: str) -> None:
    assert_problem(client.get(path), 404)


def test_another_method_is_a_problem_that_names_the_right_ones(client: FlaskClient) -> None:
    reply = client.delete(CITIES)
    assert_problem(reply, 405)
    assert reply.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_failure_is_a_problem_without_details(
    honest_app: Flask, client: FlaskClient, city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(honest_app.view_functions, "cities_api.show", lambda: 1 / 0)
    found = assert_problem(client.get(f"{CITIES}/{city.slug}"), 500)
    assert "division" not in str(found)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml"])
def test_a_body_of_another_kind_is_refused(client: FlaskClient, city: City, kind: str) -> None:
    reply = client.post(polls_of(city), data="{}", content_type=kind, headers=bearing(city))
    assert_problem(reply, 415)


@pytest.mark.parametrize("body", ["", "{", "[" * 5000, '{"question": "\\ud800"}', b"\xff"])
def test_a_body_that_is_no_json_is_refused(client: FlaskClient, city: City, body: str | bytes) -> None:
    reply = client.post(polls_of(city), data=body, content_type="application/json", headers=bearing(city))
    assert_problem(reply, 400)


def test_a_body_that_is_too_large_is_refused(client: FlaskClient, city: City) -> None:
    body = {"question": {"en": "x" * 1_100_000}, "form": "yes_no"}
    assert_problem(client.post(polls_of(city), json=body, headers=bearing(city)), 413)


def test_an_unknown_field_is_named(client: FlaskClient, city: City) -> None:
    body = {"question": {"en": "More trees?"}, "form": "yes_no", "colour": "green"}
    found = assert_problem(client.post(polls_of(city), json=body, headers=bearing(city)), 422)
    assert [mistake["field"] for mistake in found["errors"]] == ["colour"]


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=many", "after=../etc", "aftr=riverton"])
def test_a_wrong_query_is_refused(client: FlaskClient, query: str) -> None:
    assert_problem(client.get(f"{CITIES}?{query}"), 422)


@pytest.mark.parametrize("header", ["Bearer", "Bearer wrong", "Basic YTpi", "Bearer \x00", "bearer ünknown"])
def test_an_unknown_token_is_refused_everywhere(client: FlaskClient, poll: Poll, header: str) -> None:
    replies = [
        client.get(polls_of(poll.city, poll.slug), headers={"Authorization": header}),
        client.post(polls_of(poll.city, poll.slug, "closure"), headers={"Authorization": header}),
    ]
    for reply in replies:
        assert_problem(reply, 401)
        assert reply.headers["WWW-Authenticate"] == "Bearer"


def test_a_session_opens_nothing(client: FlaskClient, poll: Poll) -> None:
    sign_in(client, make_staff(poll.city, Role.ADMIN))
    reply = client.post(polls_of(poll.city, poll.slug, "closure"))
    assert_problem(reply, 401)
    assert "Set-Cookie" not in reply.headers


def test_no_reply_sets_a_cookie_and_none_with_a_token_is_shared(client: FlaskClient, poll: Poll) -> None:
    headers = bearing(poll.city, Role.VIEWER) | {"Idempotency-Key": KEY}
    answer = {"choices": [poll.options[0].id]}
    replies = [
        client.get(polls_of(poll.city, poll.slug), headers=headers),
        client.post(polls_of(poll.city, poll.slug, "answers"), json=answer, headers=headers),
    ]
    assert all("Set-Cookie" not in reply.headers for reply in replies)
    assert {reply.headers["Cache-Control"] for reply in replies} == {"private, no-store"}
    assert "public" in client.get(polls_of(poll.city, poll.slug)).headers["Cache-Control"]


def test_reading_too_fast_is_asked_to_wait(client: FlaskClient, city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "READS", RateLimitItemPerMinute(2))
    statuses = [client.get(CITIES).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    reply = client.get(CITIES)
    assert_problem(reply, 429)
    assert 0 < int(reply.headers["Retry-After"]) <= 60


def test_each_token_has_a_measure_of_its_own(client: FlaskClient, poll: Poll, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "CHANGES", RateLimitItemPerMinute(1))
    one, other = (bearing(poll.city, Role.VIEWER) for _ in range(2))
    answers = polls_of(poll.city, poll.slug, "answers")
    statuses = [client.post(answers, headers=headers).status_code for headers in (one, one, other)]
    assert statuses == [400, 429, 400]


def test_cities_are_read_page_by_page(client: FlaskClient, app: Flask) -> None:
    for slug in ("ash", "birch", "cedar"):
        make_city(slug=slug, name=slug.title())
    first = client.get(f"{CITIES}?limit=2").json
    second = client.get(f"{CITIES}?limit=2&after={first['next']}").json
    assert [city["slug"] for city in first["cities"] + second["cities"]] == ["ash", "birch", "cedar"]
    assert second["next"] is None


def test_one_city(client: FlaskClient, city: City) -> None:
    assert client.get(f"{CITIES}/riverton").json == {
        "slug": "riverton",
        "name": "Riverton",
        "languages": ["en", "de"],
        "time_zone": "Europe/Berlin",
        "population": None,
        "address": "http://localhost/riverton/",
    }
