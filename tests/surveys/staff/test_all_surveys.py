"""The list of surveys, and how a new one begins."""

import pytest
from bs4 import BeautifulSoup

from citizen.core.db import db
from surveys.models import Survey
from surveys.questionnaire import Kind
from tests.makers import post_form
from tests.surveys.makers import make_survey, make_wave, question, section
from tests.surveys.staff.writing import CONSOLE, SHORT, asked, errors_in, press


def titled(title: str, **texts: str) -> dict:
    return {"title": {"en": title, **texts}, "sections": [section("s1", question("q1", "line"))]}


def shown(page: str) -> list[str]:
    """The titles in the list."""
    return [link.text for link in BeautifulSoup(page, "html.parser").select("tbody th a")]


def test_an_empty_list_offers_the_first_step(editor):
    page = BeautifulSoup(editor.get(f"{CONSOLE}/").text, "html.parser")
    links = [str(link["href"]) for link in page.select(".beginnings a")]
    assert links == [f"{CONSOLE}/templates", f"{CONSOLE}/new", f"{CONSOLE}/import"]


def test_who_may_not_write_is_offered_no_step(bruno):
    page = bruno.get(f"{CONSOLE}/").text
    assert "No surveys yet" in page
    assert f"{CONSOLE}/new" not in page


def test_a_row_says_what_matters(editor, city):
    survey = make_survey(city, SHORT)
    make_wave(city, survey=survey, name={"en": "Before"})
    make_wave(city, survey=survey, name={"en": "After"}, published=False)
    press(editor, survey, "/questions/q1/copy")
    row = BeautifulSoup(editor.get(f"{CONSOLE}/").text, "html.parser").select_one("tbody tr")
    cells = [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
    assert cells[:3] == ["Travel", "4", "Before Open After Draft"]
    assert cells[3].endswith("eda@example.org")


def test_the_newest_survey_stands_first(editor, city):
    for title in ("Old", "New"):
        make_survey(city, titled(title))
    assert shown(editor.get(f"{CONSOLE}/").text) == ["New", "Old"]


@pytest.mark.parametrize(
    ("words", "titles"), [("bus", ["Bus and tram"]), ("TRAM bus", ["Bus and tram"]), ("ärzte", ["Doctors"]), ("x", [])]
)
def test_titles_are_searched_in_every_language(editor, city, words, titles):
    make_survey(city, titled("Bus and tram"))
    make_survey(city, titled("Doctors", de="Ärzte"))
    assert shown(editor.get(f"{CONSOLE}/?q={words}").text) == titles


@pytest.mark.parametrize(
    ("state", "titles"),
    [("open", ["Asked"]), ("unplanned", ["Alone"]), ("closed", []), ("nonsense", ["Alone", "Asked"])],
)
def test_the_state_of_the_waves_filters(editor, city, state, titles):
    make_wave(city, survey=make_survey(city, titled("Asked")))
    make_survey(city, titled("Alone"))
    page = editor.get(f"{CONSOLE}/?state={state}").text
    assert shown(page) == titles
    assert ("No survey matches" in page) == (not titles)


def test_a_long_list_has_pages(editor, city):
    for number in range(26):
        make_survey(city, titled(f"Survey {number:02}"))
    assert len(shown(editor.get(f"{CONSOLE}/").text)) == 25
    assert shown(editor.get(f"{CONSOLE}/?page=2").text) == ["Survey 00"]
    assert shown(editor.get(f"{CONSOLE}/?page=99").text) == ["Survey 00"]


def test_templates_and_other_cities_surveys_are_not_in_the_list(editor, city, other_city):
    make_survey(city, titled("Ours")).is_template = True
    make_survey(other_city, titled("Theirs"))
    assert shown(editor.get(f"{CONSOLE}/").text) == []


def the_survey() -> Survey:
    return db.session.query(Survey).one()


def test_a_survey_begins_with_a_title_and_a_question(editor):
    response = post_form(editor, f"{CONSOLE}/new", {"title": "Parks", "text": "Which park?", "kind": "multiple"})
    assert response.status_code == 303
    assert response.location == f"{CONSOLE}/{the_survey().id}/questions/q1"
    made = asked(the_survey())
    assert made.title == {"en": "Parks"}
    assert [(one.code, one.kind, one.text) for one in made.questions] == [("q1", Kind.MULTIPLE, {"en": "Which park?"})]


def test_without_a_question_the_kinds_come_first(editor):
    response = post_form(editor, f"{CONSOLE}/new", {"title": "Parks", "text": "", "kind": "single"})
    assert response.location == f"{CONSOLE}/{the_survey().id}/kinds?section=s1"
    assert editor.get(response.location).status_code == 200


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Please write a title."),
        ({"title": "x" * 501}, "at most 500"),
        ({"kind": "poem"}, "Not a valid"),
    ],
)
def test_what_a_survey_cannot_begin_with(editor, changes, sentence):
    typed = {"title": "Parks", "text": "Which park?", "kind": "single"} | changes
    response = post_form(editor, f"{CONSOLE}/new", typed)
    assert response.status_code == 422
    assert sentence in errors_in(response.text)[0]
    assert "Which park?" in response.text
    assert db.session.query(Survey).count() == 0
