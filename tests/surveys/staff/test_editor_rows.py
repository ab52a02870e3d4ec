"""Rows in the editor's forms: answers, lines of tables, pictures, conditions, ways and checks."""

import io

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from surveys.models import Survey
from surveys.questionnaire import loaded
from tests.surveys.makers import make_survey
from tests.surveys.staff.writing import SHORT, asked, at, errors_in, fields_in, save, the_question


@pytest.fixture
def survey(city) -> Survey:
    return make_survey(city, SHORT)


def test_a_condition_is_built_line_by_line(editor, survey):
    page = "/questions/q2"
    response = save(editor, survey, page, {"show-subject": "q1", "show-lines-add": "1"})
    assert response.status_code == 200
    fields = fields_in(response.text)
    assert fields["show-lines-0-subject"] == "q1"
    assert fields["show-lines-0-value"] == "1"
    assert survey.edition == 1
    editor.post(at(survey, page), data=fields | {"show-lines-0-test": "is_not", "show-lines-0-value": "3"})
    assert the_question(survey, "q2").show_if == ["!=", ["answer", "q1"], "3"]


def test_a_line_to_write_in_is_added_and_taken_out_again(editor, survey):
    response = save(editor, survey, "/questions/q2", {"show-lines-write": "1"})
    fields = fields_in(response.text)
    assert (fields["show-lines-0-is_text"], fields["show-lines-0-text"]) == ("1", "")
    response = editor.post(at(survey, "/questions/q2"), data=fields | {"show-lines-remove": "0"})
    assert "show-lines-0-is_text" not in fields_in(response.text)


def test_without_a_question_to_ask_about_no_line_is_added(editor, survey):
    response = save(editor, survey, "/questions/q1", {"show-lines-add": "1"})
    assert "There is no earlier question to ask about." in response.text
    assert "show-lines-0-subject" not in fields_in(response.text)


def test_lines_and_written_text_stand_beside_each_other(editor, city):
    survey = make_survey(city)
    changes = {
        "show-joint": "any",
        "show-lines-1-is_text": "1",
        "show-lines-1-text": "count({others}) > 1",
        "show-lines-2-is_text": "1",
        "show-lines-2-text": " ",
    }
    save(editor, survey, "/questions/why", changes)
    tree = ["or", ["=", ["answer", "mode"], "car"], [">", ["count", ["answer", "others"]], 1]]
    assert the_question(survey, "why").show_if == tree
    fields = fields_in(editor.get(at(survey, "/questions/why")).text)
    assert fields["show-lines-1-text"] == "count({others}) > 1"
    assert fields["show-joint"] == "any"


def test_a_condition_may_ask_about_earlier_answers_only(editor, city):
    survey = make_survey(city)
    page = BeautifulSoup(editor.get(at(survey, "/questions/order")).text, "html.parser")
    offered = [str(option["value"]) for option in page.select("#show-subject option")]
    assert offered == ["mode", "others", "why"]


def test_an_answer_that_is_gone_is_still_named_in_a_condition(editor, city):
    survey = make_survey(city)
    save(editor, survey, "/questions/mode", {"options-2-key": "", "options-2-label": "Tram"})
    page = editor.get(at(survey, "/questions/why")).text
    assert "car (not there any more)" in page
    assert fields_in(page)["show-lines-0-value"] == "car"


def test_ways_and_checks_are_written(editor, city):
    survey = make_survey(city)
    changes = {
        "skips-0-when-lines-0-subject": "mode",
        "skips-0-when-lines-0-test": "is",
        "skips-0-when-lines-0-value": "bus",
        "skips-0-to": "views",
        "skips-1-to": "end",
        "checks-0-that-lines-0-subject": "mode",
        "checks-0-that-lines-0-test": "is_not",
        "checks-0-that-lines-0-value": "x",
        "checks-0-message": "Please choose another one.",
        "checks-1-message": "",
    }
    save(editor, survey, "/questions/mode", changes)
    made = the_question(survey, "mode")
    assert [(skip.when, skip.to) for skip in made.skips] == [(["=", ["answer", "mode"], "bus"], "views"), (None, "end")]
    assert [(check.that, check.message) for check in made.checks] == [
        (["!=", ["answer", "mode"], "x"], {"en": "Please choose another one."})
    ]
    fields = fields_in(editor.get(at(survey, "/questions/mode")).text)
    assert {name: fields[name] for name in list(changes)[:-1]} == {name: changes[name] for name in list(changes)[:-1]}


@pytest.mark.parametrize(
    ("button", "labels"),
    [
        ({"options-add": "1"}, ["Bus", "Bike", "Car", ""]),
        ({"options-remove": "0"}, ["Bike", "Car"]),
        ({"options-up": "2"}, ["Bus", "Car", "Bike"]),
        ({"options-down": "0"}, ["Bike", "Bus", "Car"]),
        ({"options-up": "0"}, ["Bus", "Bike", "Car"]),
        ({"options-remove": "9"}, ["Bus", "Bike", "Car"]),
        ({"options-remove": "x"}, ["Bus", "Bike", "Car"]),
        ({"options-paste": "1", "options_pasted": "Tram\n\n  On foot \r\n"}, ["Bus", "Bike", "Car", "Tram", "On foot"]),
    ],
)
def test_rows_change_without_javascript_and_nothing_is_saved(editor, survey, button, labels):
    response = save(editor, survey, "/questions/q1", button | {"hint": "Typed"})
    fields = fields_in(response.text)
    assert response.status_code == 200
    assert [fields.get(f"options-{place}-label") for place in range(len(labels) + 1)] == [*labels, None]
    assert fields["hint"] == "Typed"
    assert fields["options_pasted"] == ""
    assert asked(survey) == loaded(SHORT)


def test_a_list_that_is_too_long_leaves_the_rest_to_be_seen(editor, survey):
    lines = "\n".join(f"Answer {number}" for number in range(1, 300))
    response = save(editor, survey, "/questions/q1", {"options-paste": "1", "options_pasted": lines})
    fields = fields_in(response.text)
    assert fields["options-199-label"] == "Answer 197"
    assert fields["options_pasted"].splitlines()[0] == "Answer 198"
    assert "has at most 200" in response.text


def test_lines_of_a_table_change_too(editor, city):
    survey = make_survey(city)
    fields = fields_in(save(editor, survey, "/questions/grid", {"rows-paste": "1", "rows_pasted": "Cheap"}).text)
    editor.post(at(survey, "/questions/grid"), data=fields)
    rows = the_question(survey, "grid").rows
    assert [(row.code, row.label["en"]) for row in rows] == [("a", "Quick"), ("b", "Safe"), ("1", "Cheap")]


def test_an_answer_gets_a_picture_with_words_and_loses_it(editor, survey):
    picture = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(picture, "PNG")
    picture.seek(0)
    changes = {"options-0-picture": (picture, "red.png"), "options-0-picture_alt": "A red bus"}
    save(editor, survey, "/questions/q1", changes, content_type="multipart/form-data")
    option = the_question(survey).options[0]
    assert (option.picture.width, option.picture.height) == (40, 20)
    assert option.picture_alt == {"en": "A red bus"}
    save(editor, survey, "/questions/q1", {"text": "Again"})
    assert the_question(survey).options[0].picture == option.picture
    save(editor, survey, "/questions/q1", {"options-0-without_picture": "y"})
    assert the_question(survey).options[0].picture is None


def test_what_is_no_picture_is_refused_and_all_else_is_still_there(editor, survey):
    changes = {"options-1-picture": (io.BytesIO(b"<svg/>"), "x.png"), "text": "Typed"}
    response = save(editor, survey, "/questions/q1", changes, content_type="multipart/form-data")
    assert response.status_code == 422
    assert "not a picture" in errors_in(response.text)[0]
    assert fields_in(response.text)["text"] == "Typed"


def test_a_section_s_condition_that_cannot_be_read_comes_back(editor, survey):
    changes = {"show-lines-0-is_text": "1", "show-lines-0-text": "((("}
    response = save(editor, survey, "/sections/s2", changes)
    assert response.status_code == 422
    assert fields_in(response.text)["show-lines-0-text"] == "((("
