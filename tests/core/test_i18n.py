"""Which language a page speaks, and what happens where staff left one out."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.i18n import CITY_LANGUAGES, OFFICIAL, direction_of, moment, own_name, preferred, text_in, until
from tests.makers import make_city, make_poll


@pytest.mark.parametrize(
    ("header", "offered", "expected"),
    [
        ("de", ("en", "de"), "de"),
        ("de-AT,de;q=0.9,en;q=0.8", ("en", "de"), "de"),
        ("en-GB;q=0.4,de;q=0.9", ("en", "de"), "de"),
        ("fr,es;q=0.5", ("en", "de"), "en"),
        ("", ("de", "en"), "de"),
        ("*", ("de", "en"), "de"),
        ("nonsense;;;q=x, ;q=2,,,", ("en", "de"), "en"),
        ("de;q=abc,en", ("de", "en"), "en"),
        ("zh-Hant-TW", ("en",), "en"),
        ("pt-BR", ("en", "pt"), "pt"),
        ("e" * 5000, ("en", "de"), "en"),
        ("no", ("en", "nb"), "en"),
    ],
)
def test_the_browsers_wish(header: str, offered: tuple[str, ...], expected: str) -> None:
    assert preferred(header, offered) == expected


def language_of(client: FlaskClient, address: str, **headers: str) -> str:
    return client.get(address, headers=headers).text.split('lang="')[1].split('"')[0]


def test_the_address_decides_before_the_browser(client: FlaskClient, city: City) -> None:
    assert language_of(client, "/riverton/?lang=de", **{"Accept-Language": "en"}) == "de"
    assert language_of(client, "/riverton/", **{"Accept-Language": "de"}) == "de"


def test_a_language_that_the_city_does_not_speak_is_not_chosen(client: FlaskClient, city: City) -> None:
    for wish in ("fr", "xx", "'\"><script>", "de_DE", ""):
        assert language_of(client, f"/riverton/?lang={wish}", **{"Accept-Language": "fr"}) == "en"


def test_every_city_speaks_its_own_languages(client: FlaskClient, city: City) -> None:
    make_city(slug="donau", name="Donau", languages=["de"])
    assert language_of(client, "/donau/?lang=en", **{"Accept-Language": "en"}) == "de"


def test_a_chosen_language_stays_in_every_link(client: FlaskClient, city: City) -> None:
    poll = make_poll(city, title={"en": "One?", "de": "Eins?"})
    page = client.get("/riverton/?lang=de").text
    assert f"/riverton/polls/{poll.slug}?lang=de" in page
    assert "lang=de" not in client.get("/riverton/").text.replace('lang=de"', "", 1)


def test_a_missing_text_falls_back_and_says_so(client: FlaskClient, city: City) -> None:
    poll = make_poll(city, title={"en": "Which one?"})
    page = client.get(f"/riverton/polls/{poll.slug}?lang=de").text
    assert '<span lang="en" dir="ltr">Which one?</span>' in page


def test_a_text_in_the_readers_language_needs_no_mark() -> None:
    assert text_in({"en": "One", "de": "Eins"}, "de").__html__() == "Eins"
    assert text_in({"en": "<b>"}, "en").__html__() == "&lt;b&gt;"


def test_the_next_best_language_is_the_citys_own_order() -> None:
    texts = {"fr": "Un", "de": "Eins"}
    assert text_in(texts, "en", ["de", "fr"]).value == "Eins"
    assert text_in(texts, "en").value == "Un"
    assert not text_in({}, "en")
    assert not text_in(None, "en")
    assert text_in({"de": "", "en": "One"}, "de").lang == "en"


def test_every_language_that_a_city_may_choose_has_a_name_and_a_direction() -> None:
    assert len(OFFICIAL) == 24
    for code in CITY_LANGUAGES:
        assert own_name(code)[0] == own_name(code)[0].upper(), code
        assert direction_of(code) == ("rtl" if code in {"ar", "he"} else "ltr")


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (datetime(2026, 1, 5, 11, tzinfo=UTC), "Monday, 5 January 2026, 12:00 CET"),
        (datetime(2026, 7, 6, 11, tzinfo=UTC), "Monday, 6 July 2026, 13:00 CEST"),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "Sunday, 29 March 2026, 01:59 CET"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "Sunday, 29 March 2026, 03:00 CEST"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "Friday, 1 January 2027, 00:30 CET"),
    ],
)
def test_moments_are_shown_where_the_city_is(app: Flask, city: City, day: datetime, shown: str) -> None:
    with app.test_request_context("/riverton/", headers={"Accept-Language": "en"}):
        app.preprocess_request()
        assert moment(day) == shown


def test_the_time_that_is_left_is_said_in_words(app: Flask, city: City) -> None:
    with app.test_request_context("/riverton/?lang=de"):
        app.preprocess_request()
        assert until(clock.now() + timedelta(days=3, minutes=1)) == "3 Tage"
