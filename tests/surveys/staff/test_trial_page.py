"""The test run in the console: what it shows, and that it saves nothing."""

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import func, select

from citizen.cities.models import City
from citizen.core.db import db
from surveys.models import Survey, SurveyRevision, SurveySheet, SurveyTally
from tests.makers import make_staff, sign_in
from tests.surveys.makers import every_kind, make_survey, question, section


def trial(who: FlaskClient, survey: Survey, query: str = ""):
    return who.get(f"/riverton/staff/surveys/{survey.id}/trial{query}")


def rows(html: str) -> dict[str, list[str]]:
    """Section, seen by and answered by, of each question."""
    found = BeautifulSoup(html, "html.parser").select("#rows tr")
    return {row.th.text: [cell.text for cell in row.select("td")] for row in found}


def test_the_page_says_who_comes_to_which_question(editor, city: City):
    shown = rows(trial(editor, make_survey(city)).text)
    assert shown["How do you travel most?"] == ["Travel", "100%", "100%"]
    assert shown["Welcome."] == ["Travel", "100%", "–"]
    assert 1 < int(shown["Why the car?"][1].rstrip("%")) < 60


def ways(html: str) -> list[str]:
    return [way.text for way in BeautifulSoup(html, "html.parser").select(".way")]


def test_the_same_number_shows_the_same_answers(editor, city: City):
    survey = make_survey(city)
    first, again, other = (trial(editor, survey, f"?seed={seed}").text for seed in (5, 5, 6))
    assert (rows(first), ways(first)) == (rows(again), ways(again))
    assert (rows(first), ways(first)) != (rows(other), ways(other))


def test_odd_numbers_are_taken_as_usual_ones(editor, city: City):
    survey = make_survey(city)
    for query in ("?seed=x", "?seed=-4", "?seed=99999999999"):
        assert trial(editor, survey, query).status_code == 200


def test_examples_are_told_in_words(editor, city: City):
    page = BeautifulSoup(trial(editor, make_survey(city)).text, "html.parser")
    assert len(page.select("details .way")) == 2
    assert any("Car" in line.text for line in page.select(".way li"))


def test_where_answering_gets_stuck_stands_on_top(editor, city: City):
    check = {"that": [">", ["answer", "n"], 9], "message": {"en": "More than 9, please."}}
    stuck = question("n", "number", "How many?", least=0, most=5, is_required=True, checks=[check])
    hidden = question("h", "line", "Who?", show_if=["=", 1, 2])
    page = BeautifulSoup(
        trial(editor, make_survey(city, {"sections": [section("all", stuck, hidden)]})).text, "html.parser"
    )
    first, second = page.select(".notice.warn")
    assert "“More than 9, please.” (200 times)" in first.text
    assert "Who?" in second.text


def test_nothing_is_saved(editor, city: City):
    survey = make_survey(city)
    before = db.session.scalar(select(func.count()).select_from(SurveyRevision))
    trial(editor, survey)
    for model, number in ((SurveySheet, 0), (SurveyTally, 0), (SurveyRevision, before)):
        assert db.session.scalar(select(func.count()).select_from(model)) == number


def test_an_empty_survey_says_what_comes_first(editor, city: City):
    assert "There is nothing to try yet" in trial(editor, make_survey(city, {"sections": []})).text


def test_who_may_look(client, bruno, city: City, other_city: City):
    survey = make_survey(city)
    assert trial(bruno, survey).status_code == 200
    assert trial(client, survey).status_code == 302
    assert trial(sign_in(client, make_staff(other_city)), survey).status_code == 404
    assert bruno.get("/riverton/staff/surveys/999/trial").status_code == 404


def test_another_city_s_survey_is_not_found(editor, other_city: City):
    assert trial(editor, make_survey(other_city, every_kind())).status_code == 404
