"""Two people in one survey: other parts go together and the pages say so; the same part is never overwritten unseen."""

import pytest
from bs4 import BeautifulSoup

from surveys.models import Survey
from tests.surveys.makers import make_survey
from tests.surveys.staff.writing import SHORT, asked, at, fields_in, notices_in, press, save, the_question

EMIL = "emil@example.org"


@pytest.fixture
def survey(city) -> Survey:
    return make_survey(city, SHORT)


def opened(who, survey, page) -> dict:
    """The form as this person has it before them."""
    return fields_in(who.get(at(survey, page)).text)


def test_other_questions_go_together_and_the_page_says_by_whom(editor, second, survey):
    mine = opened(editor, survey, "/questions/q1")
    save(second, survey, "/questions/q2", {"text": "Emil's"})
    response = editor.post(at(survey, "/questions/q1"), data=mine | {"text": "Eda's"})
    assert response.status_code == 303
    page = editor.get(response.location).text
    assert f"{EMIL} changed other parts of this survey meanwhile. Both are saved." in notices_in(page)
    assert (the_question(survey, "q1").text["en"], the_question(survey, "q2").text["en"]) == ("Eda's", "Emil's")


def test_the_same_question_is_shown_in_both_versions(editor, second, survey):
    mine = opened(editor, survey, "/questions/q1")
    save(second, survey, "/questions/q1", {"text": "Emil's", "is_required": "y"})
    response = editor.post(at(survey, "/questions/q1"), data=mine | {"text": "Eda's", "options-0-label": "Coach"})
    assert response.status_code == 409
    page = BeautifulSoup(response.text, "html.parser")
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in page.select("#conflict tbody tr")
    ]
    assert ["Question (English)", "Emil's", "Eda's"] in rows
    assert ["People must answer this", "yes", "no"] in rows
    assert "Coach" in next(row for row in rows if row[0] == "Answers to choose from")[2]
    assert EMIL in page.select_one("#conflict").text
    assert page.title.text.startswith("Error:")
    assert the_question(survey, "q1").text["en"] == "Emil's"


def test_a_form_in_conflict_does_not_save_by_itself(editor, second, survey):
    mine = opened(editor, survey, "/questions/q1")
    save(second, survey, "/questions/q1", {"text": "Emil's"})
    response = editor.post(at(survey, "/questions/q1"), data=mine | {"text": "Eda's"})
    form = BeautifulSoup(response.text, "html.parser").select_one("#part-form")
    assert not form.has_attr("data-autosave")


def test_mine_is_saved_once_i_have_seen_the_other_one(editor, second, survey):
    mine = opened(editor, survey, "/questions/q1")
    save(second, survey, "/questions/q1", {"text": "Emil's"})
    response = editor.post(at(survey, "/questions/q1"), data=mine | {"text": "Eda's"})
    assert editor.post(at(survey, "/questions/q1"), data=fields_in(response.text)).status_code == 303
    assert the_question(survey, "q1").text["en"] == "Eda's"


def test_the_other_one_is_taken_by_its_link(editor, second, survey):
    mine = opened(editor, survey, "/questions/q1")
    save(second, survey, "/questions/q1", {"text": "Emil's"})
    response = editor.post(at(survey, "/questions/q1"), data=mine | {"text": "Eda's"})
    link = BeautifulSoup(response.text, "html.parser").select_one("#conflict a.button")
    assert fields_in(editor.get(link["href"]).text)["text"] == "Emil's"


def test_what_was_deleted_meanwhile_can_be_brought_back(editor, second, survey):
    mine = opened(editor, survey, "/questions/q1")
    press(second, survey, "/questions/q1/deletion")
    response = editor.post(at(survey, "/questions/q1"), data=mine | {"text": "Eda's"})
    assert response.status_code == 409
    assert f"{EMIL} deleted it." in notices_in(response.text)
    again = editor.post(at(survey, "/questions/q1"), data=fields_in(response.text))
    assert again.status_code == 303
    assert the_question(survey, "q1").text["en"] == "Eda's"
    assert the_question(survey, "q1").options[0].label["de"] == "Bus (de)"


def test_what_never_was_is_not_found(editor, survey):
    mine = opened(editor, survey, "/questions/q1")
    assert editor.post(at(survey, "/questions/q9"), data=mine).status_code == 404
    assert editor.get(at(survey, "/questions/q9")).status_code == 404
    assert editor.get(at(survey, "/sections/s9")).status_code == 404


def test_what_the_other_one_changed_is_not_deleted_unseen(editor, second, survey):
    mine = fields_in(editor.get(at(survey, "/questions/q1")).text, ".part-head form")
    save(second, survey, "/questions/q1", {"text": "Emil's"})
    response = editor.post(at(survey, "/questions/q1/deletion"), data=mine)
    assert response.status_code == 409
    assert f"{EMIL} changed this while you were writing." in notices_in(response.text)
    assert fields_in(response.text)["text"] == "Emil's"
    assert the_question(survey, "q1")


def test_a_section_with_another_s_changes_is_not_deleted_unseen(editor, second, survey):
    mine = fields_in(editor.get(at(survey, "/sections/s1")).text, ".part-head form")
    save(second, survey, "/questions/q2", {"text": "Emil's"})
    assert editor.post(at(survey, "/sections/s1/deletion"), data=mine).status_code == 409
    assert len(asked(survey).sections) == 2


@pytest.mark.parametrize(("page", "name"), [("/settings", "intro"), ("/sections/s1", "text")])
def test_settings_and_sections_are_not_overwritten_either(editor, second, survey, page, name):
    mine = opened(editor, survey, page)
    save(second, survey, page, {name: "Emil's"})
    response = editor.post(at(survey, page), data=mine | {name: "Eda's"})
    assert response.status_code == 409
    cells = [cell.text for cell in BeautifulSoup(response.text, "html.parser").select("#conflict td")]
    assert cells == ["Emil's", "Eda's"]
    editor.post(at(survey, page), data=fields_in(response.text))
    assert opened(editor, survey, page)[name] == "Eda's"


def test_a_section_s_words_and_its_questions_do_not_collide(editor, second, survey):
    mine = opened(editor, survey, "/sections/s1")
    save(second, survey, "/questions/q1", {"text": "Emil's"})
    assert editor.post(at(survey, "/sections/s1"), data=mine | {"title": "Ways"}).status_code == 303
    assert asked(survey).sections[0].title["en"] == "Ways"
    assert the_question(survey, "q1").text["en"] == "Emil's"


def test_a_survey_that_moves_under_a_new_question_has_room_for_both(editor, second, survey):
    mine = fields_in(editor.get(at(survey, "/kinds?after=q1")).text, "#part form")
    press(second, survey, "/questions", {"kind": "line"})
    editor.post(at(survey, "/questions"), data=mine | {"kind": "text"})
    assert [question.code for question in asked(survey).questions] == ["q1", "q5", "q2", "q3", "q4"]
