"""Pages that are the same for everybody: kept for a moment, asked for by name, and never older than an answer."""

import gzip

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from citizen.cities.models import City
from citizen.core import pages
from citizen.core.audit import COMMAND_LINE, record
from citizen.core.db import db
from polls import actions
from polls.models import Poll
from tests.makers import cast, make_poll


@pytest.fixture
def queries(app: Flask) -> list[str]:
    """Every statement that reaches the database from now on."""
    found: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        found.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield found
    event.remove(db.engine, "before_cursor_execute", note)


def at(poll: Poll, page: str = "") -> str:
    return f"/riverton/polls/{poll.slug}{page}"


def age(app: Flask) -> None:
    """As if the moment for which pages are fresh had passed."""
    pages.shelf.forget_freshness()


def read(app: Flask, address: str, **headers: str):
    """Somebody's request, without the commit that the usual client makes before each."""
    return FlaskClient(app, app.response_class).get(address, headers=headers)


def test_a_fresh_page_asks_the_database_nothing(app: Flask, poll: Poll, queries: list[str]) -> None:
    where = at(poll)
    db.session.commit()
    read(app, where)
    queries.clear()
    assert read(app, where).status_code == 200
    assert queries == []


def test_a_page_that_is_not_fresh_any_more_is_not_rendered_again(app: Flask, poll: Poll, monkeypatch) -> None:
    where = at(poll)
    db.session.commit()
    first = read(app, where)
    age(app)
    kept = list(pages.shelf.pages)
    assert read(app, where).data == first.data
    assert list(pages.shelf.pages) == kept


@pytest.mark.parametrize("encoding", ["br", "gzip", None])
def test_every_encoding_is_the_same_page(app: Flask, poll: Poll, encoding: str | None) -> None:
    where = at(poll)
    db.session.commit()
    plain = read(app, where).data
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: lambda body: body}[encoding]
    for _time in range(2):
        reply = read(app, where, **({"Accept-Encoding": encoding} if encoding else {}))
        assert reply.headers.get("Content-Encoding") == encoding
        assert int(reply.headers["Content-Length"]) == len(reply.data)
        assert unpack(reply.data) == plain


def test_whoever_has_the_page_already_gets_a_304(app: Flask, poll: Poll) -> None:
    where = at(poll)
    db.session.commit()
    etag = read(app, where).headers["ETag"]
    for _time in range(2):
        reply = read(app, where, **{"If-None-Match": etag})
        assert (reply.status_code, reply.data) == (304, b"")
        assert reply.headers["ETag"] == etag
        assert "Content-Security-Policy" in reply.headers
        age(app)


def test_an_answer_changes_the_result_at_once(client: FlaskClient, poll: Poll) -> None:
    cast(poll, "Maps")
    before = client.get(at(poll, "/results"))
    cast(poll, "Times", by="bruno")
    after = client.get(at(poll, "/results"), headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.data != before.data


def test_what_staff_do_changes_the_page_at_once(client: FlaskClient, poll: Poll, city: City) -> None:
    before = client.get(at(poll)).headers["ETag"]
    record("did", "something", by=COMMAND_LINE, city_id=city.id)
    db.session.commit()
    assert client.get(at(poll)).headers["ETag"] != before


def test_closing_is_seen_at_once(client: FlaskClient, poll: Poll) -> None:
    assert "Send my answer" in client.get(at(poll)).text
    actions.close(poll, by=COMMAND_LINE)
    db.session.commit()
    assert "Send my answer" not in client.get(at(poll)).text


def test_languages_and_cities_do_not_mix(client: FlaskClient, poll: Poll, other_city: City) -> None:
    theirs = make_poll(other_city, slug=poll.slug, title={"en": "In Hillside?"})
    for _time in range(2):
        english = client.get(at(poll), headers={"Accept-Language": "en"})
        german = client.get(at(poll), headers={"Accept-Language": "de"})
        hillside = client.get(f"/hillside/polls/{theirs.slug}")
        assert (english.content_language, german.content_language) == ("en", "de") or "lang" in german.text
        assert '<html lang="en"' in english.text
        assert '<html lang="de"' in german.text
        assert "In Hillside?" in hillside.text
        assert "In Hillside?" not in english.text


def test_a_made_up_query_string_makes_no_second_page(app: Flask, poll: Poll) -> None:
    """Or anybody could push all other pages off the shelf."""
    where = at(poll)
    db.session.commit()
    for number in range(20):
        read(app, f"{where}?x={number}")
    assert len(pages.shelf.pages) == 1


def test_the_shelf_drops_what_was_not_asked_for_the_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "KEPT_BYTES", 250)
    shelf = pages.Shelf()
    for name in "abc":
        shelf.keep(pages.KeptPage(name, b"x" * 100, "text/html", None, "en", "/"))
        shelf.page("a")
    assert set(shelf.pages) == {"a", "c"}
    assert shelf.bytes == 200
