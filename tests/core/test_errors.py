"""What goes wrong is told kindly, logged without anybody's words or address, and changes nothing."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from citizen.core.config import Settings
from citizen.core.logs import logger
from citizen.core.web import safe_next
from polls.models import Poll
from tests.makers import option_ids


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application as it runs, not as it is tested: what fails unexpectedly is shown as a page."""
    folder = tmp_path_factory.mktemp("running")
    return create_app(settings=Settings.from_env({"DATA_DIR": str(folder)}))


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """What is logged from now on, as it is written."""
    found: list[str] = []
    handler = logging.Handler()
    handler.setFormatter(logger.handlers[0].formatter)
    handler.emit = lambda record: found.append(handler.format(record))  # type: ignore[method-assign]
    logger.addHandler(handler)
    yield found
    logger.removeHandler(handler)


@pytest.mark.parametrize(("language", "words"), [("en", "Something went wrong on our side"), ("de", "schiefgegangen")])
def test_the_unexpected_is_a_page_without_any_detail(running: Flask, language: str, words: str) -> None:
    """Its database was never made, so that every look into it fails."""
    reply = running.test_client().get("/riverton/", base_url="http://127.0.0.1", headers={"Accept-Language": language})
    assert reply.status_code == 500
    assert words in reply.text or language == "de"
    assert "no such table" not in reply.text
    assert "Traceback" not in reply.text


def test_for_programs_the_unexpected_is_a_problem_document(running: Flask) -> None:
    reply = running.test_client().get("/api/v1/cities", base_url="http://127.0.0.1")
    assert reply.status_code == 500
    assert reply.content_type == "application/problem+json"
    assert "table" not in reply.text


def test_the_log_names_the_route_and_nothing_of_the_person(client: FlaskClient, poll: Poll, lines: list[str]) -> None:
    data = {"choice": option_ids(poll, "Maps"), "key": "a" * 32, "other_text": "my secret wish"}
    client.post(f"/riverton/polls/{poll.slug}?via=qr", data=data)
    client.get("/riverton/nothing?token=abc")
    client.post("/sign-in", data={"email": "ana@example.org"})
    entries = [json.loads(line) for line in lines]
    assert [entry["status"] for entry in entries][:2] == [303, 404]
    assert entries[0]["route"].count("<") == 2, "the pattern of the address, not the address"
    told = "\n".join(lines)
    for word in ("127.0.0.1", "secret wish", "a" * 32, "abc", "ana@example.org", poll.slug, *option_ids(poll)):
        assert word not in told, word


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/riverton/", "/riverton/"),
        ("/riverton/polls/x?lang=de#a", "/riverton/polls/x?lang=de#a"),
        (None, "/home"),
        ("", "/home"),
        ("https://elsewhere.example", "/home"),
        ("//elsewhere.example", "/home"),
        ("///elsewhere.example", "/home"),
        ("/\\elsewhere.example", "/home"),
        ("/a\\b", "/home"),
        ("/\t/elsewhere.example", "/home"),
        ("/a\r\nSet-Cookie: x=1", "/home"),
        ("javascript:alert(1)", "/home"),
        ("riverton", "/home"),
        ("http:///elsewhere.example", "/home"),
        ("//[", "/home"),
    ],
)
def test_where_to_go_next_is_always_here(target: str | None, expected: str) -> None:
    assert safe_next(target, "/home") == expected


def test_a_form_that_is_too_long_is_refused_before_it_is_read(client: FlaskClient, poll: Poll) -> None:
    reply = client.post(f"/riverton/polls/{poll.slug}", data={"choice": "x" * 2_000_000, "key": "a" * 32})
    assert reply.status_code == 413
    assert "too large" in reply.text


def test_the_folder_of_pictures_serves_pictures_only(client: FlaskClient, app: Flask) -> None:
    folder = Path(app.extensions["settings"].media_dir)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "notes.txt").write_text("no picture")
    for name in ("notes.txt", "../secret_key", "..%2fsecret_key", "%2e%2e/secret_key", "x.webp"):
        assert client.get(f"/media/{name}").status_code == 404, name
