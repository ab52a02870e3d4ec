"""Other sites cannot act in somebody's name, and no request decides which site this is."""

import pytest
from flask import Flask

from tests.makers import ONE_DATABASE
from tests.site.access_table import COVERS, LEAST
from tests.site.test_access import SAFE, routes
from tests.site.visiting import browser, give_token, sample
from tests.site.world import World

pytestmark = ONE_DATABASE

ELSEWHERE = (
    {"Origin": "https://elsewhere.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.elsewhere.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
def test_every_change_refuses_to_come_from_elsewhere(app: Flask, world: World, headers: dict[str, str]) -> None:
    client = browser(app, world, "admin")
    token = give_token(client)
    for rule, method in routes(app):
        if method not in SAFE and not str(rule).startswith("/api/"):
            data = {"csrf_token": token}
            reply = client.open(sample(app, world, rule), method=method, data=data, headers=headers)
            assert reply.status_code == 403, rule


def test_the_token_of_another_session_helps_nobody(app: Flask, world: World) -> None:
    client, token = browser(app, world, "admin"), give_token(browser(app, world, "editor"))
    with client.session_transaction() as session:
        session["csrf_token"] = "b" * 40
    for rule, method in routes(app):
        if method not in SAFE and (LEAST[rule.endpoint] in COVERS or LEAST[rule.endpoint].startswith("person")):
            reply = client.open(sample(app, world, rule), method=method, data={"csrf_token": token})
            assert reply.status_code == 400, rule


def test_a_session_opens_nothing_to_programs(app: Flask, world: World) -> None:
    client = browser(app, world, "operator")
    for rule, method in routes(app):
        if LEAST[rule.endpoint].startswith("token"):
            assert client.open(sample(app, world, rule), method=method).status_code == 401, rule


@pytest.mark.parametrize("host", ["elsewhere.example", "localhost.elsewhere.example", "localhost@elsewhere.example"])
def test_a_forged_host_is_refused_on_every_route(app: Flask, world: World, host: str) -> None:
    for rule, method in routes(app):
        reply = app.test_client().open(sample(app, world, rule), method=method, headers={"Host": host})
        assert reply.status_code == 400, rule
        assert "elsewhere" not in reply.text + str(reply.headers), rule


NEXT = ("https://elsewhere.example/", "/\\elsewhere.example", "//[")
"""test_errors.py tries many more on the function that all pages ask."""


@pytest.mark.parametrize("target", NEXT)
def test_next_never_leaves_the_site(app: Flask, world: World, target: str) -> None:
    """On every page, signed in and not: no redirect and no link goes there."""
    for who in ("nobody", "admin"):
        client = browser(app, world, who)
        for rule, method in routes(app):
            address = sample(app, world, rule)
            reply = client.open(address, method=method, query_string={"next": target}, buffered=True)
            location = reply.location or ""
            assert location.startswith("/") or not location, rule
            assert not location.startswith(("//", "/\\", "/\t")), rule
            assert not {f'href="{target}"'.encode(), f'action="{target}"'.encode()} & set(reply.data.split()), rule
