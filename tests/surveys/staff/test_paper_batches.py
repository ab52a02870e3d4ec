"""Batches of paper sheets: begun, closed, opened again, and when no sheet can be typed in."""

from datetime import timedelta

import pytest

from citizen.accounts.models import Role
from citizen.core import clock
from citizen.core.db import db
from citizen.participation.models import Assurance
from surveys.models import PaperBatch, PaperEntry
from tests.makers import make_staff, post_form, sign_in
from tests.surveys.makers import make_wave
from tests.surveys.staff.papering import batch_page, make_batch, press, sheet_page, type_in
from tests.surveys.staff.waving import console, last_act, number_of


def begin(who, wave, **data):
    page = console(wave, "/paper")
    return post_form(who, page, {"name": "Library", "readings": "2"} | data, page=console(wave, "/closing-time"))


def test_a_batch_is_begun(editor, wave):
    assert "Begin the first batch" in editor.get(console(wave, "/paper")).text
    response = begin(editor, wave)
    batch = db.session.scalars(db.select(PaperBatch)).one()
    assert response.location.endswith(batch_page(wave, batch))
    assert (batch.name, batch.version, batch.is_double) == ("Library", 1, True)
    assert last_act().verb == "made a paper batch"
    assert "No sheet is typed in yet" in editor.get(response.location).text
    assert "Library" in editor.get(console(wave)).text


@pytest.mark.parametrize("data", [{"name": " "}, {"name": "x" * 81}, {"name": "a\u0007"}, {"version": "7"}])
def test_a_batch_that_makes_no_sense_is_refused(editor, wave, data):
    response = begin(editor, wave, **data)
    assert response.status_code == 422
    assert number_of(PaperBatch) == 0


def test_a_sheet_can_be_taken_out(editor, second, wave):
    batch = make_batch(wave)
    type_in(editor, wave, batch)
    type_in(second, wave, batch, 1, 2)
    assert "Take out sheet 1?" in editor.get(sheet_page(wave, batch, 1, "/removal")).text
    assert press(editor, wave, batch, "sheets/1/removal").status_code == 303
    assert number_of(PaperEntry) == 0
    assert last_act().verb == "took a paper sheet out"
    assert press(editor, wave, batch, "sheets/1/removal").status_code == 409


def test_a_batch_is_closed_and_opened_again(editor, wave):
    batch = make_batch(wave)
    press(editor, wave, batch, "closure")
    assert "This batch is closed." in editor.get(sheet_page(wave, batch, 1)).text
    assert press(editor, wave, batch, "closure").status_code == 409
    press(editor, wave, batch, "reopening")
    assert editor.get(sheet_page(wave, batch, 1)).status_code == 200
    assert press(editor, wave, batch, "reopening").status_code == 409


def test_nothing_is_typed_into_a_batch_that_closed_meanwhile(editor, wave):
    batch = make_batch(wave)
    batch.closed_at = clock.now()
    response = post_form(editor, sheet_page(wave, batch, 1), {"job": "Baker"}, page=batch_page(wave, batch))
    assert response.status_code == 409
    assert 'value="Baker"' in response.text
    assert number_of(PaperEntry) == 0


ENDED = {"opens_at": clock.now() - timedelta(days=9), "closes_at": clock.now() - timedelta(days=1)}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"assurance": Assurance.CONTACT}, "sheets on paper cannot count"),
        ({"opens_at": clock.now() + timedelta(days=1)}, "has not opened yet"),
        (ENDED, "The time for late answers and paper is over."),
        (ENDED | {"grace_minutes": 20160, "sealed_at": clock.now()}, "This survey is sealed"),
        ({"withdrawn_at": clock.now()}, "This survey is withdrawn."),
    ],
)
def test_the_page_says_why_no_sheet_can_be_typed_in(editor, city, values, sentence):
    wave = make_wave(city)
    batch = make_batch(wave)
    for name, value in values.items():
        setattr(wave, name, value)
    db.session.commit()
    assert sentence in editor.get(console(wave, "/paper")).text
    assert sentence in editor.get(batch_page(wave, batch)).text
    assert sentence in editor.get(sheet_page(wave, batch, 1)).text
    assert begin(editor, wave).status_code == 409


def test_paper_that_comes_within_the_grace_is_typed_in(editor, city):
    wave = make_wave(city, **ENDED, grace_minutes=7 * 24 * 60)
    assert type_in(editor, wave, make_batch(wave), mode__typed="1").status_code == 303


def test_strangers_type_in_nothing(app, bruno, city, other_city, wave):
    batch = make_batch(wave)
    pages = [console(wave, "/paper"), batch_page(wave, batch), sheet_page(wave, batch, 1)]
    pages += [sheet_page(wave, batch, 1, "/differences"), sheet_page(wave, batch, 1, "/removal")]
    carla = sign_in(app.test_client(), make_staff(other_city, Role.ADMIN))
    for who, status in ((bruno, 403), (carla, 404), (app.test_client(), 302)):
        assert {who.get(page).status_code for page in pages} == {status}
        assert {who.post(page).status_code for page in (*pages[:1], *pages[2:])} == {status}
        assert {who.post(batch_page(wave, batch, f"/{noun}")).status_code for noun in NOUNS} == {status}


NOUNS = ("count", "closure", "reopening")


def test_another_wave_s_batch_is_not_found_here(editor, city, other_city, wave):
    for other in (make_wave(city), make_wave(other_city)):
        batch = make_batch(other)
        assert editor.get(batch_page(wave, batch)).status_code == 404
        assert editor.get(sheet_page(wave, batch, 1)).status_code == 404
