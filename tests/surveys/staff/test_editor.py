"""The forms of the editor: questions, sections and settings are written, and come back with what is wrong."""

import io

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from surveys.models import Survey
from surveys.questionnaire import Kind, Layout, OptionRole, loaded
from tests.surveys.makers import choice, every_kind, make_survey, make_wave, question, section
from tests.surveys.staff.writing import SHORT, asked, at, errors_in, fields_in, save, the_question


@pytest.fixture
def survey(city) -> Survey:
    return make_survey(city, SHORT)


def test_a_question_is_written(editor, survey):
    changes = {
        "text": "  How do you\r\ntravel? ",
        "hint": "Most days.",
        "is_required": "y",
        "options-1-label": "Bicycle",
    }
    response = save(editor, survey, "/questions/q1", changes)
    assert response.status_code == 303
    assert response.location.startswith(at(survey, "/questions/q1"))
    made = the_question(survey)
    assert made.text == {"en": "How do you\ntravel?", "de": "How do you travel? (de)"}
    assert made.hint == {"en": "Most days."}
    assert made.is_required
    assert [option.label["en"] for option in made.options] == ["Bus", "Bicycle", "Car"]
    assert [option.code for option in made.options] == ["1", "2", "3"]


@pytest.mark.parametrize("code", [question.code for question in loaded(every_kind()).questions])
def test_a_form_that_nobody_touched_changes_nothing(editor, city, code):
    survey = make_survey(city)
    assert save(editor, survey, f"/questions/{code}").status_code == 303
    assert asked(survey) == loaded(every_kind())
    assert survey.edition == 1


def test_everything_that_a_form_of_another_kind_does_not_show_stays(editor, city):
    odd = question("q1", "single", options=[choice("a", "A", picture=None)], low=3, least=4.5, version=2)
    survey = make_survey(city, {"sections": [section("s1", odd)]})
    save(editor, survey, "/questions/q1", {"text": "New"})
    assert (the_question(survey).low, the_question(survey).least) == (3, 4.5)


def test_new_answers_get_the_next_code_and_those_with_a_role_its_name(editor, survey):
    rows = {"options-3-label": "Else", "options-3-role": "other", "options-4-label": "Tram", "options-5-label": ""}
    save(editor, survey, "/questions/q1", rows)
    made = the_question(survey)
    assert [(option.code, option.role.value) for option in made.options[3:]] == [("other", "other"), ("4", "plain")]


def test_an_answer_keeps_its_code_wherever_it_stands(editor, survey):
    fields = {"options-0-key": "3", "options-0-label": "Car", "options-2-key": "1", "options-2-label": "Bus"}
    save(editor, survey, "/questions/q1", fields)
    assert [option.code for option in the_question(survey).options] == ["3", "2", "1"]
    assert the_question(survey).options[0].label == {"en": "Car", "de": "Car (de)"}


def test_a_published_answer_s_code_is_not_given_to_another_one(editor, city, survey):
    make_wave(city, survey=survey)
    save(editor, survey, "/questions/q1", {"options-2-key": "", "options-2-label": "Tram"})
    assert [option.code for option in the_question(survey).options] == ["1", "2", "4"]


def test_two_rows_with_one_code_get_two(editor, survey):
    save(editor, survey, "/questions/q1", {"options-1-key": "1", "options-2-key": "<b>"})
    codes = [option.code for option in the_question(survey).options]
    assert codes[0] == "1"
    assert len(set(codes)) == 3


def test_a_role_that_the_kind_does_not_know_is_plain(editor, city):
    survey = make_survey(city)
    save(editor, survey, "/questions/order", {"options-0-role": "none", "options-1-role": "nonsense"})
    assert {option.role for option in the_question(survey, "order").options} == {OptionRole.PLAIN}


def test_numbers_are_read_as_the_language_writes_them(editor, survey):
    save(editor, survey, "/questions/q3?lang=de", {"least": "0,5", "most": "1.000", "decimals": "1"})
    made = the_question(survey, "q3")
    assert (made.least, made.most, made.decimals) == (0.5, 1000, 1)
    assert fields_in(editor.get(at(survey, "/questions/q3?lang=de")).text)["least"] == "0,5"


@pytest.mark.parametrize(
    ("code", "changes", "sentence"),
    [
        ("mode", {"text": "x" * 5001}, "at most 5000 characters"),
        ("mode", {"text": "a\x00b"}, "invisible special characters"),
        ("mode", {"options-0-label": "x" * 501}, "at most 500 characters"),
        ("mode", {"options-0-label": "a\u0007"}, "invisible special characters"),
        ("mode", {"code": "1mode"}, "begin with a letter"),
        ("mode", {"code": "others"}, "Another question or section has this code."),
        ("mode", {"code": "travel"}, "Another question or section has this code."),
        ("mode", {"code": "end"}, "Another question or section has this code."),
        ("others", {"choose_max": "two"}, "Please write a whole number."),
        ("others", {"choose_max": "201"}, "from 0 to 200"),
        ("others", {"choose_min": "3", "choose_max": "2"}, "People cannot choose at most fewer than at least."),
        ("rate", {"low": ""}, "Please write a whole number."),
        ("rate", {"low": "5"}, "Please choose a higher number"),
        ("age", {"least": "many"}, "such as 12"),
        ("age", {"least": "130"}, "The largest number is smaller than the smallest one."),
        ("age", {"least": "1e99"}, "such as 12"),
        ("since", {"earliest": "soon"}, "Please choose a day."),
        ("since", {"earliest": "2026-02-30"}, "Please choose a day."),
        ("since", {"earliest": "2026-02-02", "latest": "2026-02-01"}, "The last day is before the first one."),
        ("job", {"max_length": "-1"}, "from 0 to 10000"),
        ("why", {"show-lines-0-is_text": "1", "show-lines-0-text": "{mode} ="}, "We cannot read this condition."),
        ("why", {"show-lines-0-is_text": "1", "show-lines-0-text": "{gone} = 1"}, "no question with the code “gone”"),
        ("since", {"show-lines-0-subject": "age", "show-lines-0-test": "more"}, "Please write a value."),
        ("mode", {"skips-0-to": ""}, "Please choose where to go on."),
        ("mode", {"checks-0-message": "Really?"}, "Please say what has to hold."),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_nothing_is_saved(editor, city, code, changes, sentence):
    survey = make_survey(city)
    response = save(editor, survey, f"/questions/{code}", changes)
    assert response.status_code == 422
    assert any(sentence in error for error in errors_in(response.text)), errors_in(response.text)
    assert "<title>Error:" in response.text
    assert survey.edition == 1
    shown = fields_in(response.text)
    assert {name: shown.get(name) for name in changes} == {name: text.strip() for name, text in changes.items()}


def test_another_name_goes_wherever_the_question_was_named(editor, city):
    survey = make_survey(city)
    response = save(editor, survey, "/questions/mode", {"code": "travel_mode"})
    assert "/questions/travel_mode" in response.location
    assert the_question(survey, "why").show_if == ["=", ["answer", "travel_mode"], "car"]


def test_once_people_were_asked_the_code_stays(editor, city, survey):
    make_wave(city, survey=survey)
    page = editor.get(at(survey, "/questions/q1")).text
    assert "People were asked this question" in page
    assert "code" not in fields_in(page)
    save(editor, survey, "/questions/q1", {"code": "other_code", "text": "New"})
    assert the_question(survey).text["en"] == "New"


def test_a_new_code_may_not_be_one_of_another_kind_that_people_were_asked(editor, city, survey):
    make_wave(city, survey=survey)
    fields = fields_in(editor.get(at(survey, "/settings")).text, "#outline-form")
    editor.post(at(survey, "/questions/q3/deletion"), data=fields)
    fields = fields_in(editor.get(at(survey, "/settings")).text, "#outline-form")
    editor.post(at(survey, "/questions"), data=fields | {"kind": "line", "section": "s2"})
    response = save(editor, survey, "/questions/q4", {"code": "q3"})
    assert response.status_code == 422
    assert "People were asked “q3” as “Number”" in errors_in(response.text)[0]


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


def test_another_kind_keeps_what_was_typed_and_what_fits(editor, survey):
    response = save(editor, survey, "/questions/q1", {"kind": "multiple", "text": "Which?"}, to="/questions/q1/kind")
    assert response.status_code == 303
    made = the_question(survey)
    assert (made.kind, made.text["en"]) == (Kind.MULTIPLE, "Which?")
    assert len(made.options) == 3


def test_people_s_answers_keep_their_kind(editor, city, survey):
    make_wave(city, survey=survey)
    response = save(editor, survey, "/questions/q1", {"kind": "multiple"}, to="/questions/q1/kind")
    assert response.status_code == 422
    assert "People were asked “q1” as “Choose one”" in errors_in(response.text)[0]
    assert the_question(survey).kind is Kind.SINGLE


def test_an_unknown_kind_is_no_kind(editor, survey):
    assert save(editor, survey, "/questions/q1", {"kind": "poem"}, to="/questions/q1/kind").status_code == 422


def test_the_settings_are_written(editor, survey):
    changes = {"title": "Ways", "intro": "We ask.", "thanks": "Thank you.", "layout": "question"}
    assert save(editor, survey, "/settings", changes).status_code == 303
    made = asked(survey)
    assert made.title == {"en": "Ways", "de": "Verkehr"}
    assert (made.intro, made.thanks, made.layout) == ({"en": "We ask."}, {"en": "Thank you."}, Layout.QUESTION)
    assert survey.title == {"en": "Ways", "de": "Verkehr"}


@pytest.mark.parametrize(
    ("changes", "sentence"), [({"title": " "}, "Please write a title."), ({"layout": "poster"}, "Not a valid choice")]
)
def test_a_survey_needs_a_title(editor, survey, changes, sentence):
    response = save(editor, survey, "/settings", changes)
    assert response.status_code == 422
    assert sentence in response.text
    assert asked(survey).title["en"] == "Travel"


def test_a_section_is_written_and_keeps_its_questions(editor, survey):
    changes = {"title": "You", "text": "About you.", "show-subject": "q1", "show-lines-add": "1"}
    fields = fields_in(save(editor, survey, "/sections/s2", changes).text)
    assert editor.post(at(survey, "/sections/s2"), data=fields).status_code == 303
    made = asked(survey).sections[1]
    assert (made.title["en"], made.text) == ("You", {"en": "About you."})
    assert made.show_if == ["=", ["answer", "q1"], "1"]
    assert [question.code for question in made.questions] == ["q3"]


def test_a_section_s_condition_that_cannot_be_read_comes_back(editor, survey):
    changes = {"show-lines-0-is_text": "1", "show-lines-0-text": "((("}
    response = save(editor, survey, "/sections/s2", changes)
    assert response.status_code == 422
    assert fields_in(response.text)["show-lines-0-text"] == "((("


def test_a_survey_in_another_language_is_written_in_that_one(editor, city):
    german = {"title": {"de": "Verkehr"}, "sections": [{"code": "s1", "questions": [question("q1", "line")]}]}
    survey = make_survey(city, german)
    save(editor, survey, "/questions/q1", {"text": "Wie?"})
    assert the_question(survey).text == {"en": "What about q1?", "de": "Wie?"}


def test_what_the_checker_finds_stands_above_the_part(editor, survey):
    save(
        editor,
        survey,
        "/questions/q1",
        {"options-1-key": "", "options-1-label": "", "options-2-key": "", "options-2-label": ""},
    )
    page = BeautifulSoup(editor.get(at(survey, "/questions/q1")).text, "html.parser")
    assert page.select_one(".findings-box[open] li")
    assert page.select_one("#at-q1 svg[aria-label='Something has to be put right here']")
    assert not page.select_one("#at-q2 svg[aria-label='Something has to be put right here']")
