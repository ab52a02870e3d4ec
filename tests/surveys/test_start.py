"""The surveys of a city, and the page where one begins, in every state."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.participation import running
from citizen.participation.models import Assurance, ResultsRule
from surveys import effort
from surveys.models import SurveyWave
from surveys.questionnaire import Questionnaire, loaded
from tests.surveys.filling import address, soup_of, three_pages
from tests.surveys.makers import MODES, PARTS, every_kind, make_wave, question, section


def start(client: FlaskClient, wave: SurveyWave) -> str:
    reply = client.get(address(wave))
    assert reply.status_code == 200
    return " ".join(soup_of(reply).main.text.split())


def test_it_says_what_it_is_how_long_it_takes_and_who_sees_what(client: FlaskClient, city: City) -> None:
    text = start(client, make_wave(city))
    assert "City and you Thank you for your time. Up to 13 questions, about 3 minutes Start" in text
    assert "One answer per device, without an account" in text
    assert "The city sees the answers without names" in text
    assert "Open until" in text


def test_without_conditions_the_number_is_exact(client: FlaskClient, city: City) -> None:
    assert "3 questions, about 1 minute" in start(client, make_wave(city, three_pages()))


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (Assurance.OPEN, "Everybody can answer, without an account."),
        (Assurance.DEVICE, "One answer per device"),
        (Assurance.CONTACT, "First we ask you to confirm your email address"),
    ],
)
def test_it_says_who_may_answer(client: FlaskClient, city: City, level: Assurance, words: str) -> None:
    assert words in start(client, make_wave(city, assurance=level))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (ResultsRule.ALWAYS, "See the result so far"),
        (ResultsRule.AFTER_ANSWER, "You see the result as soon as you have answered"),
        (ResultsRule.AFTER_CLOSE, "The result is published after that"),
    ],
)
def test_it_says_when_the_result_comes(client: FlaskClient, city: City, rule: ResultsRule, words: str) -> None:
    assert words in start(client, make_wave(city, results=rule))


def test_the_name_of_a_wave_tells_it_apart(client: FlaskClient, city: City) -> None:
    assert "Before the works" in start(client, make_wave(city, name={"en": "Before the works"}))


def test_upcoming_closed_and_withdrawn(client: FlaskClient, city: City) -> None:
    upcoming = make_wave(city, opens_at=clock.now() + timedelta(days=1))
    closed = make_wave(city, closes_at=clock.now() - timedelta(minutes=5))
    withdrawn = make_wave(city)
    running.withdraw(withdrawn, {"en": "A mistake of ours."}, by=COMMAND_LINE)
    db.session.commit()
    assert "This survey opens on" in start(client, upcoming)
    assert "This survey closed on" in start(client, closed)
    assert "A mistake of ours." in start(client, withdrawn)
    for wave in (upcoming, closed, withdrawn):
        assert soup_of(client.get(address(wave))).select_one(f"a[href='{address(wave, '/answer')}']") is None


def test_the_page_changes_by_itself_when_the_wave_closes(client: FlaskClient, city: City) -> None:
    wave = make_wave(city)
    start(client, wave)
    wave.closes_at = clock.now() - timedelta(seconds=1)
    assert "This survey closed on" in start(client, wave)


def test_all_surveys_of_the_city_and_no_polls(client: FlaskClient, city: City, poll: object) -> None:
    wave = make_wave(city)
    make_wave(city, {"title": {"en": "Not yet"}, **_without_title()}, published=False)
    page = client.get("/riverton/surveys/").text
    assert address(wave) in page
    assert "Not yet" not in page
    assert "/polls/poll-" not in page


def _without_title() -> dict[str, object]:
    return {name: value for name, value in three_pages().items() if name != "title"}


def test_a_city_without_surveys_says_so(client: FlaskClient, city: City) -> None:
    assert "Nothing is open right now" in client.get("/riverton/surveys/").text


def test_the_citys_first_page_shows_the_survey(client: FlaskClient, city: City) -> None:
    wave = make_wave(city)
    page = soup_of(client.get("/riverton/"))
    assert page.select_one(f"a[href='{address(wave)}']").text.startswith("Answer now")
    assert page.select_one("nav a[href='/riverton/surveys/']").text == "Surveys"


def test_code_and_poster(client: FlaskClient, city: City) -> None:
    wave = make_wave(city)
    assert client.get(address(wave, "/qr.svg")).mimetype == "image/svg+xml"
    poster = client.get(address(wave, "/poster.pdf"))
    assert poster.data.startswith(b"%PDF")
    assert wave.slug in poster.headers["Content-Disposition"]


def test_it_is_read_in_german(client: FlaskClient, city: City) -> None:
    wave = make_wave(city)
    page = soup_of(client.get(address(wave) + "?lang=de"))
    assert page.h1.text == "Die Stadt und Sie"


class TestEffort:
    """The estimate itself."""

    def of(self, *questions: dict[str, object]) -> Questionnaire:
        return loaded({"sections": [section("s", *questions)]})

    def seconds(self, **values: object) -> float:
        asked = {"code": "q", "text": {"en": "Two words"}, **values}
        return effort.seconds(next(self.of(asked).questions), "en")

    def test_reading_choosing_and_writing_take_longer_than_each_alone(self) -> None:
        reading = 2 * 60 / 238
        options = 3 * 60 / 238
        assert self.seconds(kind="single", options=MODES) == pytest.approx(reading + options + 5)
        assert self.seconds(kind="multiple", options=MODES) == pytest.approx(reading + options + 5 + 1)
        assert self.seconds(kind="line") == pytest.approx(reading + 5 + 15)
        assert self.seconds(kind="note") == pytest.approx(reading)

    def test_every_row_is_a_decision(self) -> None:
        rows = [{"code": f"r{n}", "label": {"en": "Row"}} for n in range(10)]
        few = self.seconds(kind="matrix", options=MODES, rows=PARTS)
        many = self.seconds(kind="matrix", options=MODES, rows=rows)
        assert many - few == pytest.approx(8 * (2 + 60 / 238))

    def test_the_question_of_a_minute(self) -> None:
        simple = [question(f"q{n}", "single", "Do you agree with this?", options=MODES) for n in range(8)]
        assert effort.minutes_for(self.of(*simple), "en") == 1

    def test_thirty_questions_take_about_five_minutes(self) -> None:
        simple = [question(f"q{n}", "single", "How satisfied are you with this?", options=MODES) for n in range(40)]
        assert effort.minutes_for(self.of(*simple), "en") in {4, 5, 6}

    def test_a_language_that_lacks_falls_back(self) -> None:
        assert effort.minutes_for(loaded(every_kind()), "fr") == effort.minutes_for(loaded(every_kind()), "en")
