"""A survey that changed while somebody was answering it."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from citizen.accounts.models import User
from citizen.cities.models import City
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.participation.models import Assurance
from surveys import drafting, waves
from surveys.models import SurveySheet, SurveyWave
from surveys.questionnaire import loaded
from tests.makers import make_staff
from tests.surveys.filling import address, form_of, live_page, open_page, rows, send, three_pages, turn
from tests.surveys.makers import make_wave, question

COOKIE = "plaza-draft-"


@pytest.fixture
def wave(city: City) -> SurveyWave:
    return make_wave(city, three_pages())


@pytest.fixture
def by_mail(city: City) -> SurveyWave:
    """A survey that asks for a confirmed address."""
    return make_wave(city, three_pages(), assurance=Assurance.CONTACT)


@pytest.fixture
def ana(app: Flask) -> User:
    return make_staff(None, email="ana@example.org")


def cookie(client: FlaskClient, wave: SurveyWave) -> Any:
    return client.get_cookie(f"{COOKIE}{wave.id}", path=address(wave))


def values(client: FlaskClient, wave: SurveyWave) -> dict[str, list[str]]:
    """What the check page would send."""
    return form_of(open_page(client, wave, "/check"), "form[action$=answers]")


class TestChangedSurvey:
    """The city goes on with another questionnaire while somebody answers."""

    def change(self, wave: SurveyWave, document: dict[str, Any]) -> None:
        drafting.change_survey(wave.survey, loaded(document), seen=wave.survey.edition, by=COMMAND_LINE)
        waves.renew_wave(wave, by=COMMAND_LINE)
        db.session.commit()

    def changed(self) -> dict[str, Any]:
        document = three_pages()
        document["sections"][1]["questions"][0] = question("q2", "line", "Something else entirely?")
        return document

    def test_what_reads_the_same_stays_and_the_rest_is_asked_again(self, client: FlaskClient, wave: SurveyWave) -> None:
        turn(client, wave, 1, {"q1": "yes"})
        turn(client, wave, 2, {"q2": "Old"})
        turn(client, wave, 3, {"q3": "Three"})
        self.change(wave, self.changed())
        page = open_page(client, wave, "/answer")
        assert "The city has changed this survey" in page.text
        assert live_page(page)["data-page"] == "2"
        assert page.find(id="q-q2-field")["value"] == ""
        assert page.select_one("template[data-page='3'] input")["value"] == "Three"

    def test_the_check_page_leads_back_to_what_is_new(self, client: FlaskClient, wave: SurveyWave) -> None:
        turn(client, wave, 1, {"q1": "yes"})
        self.change(wave, self.changed())
        assert "page=2&note=changed" in client.get(address(wave, "/check")).location
        turn(client, wave, 2, {"q2": "New"})
        assert values(client, wave)["q2"] == ["New"]

    def test_nothing_is_asked_again_where_only_the_order_of_things_changed(
        self, client: FlaskClient, wave: SurveyWave
    ) -> None:
        turn(client, wave, 1, {"q1": "yes"})
        document = three_pages()
        document["sections"][1]["questions"][0]["is_required"] = True
        self.change(wave, document)
        assert "The city has changed" not in open_page(client, wave, "/answer").text

    def test_a_page_from_before_the_change_keeps_what_still_fits(self, client: FlaskClient, wave: SurveyWave) -> None:
        turn(client, wave, 1, {"q1": "yes"})
        before = str(wave.version)
        self.change(wave, self.changed())
        reply = turn(client, wave, 2, {"q2": "Old"}, version=before)
        assert "page=2&note=changed" in reply.location
        page = open_page(client, wave, "/answer?page=2")
        assert page.find(id="q-q2-field")["value"] == ""
        assert page.select_one("template[data-page='1'] [checked]")["value"] == "yes"

    def test_a_sheet_from_before_the_change_is_not_counted_unread(self, client: FlaskClient, wave: SurveyWave) -> None:
        before = str(wave.version)
        self.change(wave, self.changed())
        reply = send(client, wave, {"q1": "yes", "q2": "Old", "q3": "Three"}, version=before)
        assert reply.status_code == 409
        assert "The city has changed this survey" in reply.text
        assert 'value="Three"' in reply.text
        assert 'value="Old"' not in reply.text
        assert rows(SurveySheet) == 0

    def test_a_sheet_that_still_fits_counts(self, client: FlaskClient, wave: SurveyWave) -> None:
        before = str(wave.version)
        document = three_pages()
        document["thanks"] = {"en": "Thank you so much."}
        self.change(wave, document)
        assert send(client, wave, {"q1": "yes"}, version=before).status_code == 303
