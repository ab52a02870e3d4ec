"""Results in the console: for analysts at any time, for the others once the public sees them."""

import pytest
from flask.testing import FlaskClient

from citizen.accounts.models import Role
from citizen.cities.models import City
from citizen.core.db import db
from citizen.participation.models import ResultsRule
from surveys import breakdowns, jobs
from surveys.models import SurveyWave
from tests.makers import make_staff, sign_in
from tests.surveys.makers import fill, make_wave
from tests.surveys.test_results import main_of, table_of

PAGES = ("results", "results.json", "results.csv", "results/texts/why", "comparison")


@pytest.fixture
def wave(city: City) -> SurveyWave:
    wave = make_wave(city, results=ResultsRule.AFTER_CLOSE, slug="plan")
    fill(wave, "ana", mode="car")
    fill(wave, "ben", mode="bus")
    return wave


def console(wave: SurveyWave, page: str = "results") -> str:
    return f"/{wave.city.slug}/staff/surveys/waves/{wave.slug}/{page}"


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMIN])
def test_analysts_see_results_before_the_public(client: FlaskClient, wave: SurveyWave, role: Role) -> None:
    sign_in(client, make_staff(wave.city, role))
    text = client.get(console(wave)).text
    assert "The public does not see this yet." in text
    assert table_of(text, "mode")[0] == ["Bus", "1", "50%"]
    assert client.get(console(wave, "results.json")).json["n"] == 2
    assert client.get(console(wave, "results.csv")).headers["Cache-Control"] == "private, no-store"
    assert [client.get(console(wave, page)).status_code for page in PAGES] == [200] * 5


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR, Role.MODERATOR])
def test_others_see_what_the_public_sees(client: FlaskClient, wave: SurveyWave, role: Role) -> None:
    sign_in(client, make_staff(wave.city, role))
    text = client.get(console(wave)).text
    assert "only analysts and admins of your city can open it" in text
    assert "responses" not in main_of(text).text
    assert [client.get(console(wave, page)).status_code for page in PAGES[1:]] == [403] * 4
    wave.results = ResultsRule.ALWAYS
    db.session.commit()
    assert [client.get(console(wave, page)).status_code for page in PAGES] == [200] * 5


def test_signed_out_and_from_another_city(client: FlaskClient, wave: SurveyWave, other_city: City) -> None:
    for page in PAGES:
        assert "/sign-in" in client.get(console(wave, page)).location
    sign_in(client, make_staff(other_city, Role.ADMIN))
    assert {client.get(console(wave, page)).status_code for page in PAGES} == {404}


def test_a_draft_has_no_result(client: FlaskClient, city: City) -> None:
    draft = make_wave(city, published=False)
    sign_in(client, make_staff(city, Role.ADMIN))
    assert {client.get(console(draft, page)).status_code for page in PAGES} == {404}


def test_the_console_splits_too(client: FlaskClient, wave: SurveyWave, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breakdowns, "SMALL", 1)
    sign_in(client, make_staff(wave.city, Role.ANALYST))
    assert client.get(console(wave) + "?by=mode").status_code == 202
    assert client.get(console(wave, "results.csv") + "?by=mode").status_code == 202
    jobs.count_breakdowns()
    text = client.get(console(wave) + "?by=mode").text
    assert [head.get_text(" ", strip=True) for head in main_of(text).select("#q-mode thead th")][1:] == [
        "Bus 1 response",
        "Car 1 response",
    ]
    assert client.get(console(wave) + "?by=age").status_code == 404


def test_analysts_compare_waves_that_the_public_does_not_see(client: FlaskClient, wave: SurveyWave) -> None:
    second = make_wave(wave.city, survey=wave.survey, slug="second", results=ResultsRule.AFTER_CLOSE)
    fill(second, mode="bus")
    sign_in(client, make_staff(wave.city, Role.ANALYST))
    assert "/waves/plan/comparison" in client.get(console(wave)).text
    assert len(main_of(client.get(console(wave, "comparison")).text).select("#q-mode tbody tr")) == 4
