"""Adding, moving, copying and deleting, each saved at once; undoing; going back."""

import pytest
from bs4 import BeautifulSoup

from surveys.models import Survey
from surveys.questionnaire import Kind
from tests.surveys.makers import make_survey, make_wave
from tests.surveys.staff.writing import SHORT, at, fields_in, notices_in, order, press, save, the_question

HTMX = {"HX-Request": "true"}


@pytest.fixture
def survey(city) -> Survey:
    return make_survey(city, SHORT)


def test_every_kind_stands_on_a_card(editor, survey):
    page = BeautifulSoup(editor.get(at(survey, "/kinds?after=q1")).text, "html.parser")
    cards = page.select("#part button[name=kind]")
    assert {card["value"] for card in cards} == set(Kind) - {Kind.FILE}
    assert all(card.select_one(".small").text and card.select_one("svg") for card in cards)
    assert fields_in(str(page), "#part form")["after"] == "q1"


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ({"after": "q1"}, "q1 q4 q2 | q3"),
        ({"section": "s1"}, "q1 q2 q4 | q3"),
        ({}, "q1 q2 | q3 q4"),
        ({"after": "gone"}, "q1 q2 | q3 q4"),
    ],
)
def test_a_question_is_added_in_its_place(editor, survey, place, expected):
    response = press(editor, survey, "/questions", {"kind": "scale"} | place)
    assert response.status_code == 303
    assert response.location == at(survey, "/questions/q4#part")
    assert order(survey) == expected
    assert the_question(survey, "q4").kind is Kind.SCALE
    assert "autofocus" in editor.get(response.location).text


def test_a_question_of_no_kind_is_not_added(editor, survey):
    assert press(editor, survey, "/questions", {"kind": "poem"}).status_code == 422
    assert order(survey) == "q1 q2 | q3"


@pytest.mark.parametrize(
    ("code", "where", "expected"),
    [
        ("q1", {"step": "down"}, "q2 q1 | q3"),
        ("q3", {"step": "up"}, "q1 q2 q3 | "),
        ("q1", {"step": "up"}, "q1 q2 | q3"),
        ("q1", {"section": "s2"}, "q2 | q3 q1"),
        ("q1", {"section": "s2", "before": "q3"}, "q2 | q1 q3"),
        ("q1", {"section": "gone"}, "q1 q2 | q3"),
        ("gone", {"step": "up"}, "q1 q2 | q3"),
    ],
)
def test_a_question_moves(editor, survey, code, where, expected):
    assert press(editor, survey, f"/questions/{code}/place", where).status_code == 303
    assert order(survey) == expected


def test_a_question_is_copied(editor, survey):
    response = press(editor, survey, "/questions/q1/copy")
    assert response.location == at(survey, "/questions/q4#part")
    assert order(survey) == "q1 q4 q2 | q3"
    assert the_question(survey, "q4").options == the_question(survey, "q1").options


def test_a_deleted_question_comes_back_by_one_press(editor, survey):
    response = press(editor, survey, "/questions/q1/deletion")
    assert order(survey) == "q2 | q3"
    page = editor.get(response.location).text
    assert "/questions/q2" in response.location
    assert "Deleted" in notices_in(page)
    undo = fields_in(page, "#editor-notes form")
    assert editor.post(at(survey, "/undo"), data=undo).location == at(survey, "/questions/q1#part")
    assert order(survey) == "q1 q2 | q3"


def test_the_offer_to_undo_a_deletion_ends_with_the_next_change(editor, survey):
    response = press(editor, survey, "/questions/q1/deletion")
    press(editor, survey, "/questions/q2/copy")
    assert "Deleted" not in notices_in(editor.get(response.location).text)


def test_what_is_deleted_already_is_deleted_once(editor, survey):
    for _time in range(2):
        assert press(editor, survey, "/questions/q1/deletion").status_code == 303
    assert order(survey) == "q2 | q3"
    assert survey.edition == 2


def test_the_last_part_leaves_an_editor_that_offers_a_first_question(editor, survey):
    for code in ("s1", "s2"):
        response = press(editor, survey, f"/sections/{code}/deletion")
    page = editor.get(response.location)
    assert page.status_code == 200
    assert "Add a question" in page.text


def test_sections_are_added_moved_copied_and_deleted(editor, survey):
    press(editor, survey, "/sections", {"after": "s1"})
    assert order(survey) == "q1 q2 |  | q3"
    press(editor, survey, "/sections/s1/place", {"step": "down"})
    assert order(survey) == " | q1 q2 | q3"
    press(editor, survey, "/sections/s2/copy")
    assert order(survey) == " | q1 q2 | q3 | q4"
    press(editor, survey, "/sections/s1/deletion")
    assert order(survey) == " | q3 | q4"


def test_a_section_moves_up_or_down_and_nowhere_else(editor, survey):
    assert press(editor, survey, "/sections/s1/place", {"step": "away"}).status_code == 404


def test_a_published_code_is_not_given_to_a_new_question(editor, city, survey):
    make_wave(city, survey=survey)
    press(editor, survey, "/questions/q3/deletion")
    press(editor, survey, "/questions", {"kind": "line"})
    assert order(survey) == "q1 q2 | q4"


def test_undo_and_redo_say_what_they_would_do(editor, survey):
    page = editor.get(at(survey, "/settings")).text
    assert BeautifulSoup(page, "html.parser").select_one("#undo").has_attr("disabled")
    press(editor, survey, "/questions/q1/copy")
    page = BeautifulSoup(editor.get(at(survey, "/settings")).text, "html.parser")
    assert page.select_one("#undo").get_text(" ", strip=True) == "Undo : Question copied"
    response = press(editor, survey, "/undo")
    assert "Undone: Question copied." in notices_in(editor.get(response.location).text)
    page = BeautifulSoup(editor.get(at(survey, "/settings")).text, "html.parser")
    assert page.select_one("#redo").get_text(" ", strip=True) == "Redo : Question copied"
    press(editor, survey, "/redo")
    assert order(survey) == "q1 q4 q2 | q3"


def test_what_somebody_else_did_is_undone_under_their_name_only(editor, second, survey):
    seen = fields_in(editor.get(at(survey, "/settings")).text, "#outline-form")
    press(second, survey, "/questions/q1/copy")
    response = editor.post(at(survey, "/undo"), data=seen)
    assert response.status_code == 409
    assert "emil@example.org changed this survey meanwhile." in notices_in(response.text)
    assert "Question copied, by emil@example.org" in editor.get(at(survey, "/settings")).text
    assert order(survey) == "q1 q4 q2 | q3"


def test_with_nothing_to_undo_the_page_says_so(editor, survey):
    response = press(editor, survey, "/undo", {"chosen": "q2"})
    assert response.status_code == 409
    assert "There is nothing to undo." in notices_in(response.text)
    assert fields_in(response.text)["text"] == "Why?"


def test_the_history_tells_who_did_what_and_leads_back(editor, second, survey):
    press(editor, survey, "/questions/q1/deletion")
    press(second, survey, "/sections/s2/copy")
    page = BeautifulSoup(editor.get(at(survey, "/history")).text, "html.parser")
    rows = [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in page.select("tbody tr")]
    assert [row[:2] for row in rows] == [
        ["Section copied: “S2”", "emil@example.org"],
        ["Question deleted: “How do you travel?”", "eda@example.org"],
        ["Survey made", "command line"],
    ]
    assert [row[3] for row in rows] == ["3", "2", "3"]
    fields = fields_in(str(page), "main form")
    response = editor.post(at(survey, "/history/1"), data=fields)
    assert response.status_code == 303
    assert order(survey) == "q1 q2 | q3"
    press(editor, survey, "/undo")
    assert order(survey) == "q2 | q3 | q4"


def test_nobody_goes_back_past_what_they_have_not_seen(editor, second, survey):
    fields = fields_in(editor.get(at(survey, "/history")).text, "main form")
    press(second, survey, "/questions/q1/deletion")
    response = editor.post(at(survey, "/history/1"), data=fields)
    assert response.status_code == 409
    assert order(survey) == "q2 | q3"


def test_a_long_history_has_pages(editor, survey):
    for _time in range(26):
        press(editor, survey, "/questions/q1/place", {"step": "down"})
        press(editor, survey, "/questions/q1/place", {"step": "up"})
    page = BeautifulSoup(editor.get(at(survey, "/history")).text, "html.parser")
    assert len(page.select("tbody tr")) == 25
    older = page.find("a", string=lambda text: text and "Older" in text) or page.select("main p a.button")[-1]
    assert len(BeautifulSoup(editor.get(older["href"]).text, "html.parser").select("tbody tr")) == 25


def test_htmx_gets_the_parts_that_change(editor, survey):
    response = editor.get(at(survey, "/questions/q1"), headers=HTMX)
    assert "<html" not in response.text
    page = BeautifulSoup(response.text, "html.parser")
    assert [part["hx-target"] for part in page.select("hx-partial")] == ["#editor-head", "#editor-notes", "#outline"]
    assert page.select_one("#part")["data-part"] == "q1"
    assert page.title.text.startswith("Travel")


def test_saving_by_itself_changes_all_around_the_form_and_no_code(editor, survey):
    changes = {"text": "How?", "code": "mo"}
    response = save(editor, survey, "/questions/q1", changes, query="?autosave=1", headers=HTMX)
    page = BeautifulSoup(response.text, "html.parser")
    assert response.status_code == 200
    assert page.select_one("#part") is None
    assert page.select_one("#at-q1").get_text(" ", strip=True).startswith("How?")
    assert page.select_one("#outline")["data-edition"] == "2"
    assert the_question(survey, "q1").text["en"] == "How?"


def test_saving_by_itself_again_and_again_is_one_step(editor, survey):
    fields = fields_in(editor.get(at(survey, "/questions/q1")).text)
    for number, text in enumerate(("H", "Ho", "How?"), start=1):
        typed = fields | {"text": text, "seen": str(number)}
        assert editor.post(at(survey, "/questions/q1?autosave=1"), data=typed, headers=HTMX).status_code == 200
    press(editor, survey, "/undo")
    assert the_question(survey, "q1").text["en"] == "How do you travel?"


def test_saving_by_itself_does_not_hide_what_is_wrong(editor, city):
    survey = make_survey(city)
    response = save(editor, survey, "/questions/rate", {"low": "x"}, query="?autosave=1", headers=HTMX)
    assert response.status_code == 422
    assert survey.edition == 1


def test_a_copy_of_the_survey_begins_its_own_life(editor, city, survey):
    make_wave(city, survey=survey)
    response = press(editor, survey, "/copy")
    page = editor.get(response.location).text
    assert "Travel (copy)" in page
    assert "Nobody has been asked yet." in page


def test_a_survey_that_nobody_was_asked_can_be_deleted(editor, city, survey):
    make_wave(city, survey=survey, published=False)
    assert "Delete this survey?" in editor.get(at(survey, "/deletion")).text
    address = at(survey)
    assert press(editor, survey, "/deletion").location == "/riverton/staff/surveys/"
    assert editor.get(address).status_code == 404


def test_a_survey_that_people_were_asked_stays(editor, city, survey):
    make_wave(city, survey=survey)
    assert "Delete this survey?" not in editor.get(at(survey, "/deletion")).text
    response = press(editor, survey, "/deletion")
    assert response.status_code == 409
    assert "It stays" in notices_in(response.text)
