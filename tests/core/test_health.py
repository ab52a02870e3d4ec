"""Is it up, can it serve, how is it doing: each question has an honest answer."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from citizen.core import health
from citizen.core.db import db
from polls.models import Poll


def test_the_process_is_up(client: FlaskClient) -> None:
    reply = client.get("/healthz")
    assert (reply.status_code, reply.json) == (200, {"status": "ok"})


def test_it_is_ready_when_everything_works(client: FlaskClient) -> None:
    reply = client.get("/readyz")
    assert reply.status_code == 200
    assert reply.json == {"status": "ok", "checks": dict.fromkeys(health.CHECKS, True)}


@pytest.mark.parametrize("name", list(health.CHECKS))
def test_it_is_not_ready_when_something_does_not(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setitem(health.CHECKS, name, lambda: False)
    reply = client.get("/readyz")
    assert reply.status_code == 503
    assert reply.json is not None
    assert reply.json["checks"][name] is False


def test_an_older_database_is_not_ready(app: Flask, client: FlaskClient) -> None:
    head = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    db.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    db.session.commit()
    try:
        assert client.get("/readyz").status_code == 503
        assert client.get("/healthz").status_code == 200
    finally:
        db.session.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": head})
        db.session.commit()


def test_asking_leaves_nothing_behind(client: FlaskClient) -> None:
    client.get("/readyz")
    assert db.session.scalar(text("SELECT count(*) FROM probe")) == 0


def test_a_full_disk_is_not_ready(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "FREE_BYTES", 1 << 60)
    assert client.get("/readyz").status_code == 503


def figures(client: FlaskClient) -> str:
    return client.get("/metrics").text


def test_figures_count_routes_and_name_no_addresses(app: Flask, client: FlaskClient, poll: Poll) -> None:
    client.get(f"/riverton/polls/{poll.slug}")
    told = figures(client)
    (route,) = (str(rule) for rule in app.url_map.iter_rules("poll.show"))
    assert f'plaza_requests_total{{method="GET",route="{route}",status="200"}}' in told
    assert poll.slug not in told
    assert "127.0.0.1" not in told


def test_nobody_else_learns_that_there_are_figures(app: Flask) -> None:
    from_elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert app.test_client().get("/metrics", environ_base=from_elsewhere).status_code == 404
    behind_a_proxy = {"X-Forwarded-For": "127.0.0.1"}
    assert app.test_client().get("/metrics", headers=behind_a_proxy).status_code == 404


def test_a_token_opens_them_from_elsewhere_and_then_only_it(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = replace(app.extensions["settings"], metrics_token="let me in")
    monkeypatch.setitem(app.extensions, "settings", settings)
    for key, status in (("Bearer let me in", 200), ("Bearer wrong", 404), ("", 404)):
        headers = {"Authorization": key}
        reply = app.test_client().get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": "192.0.2.7"})
        assert reply.status_code == status


def test_the_doctor_says_what_to_do(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    db.session.commit()
    assert app.test_cli_runner().invoke(args=["doctor"]).exit_code == 0
    db.session.commit()
    monkeypatch.setitem(health.CHECKS, "disk", lambda: False)
    told = app.test_cli_runner().invoke(args=["doctor"])
    assert told.exit_code == 1
    assert "WRONG  disk: less than 200 MB are free" in told.output
