"""The forms of the editor: questions, sections and settings are written, and come back with what is wrong."""

import pytest
from bs4 import BeautifulSoup

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


def test_another_kind_waits_until_what_was_typed_is_right(editor, survey):
    changes = {"kind": "multiple", "text": "x" * 5001}
    response = save(editor, survey, "/questions/q1", changes, to="/questions/q1/kind")
    assert response.status_code == 422
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
