"""Another city's things do not exist here: on no route, for nobody, not even for whoever runs the install."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from citizen.accounts.models import ApiToken, Role
from citizen.core.db import db
from polls.models import PollOtherText
from tests.makers import ONE_DATABASE
from tests.site import idea_world, moderation_world, survey_world
from tests.site.test_access import routes
from tests.site.visiting import EVERYBODY, browser, give_token
from tests.site.world import World, hold_texts, make_token, named, rows

pytestmark = ONE_DATABASE

FOREIGN: dict[str, Callable[[World], str]] = (
    {
        "slug": lambda world: world.other_poll.slug,
        "user_id": lambda world: str(world.people["carla"].id),
        "token_id": lambda world: str(rows(ApiToken, world.other_city)[0].id),
        "text": lambda world: rows(PollOtherText, world.other_city)[0].id.hex(),
    }
    | survey_world.FOREIGN
    | idea_world.FOREIGN
    | moderation_world.FOREIGN
)
"""What stands in Hillside, by the argument of an address that would name it."""

NOBODYS = {"media.show", "accounts.choose_password", "accounts.link", "accounts.use_link"}
"""Addresses without a city: pictures and links of mails are found by a name that nobody can guess."""


@pytest.fixture
def neighbours(world: World) -> World:
    """Riverton and Hillside, each with everything that an address can name."""
    make_token(world.other_city, "hills")
    hold_texts(world, world.other_poll)
    db.session.commit()
    return world


def addresses(app: Flask, world: World, city: str) -> Iterator[tuple[Rule, str, str]]:
    """Every route that names a thing of a city, with that of Hillside, under this city's address."""
    adapter = app.url_map.bind("localhost")
    for rule, method in routes(app):
        values = {} if rule.endpoint in NOBODYS else foreign(world, rule)
        if values:
            yield rule, method, adapter.build(rule.endpoint, {"city_slug": city, **values}, method=method)


def foreign(world: World, rule: Rule) -> dict[str, str]:
    """What stands in Hillside for each argument of an address."""
    names = {argument: named(FOREIGN, rule.endpoint, argument) for argument in rule.arguments - {"city_slug"}}
    return {argument: FOREIGN[name](world) for argument, name in names.items()}


def test_another_citys_thing_is_404_on_every_route_for_everybody_inside(app: Flask, neighbours: World) -> None:
    found = []
    for who in ("nobody", "admin", "operator"):
        client = browser(app, neighbours, who)
        token = give_token(client)
        for rule, method, address in addresses(app, neighbours, "riverton"):
            reply = client.open(address, method=method, data={"csrf_token": token} if method != "GET" else None)
            is_shut = who == "nobody" and (reply.location or "").startswith("/sign-in")
            if reply.status_code != 404 and not is_shut and not is_for_programs(rule):
                found.append(f"{who}: {method} {address} ({rule}): {reply.status_code}")
    assert not found, "\n".join(["", *found])


def is_for_programs(rule: Rule) -> bool:
    return str(rule).startswith("/api/")


WITHDRAWAL = {"reason": {"en": "A mistake."}}
BODIES = {
    "ideas_api.comment": {"text": "Good."},
    "ideas_api.propose": {"title": "Trees", "text": "More of them.", "language": "en", "category": "habits"},
    "ideas_api.set_comment_showing": {"showing": "shown"},
    "ideas_api.set_showing": {"ideas": [1], "showing": "shown"},
    "ideas_api.set_status": {"ideas": [1], "status": "under_review"},
    "ideas_api.vote": {"choices": [{"idea": 1}]},
    "ideas_api.withdraw": WITHDRAWAL,
    "polls_api.answer": {"choices": ["yes"]},
    "polls_api.withdraw": WITHDRAWAL,
    "surveys_api.answer": {"answers": {}},
    "surveys_api.change_questionnaire": {"questionnaire": {}, "edition": 1},
    "surveys_api.withdraw": WITHDRAWAL,
}


def test_another_citys_thing_is_404_for_a_token(app: Flask, neighbours: World) -> None:
    key = make_token(neighbours.city, "here", Role.ADMIN)
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "a" * 32}
    for city in ("riverton", "hillside"):
        for rule, method, address in addresses(app, neighbours, city):
            is_open = city == "hillside" and method == "GET"
            if is_for_programs(rule) and not is_open:
                body = {"json": BODIES.get(rule.endpoint, {})} if method != "GET" else {}
                reply = app.test_client().open(address, method=method, headers=headers, **body)
                assert reply.status_code == 404, rule


def test_everything_of_another_citys_console_is_404_for_staff_of_this_one(app: Flask, neighbours: World) -> None:
    adapter = app.url_map.bind("localhost")
    for who in (who for who in EVERYBODY if who not in {"nobody", "carla", "operator"}):
        client = browser(app, neighbours, who)
        for rule, method in routes(app):
            if "/staff/" in str(rule):
                values = {"city_slug": "hillside", **foreign(neighbours, rule)}
                address = adapter.build(rule.endpoint, values, method=method)
                assert client.open(address, method=method).status_code == 404, (who, rule)


def test_an_unknown_city_is_404_everywhere(app: Flask, neighbours: World) -> None:
    adapter = app.url_map.bind("localhost")
    for rule, method in routes(app):
        if "city_slug" in rule.arguments:
            values = {"city_slug": "atlantis", **foreign(neighbours, rule)}
            address = adapter.build(rule.endpoint, values, method=method)
            assert app.test_client().open(address, method=method).status_code == 404, rule
