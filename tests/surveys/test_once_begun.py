"""Two pages of one draft at the same moment, and the cookie that holds its secret."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from citizen.cities.models import City
from citizen.core.db import db
from surveys.drafts import is_secret
from surveys.kiosk import kiosk_link
from surveys.models import SurveyDraft, SurveyWave
from tests.surveys.filling import address, form_of, open_page, rows, three_pages, turn
from tests.surveys.makers import make_wave, question, section

PAGES = 8


@pytest.fixture
def many(city: City) -> SurveyWave:
    sections = [section(f"s{n}", question(f"q{n}", "line")) for n in range(PAGES)]
    return make_wave(city, {"sections": sections})


@pytest.mark.parametrize("begun", [True, False])
def test_pages_sent_at_the_same_moment_lose_nothing(
    app: Flask, client: FlaskClient, many: SurveyWave, begun: bool
) -> None:
    client.get(address(many, "/answer"))
    if begun:
        turn(client, many, 1, {"q0": "before"})
    secret = client.get_cookie(f"plaza-draft-{many.id}", path=address(many)).value
    url, name = address(many, "/answer"), f"plaza-draft-{many.id}"
    db.session.commit()

    def send(number: int) -> int:
        with app.app_context():
            tab = app.test_client()
            tab.set_cookie(name, secret)
            return tab.post(url, data={"page": str(number + 1), f"q{number}": f"tab {number}"}).status_code

    with ThreadPoolExecutor(PAGES) as tabs:
        assert set(tabs.map(send, range(PAGES))) == {303}
    assert rows(SurveyDraft) == 1
    form = form_of(open_page(client, many, "/check"), "form[action$=answers]")
    assert [form[f"q{n}"] for n in range(PAGES)] == [[f"tab {n}"] for n in range(PAGES)]


class TestCookie:
    """Where there is https, no other site of the same domain can plant a secret that it knows."""

    @pytest.fixture(autouse=True)
    def _https(self, app: Flask) -> object:
        before = app.extensions["settings"]
        app.extensions["settings"] = replace(before, base_url="https://plaza.example.org")
        yield
        app.extensions["settings"] = before

    def test_it_is_bound_to_the_host(self, client: FlaskClient, city: City) -> None:
        wave = make_wave(city, three_pages())
        (cookie,) = client.get(address(wave, "/answer")).headers.getlist("Set-Cookie")
        name, _sign, value = cookie.partition(";")[0].partition("=")
        assert name == f"__Host-plaza-draft-{wave.id}"
        assert is_secret(value)
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
        assert "Domain" not in cookie

    def test_so_is_that_of_a_kiosk(self, app: Flask, client: FlaskClient, city: City) -> None:
        wave = make_wave(city, three_pages())
        with app.test_request_context():
            link = kiosk_link(wave)
        assert link.startswith("https://plaza.example.org/riverton/surveys/")
        (cookie,) = client.get(link.removeprefix("https://plaza.example.org")).headers.getlist("Set-Cookie")
        assert cookie.startswith(f"__Host-plaza-kiosk-{wave.id}=")
        assert "HttpOnly" in cookie


@pytest.mark.parametrize("secret", ["", "x", "x" * 43 + "'", "ä" * 43, "x" * 3000])
def test_a_cookie_that_is_no_secret_opens_nothing(client: FlaskClient, city: City, secret: str) -> None:
    wave = make_wave(city, three_pages())
    client.set_cookie(f"plaza-draft-{wave.id}", secret)
    assert turn(client, wave, 1, {"q1": "yes"}).status_code == 303
    held = client.get_cookie(f"plaza-draft-{wave.id}", path=address(wave))
    assert held.value != secret
