"""Pages that everybody gets: kept, compared, and never another reader's."""

import contextvars
from typing import Any

import pytest
from flask import Flask, request_started
from flask.testing import FlaskClient

from citizen.core.pages import shelf
from polls.models import Poll
from tests.makers import cast


class Reader(FlaskClient):
    """Somebody else, who shares nothing with the test, and for whom nothing is committed."""

    def open(self, *args: Any, **values: Any) -> Any:
        return contextvars.Context().run(super().open, *args, **values)


@pytest.fixture
def reader(app: Flask) -> FlaskClient:
    return Reader(app, app.response_class)


def address(poll: Poll, page: str = "") -> str:
    return f"/{poll.city.slug}/polls/{poll.slug}{page}"


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
@pytest.mark.parametrize("page", ["", "/results", "/results.csv", "/results.json"])
def test_the_second_reader_gets_what_the_first_one_got(
    reader: FlaskClient, poll: Poll, page: str, encoding: str
) -> None:
    first, second = (reader.get(address(poll, page), headers={"Accept-Encoding": encoding}) for _ in range(2))
    assert (second.status, second.data) == (first.status, first.data)
    assert dict(second.headers) == dict(first.headers)


def test_the_second_reader_does_not_trouble_flask(app: Flask, reader: FlaskClient, poll: Poll) -> None:
    asked = []
    with request_started.connected_to(lambda *_args, **_more: asked.append(True), app):
        for _ in range(3):
            reader.get(address(poll))
    assert len(asked) == 1


def test_whoever_has_the_page_already_gets_no_second_copy(reader: FlaskClient, poll: Poll) -> None:
    known = {"If-None-Match": reader.get(address(poll)).headers["ETag"]}
    for _ in range(2):
        reply = reader.get(address(poll), headers=known)
        assert (reply.status_code, reply.data, reply.headers["ETag"]) == (304, b"", known["If-None-Match"])


def test_readers_of_two_languages_are_not_mixed_up(reader: FlaskClient, poll: Poll) -> None:
    for _ in range(2):
        for language in ("en", "de"):
            reply = reader.get(address(poll), headers={"Accept-Language": language})
            assert f'<html lang="{language}"' in reply.text


def test_a_made_up_query_makes_no_new_page(client: FlaskClient, poll: Poll) -> None:
    plain, made_up = client.get(address(poll)), client.get(address(poll) + "?utm_source=poster&n=7")
    assert made_up.data == plain.data
    assert len(shelf.pages) == 1


def test_what_a_page_may_be_asked_makes_another_one(client: FlaskClient, poll: Poll) -> None:
    plain, by_code = client.get(address(poll)), client.get(address(poll) + "?via=qr")
    assert "via=qr" in by_code.text
    assert by_code.headers["ETag"] != plain.headers["ETag"]


def test_an_answer_is_seen_at_once(client: FlaskClient, poll: Poll) -> None:
    assert client.get(address(poll, "/results.json")).json["n"] == 0
    cast(poll, "Tickets")
    assert client.get(address(poll, "/results.json")).json["n"] == 1


def test_asking_for_the_head_alone_spoils_nothing(reader: FlaskClient, poll: Poll) -> None:
    reader.get(address(poll))
    assert reader.head(address(poll)).data == b""
    assert reader.get(address(poll)).data


def test_the_shelf_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch, client: FlaskClient, poll: Poll) -> None:
    monkeypatch.setattr("citizen.core.pages.KEPT_BYTES", 20_000)
    for channel in ("qr", "event", "embed"):
        client.get(address(poll) + f"?via={channel}")
    assert 0 < shelf.bytes <= 20_000
    assert shelf.bytes == sum(len(page.body) for page in shelf.pages.values())
