"""Two who decide at the same moment, and a decision while the wave is being sealed."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from surveys import moderating, sealing
from surveys.models import SurveyText, SurveyWave
from surveys.written import Selection, TextState, number_of
from tests.surveys.makers import fill, make_wave
from tests.surveys.staff.waving import beside_us


def written(city: City, *texts: str) -> SurveyWave:
    wave = make_wave(city)
    for text in texts:
        fill(wave, text, mode="bus", job=text)
    return wave


def text_of(words: str) -> SurveyText:
    return db.session.scalars(select(SurveyText).filter_by(text=words)).one()


def test_of_two_moderators_at_once_one_decides(app: Flask, city: City) -> None:
    wave = written(city, "Baker")
    wave_id = wave.id
    moderating.decide_text(wave, text_of("Baker"), TextState.APPROVED, by=COMMAND_LINE)

    def approve() -> bytes:
        theirs = db.session.get_one(SurveyWave, wave_id)
        return moderating.decide_text(theirs, text_of("Baker"), TextState.APPROVED, by=COMMAND_LINE)

    thread, ended = beside_us(app, approve)
    db.session.commit()
    thread.join()
    assert ended == ["Somebody has decided on this text already."]


def test_of_two_moderators_who_decide_on_many_at_once_one_does(app: Flask, city: City) -> None:
    wave = written(city, "Baker", "Cook")
    wave_id = wave.id
    moderating.decide_texts(wave, Selection("job"), TextState.APPROVED, number=2, by=COMMAND_LINE)

    def reject() -> bytes:
        theirs = db.session.get_one(SurveyWave, wave_id)
        return moderating.decide_texts(theirs, Selection("job"), TextState.REJECTED, "No", number=2, by=COMMAND_LINE)

    thread, ended = beside_us(app, reject)
    db.session.commit()
    thread.join()
    assert ended == ["The number of texts has changed. Please look at it again."]
    assert number_of(wave, Selection("job", TextState.APPROVED)) == 2


def test_a_decision_and_the_sealing_do_not_lock_each_other_up(app: Flask, city: City) -> None:
    wave = written(city, "Baker")
    wave.opens_at, wave.closes_at = clock.now() - timedelta(days=9), clock.now() - timedelta(days=1)
    db.session.commit()
    moderating.decide_text(wave, text_of("Baker"), TextState.APPROVED, by=COMMAND_LINE)
    thread, ended = beside_us(app, lambda: len(sealing.seal_ended_waves()))
    db.session.commit()
    thread.join()
    assert ended == [1]
    assert text_of("Baker").state == "approved"


def test_a_decision_after_the_sealing_finds_its_text(app: Flask, city: City) -> None:
    wave = written(city, "Baker")
    wave.opens_at, wave.closes_at = clock.now() - timedelta(days=9), clock.now() - timedelta(days=1)
    db.session.commit()
    wave_id = wave.id
    sealing.seal_ended_waves()

    def approve() -> None:
        theirs = db.session.get_one(SurveyWave, wave_id)
        moderating.decide_text(theirs, text_of("Baker"), TextState.APPROVED, by=COMMAND_LINE)

    thread, ended = beside_us(app, approve)
    db.session.commit()
    thread.join()
    db.session.expire_all()
    assert ended == [None]
    assert text_of("Baker").state == "approved"
