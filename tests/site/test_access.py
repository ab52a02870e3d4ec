"""Every route says who may come in, and lets in nobody else: every route × every role, as the table declares."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from citizen.accounts.models import Role, User
from citizen.core.db import db
from tests.makers import ONE_DATABASE, make_staff, sign_in
from tests.site.access_table import COVERS, DECLARED, LEAST
from tests.site.visiting import EVERYBODY, access_of, browser, give_token, rules, sample
from tests.site.world import EXAMPLES, World, make_token, named

pytestmark = ONE_DATABASE
SAFE = {"GET", "HEAD", "OPTIONS"}


def test_the_table_names_every_endpoint(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(LEAST)


def test_every_route_declares_what_the_table_says(app: Flask) -> None:
    declared = {rule.endpoint: access_of(app, rule) for rule in app.url_map.iter_rules()}
    said = {endpoint: (access.kind, access.role) if access else None for endpoint, access in declared.items()}
    assert said == {endpoint: DECLARED.get(least, ("staff", least)) for endpoint, least in LEAST.items()}


def test_every_argument_of_an_address_has_an_example(app: Flask) -> None:
    """So that a new route is walked by all these tests; add its argument to tests/site/world.py."""
    wanted = {(rule.endpoint, name) for rule in app.url_map.iter_rules() for name in rule.arguments}
    assert {(endpoint, name) for endpoint, name in wanted if named(EXAMPLES, endpoint, name) not in EXAMPLES} == set()


def routes(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in rules(app, "GET", "POST", "PUT", "PATCH", "DELETE"):
        yield from ((rule, method) for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))


def outcome(status: int, location: str | None) -> str:
    """What a reply means for whoever asked. A change without a token of the session ends in 400."""
    if location and location.startswith("/sign-in"):
        return "must sign in"
    return {400: "in, but forged", 401: "needs a token", 403: "may not", 404: "does not exist"}.get(status, "in")


def expected(least: str, who: str, method: str) -> str | None:
    """None where a role decides nothing: the page is the same for everybody."""
    inside = "in" if method in SAFE else "in, but forged"
    if least in {"anybody", "operator"}:
        return None
    if least.startswith("token"):
        return "needs a token"
    if who == "nobody":
        return "must sign in"
    if least == "person" or (least == "person with a password" and who != "citizen"):
        return inside
    if who in {"citizen", "carla"}:
        return "does not exist" if least in COVERS or method in SAFE else inside
    return inside if who == "operator" or who in COVERS[least] else "may not"


def test_every_route_for_every_role(app: Flask, world: World) -> None:
    wrong = []
    for who in EVERYBODY:
        client = browser(app, world, who)
        for rule, method in routes(app):
            reply = client.open(sample(app, world, rule), method=method, buffered=True)
            found = outcome(reply.status_code, reply.location)
            wanted = expected(LEAST[rule.endpoint], who, method)
            if wanted and found != wanted:
                wrong.append(f"{who}: {method} {rule}: {found} ({reply.status_code}), not {wanted}")
    assert not wrong, "\n".join(["", *wrong])


def test_what_anybody_may_see_is_the_same_for_everybody(app: Flask, world: World) -> None:
    different = []
    for rule, method in routes(app):
        if LEAST[rule.endpoint] == "anybody":
            address = sample(app, world, rule)
            clients = {who: browser(app, world, who) for who in EVERYBODY}
            found = {
                who: client.open(address, method=method, buffered=True).status_code for who, client in clients.items()
            }
            different += [f"{method} {rule}: {found}"] if len(set(found.values())) > 1 else []
    assert not different, "\n".join(["", *different])


def test_staff_without_a_second_factor_are_led_to_set_it_up(app: Flask, world: World) -> None:
    world.people["admin"].factor_confirmed_at = None
    db.session.commit()
    client = browser(app, world, "admin")
    for rule, method in routes(app):
        if LEAST[rule.endpoint] in COVERS:
            reply = client.open(sample(app, world, rule), method=method)
            assert (reply.status_code, (reply.location or "")[:15]) == (302, "/account/factor"), rule


def test_everybody_who_may_come_in_gets_past_the_check_of_the_token(app: Flask, world: World) -> None:
    """The 400 above is about the missing token and nothing else."""
    for rule, method in routes(app):
        least = LEAST[rule.endpoint]
        if method in SAFE or (least not in COVERS and not least.startswith("person")):
            continue
        client = sign_in(app.test_client(), somebody(world, least))
        reply = client.open(sample(app, world, rule), method=method, data={"csrf_token": give_token(client)})
        assert reply.status_code in {200, 302, 303, 404, 409, 422}, (rule, reply.status_code)


def somebody(world: World, least: str) -> User:
    """Somebody new, since these acts may sign people out or erase them."""
    return make_staff(world.city, Role(least) if least in COVERS else Role.VIEWER)


@pytest.mark.parametrize("who", ["nobody", "a stranger", "another city", "a viewer", "a moderator", "an editor"])
def test_every_route_for_programs(app: Flask, world: World, who: str) -> None:
    keys = {
        "nobody": "",
        "a stranger": "Bearer of-nothing",
        "another city": f"Bearer {make_token(world.other_city, 'hills')}",
        "a viewer": f"Bearer {make_token(world.city, 'kiosk', Role.VIEWER)}",
        "a moderator": f"Bearer {make_token(world.city, 'inbox', Role.MODERATOR)}",
        "an editor": f"Bearer {make_token(world.city, 'console')}",
    }
    for rule, method in routes(app):
        least = LEAST[rule.endpoint]
        if least.startswith("token"):
            headers = {"Authorization": keys[who]} if keys[who] else {}
            reply = app.test_client().open(sample(app, world, rule), method=method, headers=headers)
            found = {401: "needs a token", 403: "may not", 404: "does not exist"}.get(reply.status_code, "in")
            assert found == for_programs(least, who), (rule, reply.text)


def for_programs(least: str, who: str) -> str:
    if who in {"nobody", "a stranger"}:
        return "needs a token"
    if who == "another city":
        return "does not exist"
    held, needed = (Role(words.split()[-1]) for words in (who, least))
    return "in" if held.covers(needed) else "may not"
