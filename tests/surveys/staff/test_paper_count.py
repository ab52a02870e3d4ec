"""Counting a batch: every sheet once, whoever counts, and nothing stays that says which sheet was whose."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from citizen.cities.districts import District
from citizen.core import clock
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.participation.desk import desk
from citizen.participation.models import AnswerCount, Participation, Receipt
from surveys import sealing, waves
from surveys.models import PaperBatch, PaperEntry, SurveySheet, SurveyTally, SurveyText, SurveyWave
from surveys.paper import batches
from surveys.paper.entering import Entry
from surveys.paper.piles import SheetState, pile_of
from tests.surveys.makers import every_kind, make_wave, question, section
from tests.surveys.staff.papering import batch_page, make_batch, press, sheets, type_in
from tests.surveys.staff.waving import beside_us, console, last_act, main_of, number_of

TODAY = date(2026, 11, 25)


def keep(wave: SurveyWave, batch: PaperBatch, number: int, **values: Any) -> None:
    """A sheet that somebody typed once."""
    batches.keep_reading(wave, batch, number, 1, Entry(values), by=COMMAND_LINE)
    db.session.commit()


def states(wave: SurveyWave, batch: PaperBatch) -> list[SheetState]:
    db.session.expire_all()
    return [sheet.state for sheet in pile_of(batch, wave).sheets.values()]


def test_sheets_that_agree_are_counted_as_paper(editor, second, wave):
    batch = make_batch(wave)
    for number, mode in ((1, "3"), (2, "1"), (3, "2")):
        type_in(editor, wave, batch, number, mode__typed=mode, job=f"Job {number}")
    for number, mode in ((1, "3"), (2, "2")):
        type_in(second, wave, batch, number, 2, mode__typed=mode, job=f"job {number}")
    response = press(editor, wave, batch, "count")
    assert response.status_code == 303
    [sheet] = sheets()
    assert (sheet.answers, sheet.channel, sheet.assurance, sheet.version) == ({"mode": "car"}, "paper", 0, 1)
    assert db.session.scalars(select(SurveyText)).one().text == "Job 1"
    assert [(row.channel, row.n) for row in db.session.scalars(select(AnswerCount))] == [("paper", 1)]
    tally = select(SurveyTally.n).filter_by(question="mode", choice="car")
    assert db.session.scalar(tally) == 1
    assert states(wave, batch) == [SheetState.COUNTED, SheetState.DIFFERENT, SheetState.HALF]
    words = main_of(editor.get(batch_page(wave, batch)).text)
    assert "1 sheet was counted." in words
    assert "Counted: 1" in words
    assert "on paper 1" in main_of(editor.get(console(wave)).text)
    assert (last_act().verb, last_act().detail) == ("counted paper sheets", {"batch": batch.id, "sheets": 1})


def test_nothing_says_any_more_what_a_counted_sheet_answered(editor, wave):
    batch = make_batch(wave, is_double=False)
    type_in(editor, wave, batch, mode__typed="3", job="Baker")
    press(editor, wave, batch, "count")
    db.session.expire_all()
    row = db.session.scalars(select(PaperEntry)).one()
    assert (row.typed, row.is_counted) == ({}, True)
    again = type_in(editor, wave, batch, mode__typed="1")
    assert again.status_code == 409
    assert "Its answers stand among all others now." in again.text
    assert press(editor, wave, batch, "sheets/1/removal").status_code == 409


def test_a_batch_is_counted_in_parts_and_again(editor, wave):
    batch = make_batch(wave, is_double=False)
    keep(wave, batch, 1, mode="car")
    press(editor, wave, batch, "count")
    keep(wave, batch, 2, mode="car")
    press(editor, wave, batch, "count")
    response = press(editor, wave, batch, "count")
    assert "There was nothing to count." in editor.get(response.location).text
    assert len(sheets()) == number_of(Participation) == number_of(Receipt) == 2


def test_many_sheets_are_counted_in_several_goes(editor, wave, monkeypatch):
    monkeypatch.setattr(batches, "AT_ONCE", 2)
    batch = make_batch(wave, is_double=False)
    for number in (1, 2, 3):
        keep(wave, batch, number, mode="car")
    response = press(editor, wave, batch, "count")
    assert "2 sheets were counted. 1 more is ready." in editor.get(response.location).text
    press(editor, wave, batch, "count")
    assert len(sheets()) == 3


def test_two_who_count_at_the_same_moment_count_each_sheet_once(app, city):
    wave = make_wave(city)
    batch = make_batch(wave, is_double=False)
    for number in (1, 2, 3):
        keep(wave, batch, number, mode="car")
    wave_id, batch_id = wave.id, batch.id
    batches.count_batch(wave, batch, TODAY, by=COMMAND_LINE)

    def count() -> int:
        theirs = db.session.get_one(SurveyWave, wave_id), db.session.get_one(PaperBatch, batch_id)
        return batches.count_batch(*theirs, TODAY, by=COMMAND_LINE).counted

    thread, ended = beside_us(app, count)
    db.session.commit()
    thread.join()
    assert ended == [0]
    assert number_of(SurveySheet) == 3
    assert db.session.scalar(select(AnswerCount.n)) == 3


def test_whoever_types_while_somebody_counts_is_told(app, city):
    wave = make_wave(city)
    batch = make_batch(wave, is_double=False)
    keep(wave, batch, 1, mode="car")
    wave_id, batch_id = wave.id, batch.id
    batches.count_batch(wave, batch, TODAY, by=COMMAND_LINE)

    def retype() -> None:
        theirs = db.session.get_one(SurveyWave, wave_id), db.session.get_one(PaperBatch, batch_id)
        batches.keep_reading(*theirs, 1, 1, Entry({"mode": "bus"}), by=COMMAND_LINE)

    thread, ended = beside_us(app, retype)
    db.session.commit()
    thread.join()
    assert ended == ["Sheet 1 is counted. Its answers stand among all others now."]
    assert [sheet.answers for sheet in sheets()] == [{"mode": "car"}]


def test_an_earlier_version_is_counted_as_what_it_asked(editor, city):
    wave = make_wave(city, {"sections": [section("s", question("old", "line"), question("same", "nps"))]})
    batch = make_batch(wave, is_double=False)
    wave.survey.document = {**wave.survey.document, "sections": [section("s", question("same", "nps"))]}
    waves.renew_wave(wave, by=COMMAND_LINE)
    type_in(editor, wave, batch, old="Yes", same__typed="7")
    press(editor, wave, batch, "count")
    [sheet] = sheets()
    assert (sheet.version, sheet.answers) == (1, {"same": 7})
    assert db.session.scalars(select(SurveyText)).one().field == "old"


def test_a_sheet_that_cannot_stand_any_more_is_named_and_left(editor, wave):
    batch = make_batch(wave, is_double=False)
    type_in(editor, wave, batch, 1, home__district__typed="1")
    type_in(editor, wave, batch, 2, home__district__typed="2")
    db.session.delete(db.session.scalars(select(District).filter_by(code="north")).one())
    response = press(editor, wave, batch, "count")
    page = editor.get(response.location).text
    assert "These sheets need another look, because the survey has changed: 1" in page
    assert states(wave, batch) == [SheetState.READY, SheetState.COUNTED]


def test_paper_is_counted_within_the_grace_and_not_after(editor, city):
    wave = make_wave(city, grace_minutes=7 * 24 * 60)
    batch = make_batch(wave, is_double=False)
    keep(wave, batch, 1, mode="car")
    keep(wave, batch, 2, mode="car")
    wave.opens_at, wave.closes_at = clock.now() - timedelta(days=9), clock.now() - timedelta(days=6)
    db.session.commit()
    monday = press(editor, wave, batch, "count")
    assert monday.status_code == 303
    keep(wave, batch, 3, mode="car")
    wave.closes_at = clock.now() - timedelta(days=8)
    late = press(editor, wave, batch, "count")
    assert late.status_code == 409
    assert "The time for late answers and paper is over." in late.text
    assert len(sheets()) == 2


def test_sealing_waits_for_the_grace_and_wipes_what_was_not_counted(editor, city):
    wave = make_wave(city, grace_minutes=7 * 24 * 60)
    batch = make_batch(wave, is_double=False)
    keep(wave, batch, 1, mode="car")
    wave.opens_at, wave.closes_at = clock.now() - timedelta(days=9), clock.now() - timedelta(days=6)
    db.session.commit()
    assert sealing.seal_ended_waves() == []
    wave.closes_at = clock.now() - timedelta(days=8)
    db.session.commit()
    assert sealing.seal_ended_waves() == [wave]
    db.session.commit()
    assert states(wave, batch) == [SheetState.LATE]
    assert db.session.scalars(select(PaperEntry)).one().typed == {}
    page = editor.get(batch_page(wave, batch)).text
    assert "not counted in time" in page
    assert "This survey is sealed" in page


def test_the_desk_says_how_many_sheets_wait(app, city):
    wave = make_wave(city, every_kind())
    batch = make_batch(wave)
    keep(wave, batch, 1, mode="car")
    keep(wave, batch, 2, mode="car")
    with app.test_request_context("/riverton/"):
        app.preprocess_request()
        found = [task.text for task in desk(city).tasks if task.url == console(wave, "/paper")]
    assert found == ["2 paper sheets are not counted yet"]
