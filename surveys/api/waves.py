"""Surveys as JSON: what is asked, and what staff do with it while it runs."""

from flask import g

from citizen.accounts.access import current_actor, token
from citizen.accounts.models import Role
from citizen.core.api import Page, endpoint, page_of
from citizen.core.db import db
from citizen.core.web import find_or_404, public
from citizen.participation import running
from citizen.participation.messages import Withdrawal
from surveys import waves
from surveys.api.questionnaires import ensure_languages
from surveys.api.room import bp, readable_wave, the_wave
from surveys.models import SurveyWave
from surveys.replies import SurveysReply, WaveListed, WaveReply


@bp.get("/surveys")
@public
@endpoint("The published surveys of a city", problems=(404,))
def index(query: Page) -> SurveysReply:
    found = SurveyWave.public_in(g.city).order_by(SurveyWave.id.desc())
    if query.after:
        found = found.where(SurveyWave.id < find_or_404(SurveyWave.public_in(g.city), slug=query.after).id)
    shown, last = page_of(found, query)
    return SurveysReply(surveys=[WaveListed.of(wave) for wave in shown], next=last.slug if last else None)


@bp.get("/surveys/<slug:slug>")
@public
@endpoint("One survey and what it asks; drafts too for the city's tokens", problems=(404,), knows_token=True)
def show(slug: str) -> WaveReply:
    return WaveReply.of(readable_wave(slug))


@bp.post("/surveys/<slug:slug>/publication")
@token(Role.EDITOR)
@endpoint("Show a draft to the public", problems=(404, 409, 422))
def publish(slug: str) -> WaveReply:
    wave = the_wave(slug)
    waves.publish_wave(wave, by=current_actor())
    db.session.commit()
    return WaveReply.of(wave)


@bp.post("/surveys/<slug:slug>/renewal")
@token(Role.EDITOR)
@endpoint("Go on with the questionnaire as it is now", problems=(404, 409, 422))
def renew(slug: str) -> WaveReply:
    wave = the_wave(slug)
    waves.renew_wave(wave, by=current_actor())
    db.session.commit()
    return WaveReply.of(wave)


@bp.post("/surveys/<slug:slug>/closure")
@token(Role.EDITOR)
@endpoint("End an open survey now", problems=(404, 409))
def close(slug: str) -> WaveReply:
    wave = the_wave(slug)
    running.close(wave, by=current_actor())
    db.session.commit()
    return WaveReply.of(wave)


@bp.post("/surveys/<slug:slug>/withdrawal")
@token(Role.EDITOR)
@endpoint("Take a survey back, with a reason", problems=(404, 409))
def withdraw(slug: str, body: Withdrawal) -> WaveReply:
    wave = the_wave(slug)
    ensure_languages((("reason", code), code) for code in body.reason)
    running.withdraw(wave, body.reason, by=current_actor())
    db.session.commit()
    return WaveReply.of(wave)
