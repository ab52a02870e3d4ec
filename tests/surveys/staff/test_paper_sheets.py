"""Staff type in sheets on paper, twice, and decide where both readings differ."""

import pytest
from bs4 import BeautifulSoup

from citizen.accounts.models import Membership, Role
from citizen.core.db import db
from surveys.models import PaperEntry
from surveys.paper.piles import SheetState, pile_of
from tests.makers import make_staff
from tests.surveys.makers import make_wave, question, section
from tests.surveys.staff.papering import batch_page, entry, make_batch, press, sheet_page, type_in
from tests.surveys.staff.waving import console, errors_in, last_act, main_of, number_of


def states(wave, batch) -> dict[int, SheetState]:
    return {number: sheet.state for number, sheet in pile_of(batch, wave).sheets.items()}


def test_a_sheet_is_typed_and_the_next_one_follows(editor, wave):
    batch = make_batch(wave)
    page = editor.get(sheet_page(wave, batch, 1)).text
    assert "Sheet 1" in page
    response = type_in(editor, wave, batch, mode__typed="3", others__typed="1 2", why="Rain", age="41")
    assert response.location.endswith(sheet_page(wave, batch, 2, "?reading=1"))
    assert entry().typed["values"] == {"mode": "car", "others": ["bus", "bike"], "why": "Rain", "age": 41}
    assert entry().by == "eda@example.org"
    act = last_act()
    assert (act.verb, act.detail) == ("typed a paper sheet", {"batch": batch.id, "sheet": 1, "reading": 1})
    stopped = type_in(editor, wave, batch, 2, stop="1")
    assert stopped.location.endswith(batch_page(wave, batch))


def test_what_cannot_stand_is_explained_and_everything_typed_stays(editor, wave):
    batch = make_batch(wave)
    response = type_in(editor, wave, batch, mode__typed="1 3", age="340", job="Baker", others=["bus", "bike"])
    assert response.status_code == 422
    assert [error[:3] for error in errors_in(response.text)] == ["1. ", "9. "]
    page = BeautifulSoup(response.text, "html.parser")
    assert page.select_one("title").text.startswith("Error:")
    assert page.select_one("[name='mode.typed']")["value"] == "1 3"
    assert page.select_one("[name=job]")["value"] == "Baker"
    assert {box["value"] for box in page.select("[name=others][checked]")} == {"bus", "bike"}
    assert number_of(PaperEntry) == 0
    unreadable = {"mode__unreadable": "1", "age__unreadable": "1"}
    assert type_in(editor, wave, batch, mode__typed="1 3", age="340", job="Baker", **unreadable).status_code == 303
    assert entry().typed == {"values": {"job": "Baker"}, "unreadable": ["age", "mode"]}


def test_a_sheet_may_be_blank(editor, wave):
    assert type_in(editor, wave, make_batch(wave)).status_code == 303
    assert entry().typed == {"values": {}, "unreadable": []}


def test_answers_past_which_the_form_leads_are_named(editor, wave):
    response = type_in(editor, wave, make_batch(wave), mode__typed="1", why="Rain")
    assert "the answer to question 3 does not count" in editor.get(response.location).text


def test_the_second_reading_is_blind_and_by_another_person(editor, second, wave):
    batch = make_batch(wave)
    type_in(editor, wave, batch, mode__typed="3", job="Baker")
    own = editor.get(sheet_page(wave, batch, 1, "?reading=2"))
    assert own.status_code == 409
    assert "Another person has to read it again." in own.text
    page = second.get(sheet_page(wave, batch, 1)).text
    assert "second reading" in page
    assert "Baker" not in page
    assert "checked" not in page.split("paper-form")[1].split("sticky-actions")[0]
    assert type_in(editor, wave, batch, 1, 2, mode__typed="3").status_code == 409
    assert entry(reading=2) is None
    response = type_in(second, wave, batch, 1, 2, mode__typed="3", job="baker.")
    assert response.location.endswith(batch_page(wave, batch))
    assert states(wave, batch) == {1: SheetState.READY}


def test_nobody_sees_or_replaces_somebody_else_s_reading(editor, second, wave):
    batch = make_batch(wave)
    type_in(editor, wave, batch, mode__typed="3", job="Baker")
    for response in (
        second.get(sheet_page(wave, batch, 1, "?reading=1")),
        type_in(second, wave, batch, mode__typed="1", job="Cook"),
    ):
        assert response.status_code == 409
        assert "Somebody else has typed sheet 1." in response.text
    assert "Cook" in type_in(second, wave, batch, job="Cook").text
    assert entry().typed["values"]["job"] == "Baker"


def test_one_s_own_reading_can_be_corrected(editor, wave):
    batch = make_batch(wave)
    type_in(editor, wave, batch, mode__typed="3", job="Baker")
    page = BeautifulSoup(editor.get(sheet_page(wave, batch, 1, "?reading=1")).text, "html.parser")
    assert page.select_one("[name='mode.typed']")["value"] == "3"
    assert page.select_one("[name=mode][checked]")["value"] == "car"
    type_in(editor, wave, batch, mode__typed="3", job="Cook")
    assert entry().typed["values"]["job"] == "Cook"


def test_second_readings_follow_each_other(editor, second, wave):
    batch = make_batch(wave)
    for number in (1, 2, 5):
        type_in(editor, wave, batch, number, mode__typed="1")
    type_in(second, wave, batch, 3, mode__typed="1")
    response = type_in(second, wave, batch, 1, 2, mode__typed="1")
    assert response.location.endswith(sheet_page(wave, batch, 2, "?reading=2"))
    assert "Read sheet 2 again" in second.get(batch_page(wave, batch)).text
    assert "Read sheet 3 again" in editor.get(batch_page(wave, batch)).text
    assert "Type in sheet 6" in editor.get(batch_page(wave, batch)).text


def test_where_readings_differ_staff_decide(editor, second, wave):
    batch = make_batch(wave)
    type_in(editor, wave, batch, mode__typed="3", why="Rain", age="41", job="Baker")
    type_in(second, wave, batch, 1, 2, mode__typed="3", why="rain", age="47", rate__unreadable="1")
    assert states(wave, batch) == {1: SheetState.DIFFERENT}
    words = main_of(editor.get(sheet_page(wave, batch, 1, "/differences")).text)
    assert "9. How old are you?" in words
    assert "First reading, by eda@example.org 41 years" in words
    assert "Second reading, by emil@example.org 47 years" in words
    assert "left empty" in words
    assert "7. How good is it?" in words
    assert "cannot be read" in words
    assert "Why the car?" not in words
    half = press(editor, wave, batch, "sheets/1/differences", age="second")
    assert half.status_code == 422
    assert errors_in(half.text) == ["Please choose one reading for each question."]
    assert 'id="age-second" checked' in half.text
    press(editor, wave, batch, "sheets/1/differences", age="second", job="unreadable", rate="first")
    decided = entry(reading=3).typed
    assert decided == {"values": {"mode": "car", "why": "Rain", "age": 47}, "unreadable": ["job"]}
    assert states(wave, batch) == {1: SheetState.READY}
    assert type_in(editor, wave, batch, mode__typed="1").status_code == 409


def test_where_both_are_wrong_the_sheet_is_typed_once_more(editor, second, wave):
    batch = make_batch(wave)
    type_in(editor, wave, batch, age="41", job="Baker")
    type_in(second, wave, batch, 1, 2, age="47", job="Baker")
    page = BeautifulSoup(editor.get(sheet_page(wave, batch, 1, "?reading=3")).text, "html.parser")
    assert page.select_one("[name=age]")["value"] == "41"
    response = type_in(editor, wave, batch, 1, 3, age="44", job="Baker")
    assert response.location.endswith(batch_page(wave, batch))
    assert entry(reading=3).typed["values"]["age"] == 44


def test_choices_that_cannot_stand_together_are_refused(editor, second, city):
    least = {"that": ["<=", ["answer", "low"], ["answer", "high"]], "message": {"en": "Too small", "de": "Zu klein"}}
    questions = question("low", "number"), question("high", "number", checks=[least])
    wave = make_wave(city, {"sections": [section("s", *questions)]})
    batch = make_batch(wave)
    type_in(editor, wave, batch, low="1", high="2")
    type_in(second, wave, batch, 1, 2, low="8", high="9")
    response = press(editor, wave, batch, "sheets/1/differences", low="second", high="first")
    assert response.status_code == 422
    assert errors_in(response.text) == ["These answers cannot stand together. Please type the sheet once more."]
    assert entry(reading=3) is None


def test_readings_begin_with_the_first(editor, wave):
    batch = make_batch(wave)
    assert type_in(editor, wave, batch, 1, 2).status_code == 409
    assert "Please begin with that." in editor.get(sheet_page(wave, batch, 1, "?reading=3")).text
    type_in(editor, wave, batch)
    assert "waits for a second reading" in editor.get(sheet_page(wave, batch, 1, "/differences")).text


def test_a_batch_that_is_typed_once_is_ready_at_once(editor, wave):
    batch = make_batch(wave, is_double=False)
    type_in(editor, wave, batch, mode__typed="1")
    assert states(wave, batch) == {1: SheetState.READY}


def test_where_nobody_else_can_the_same_person_reads_again_and_the_page_says_so(editor, wave):
    batch = make_batch(wave)
    type_in(editor, wave, batch, mode__typed="1")
    assert "Your city has only one person for that" in editor.get(sheet_page(wave, batch, 1, "?reading=2")).text
    assert "Only one person of your city" in editor.get(console(wave, "/paper")).text
    assert type_in(editor, wave, batch, 1, 2, mode__typed="1").status_code == 303
    assert states(wave, batch) == {1: SheetState.READY}


def test_a_viewer_is_no_second_reader(editor, city, wave):
    make_staff(city, Role.VIEWER)
    batch = make_batch(wave)
    type_in(editor, wave, batch)
    assert editor.get(sheet_page(wave, batch, 1, "?reading=2")).status_code == 200
    db.session.add(Membership(city_id=city.id, user_id=make_staff(None).id, role=Role.ADMIN))
    assert editor.get(sheet_page(wave, batch, 1, "?reading=2")).status_code == 409


@pytest.mark.parametrize("number", [0, 1001])
def test_numbers_of_sheets_have_bounds(editor, wave, number):
    response = type_in(editor, wave, make_batch(wave), number)
    assert response.status_code == 422
    assert "Please number sheets from 1 to 1000." in response.text
