"""Surveys as JSON: what is asked, and what staff do with it while it runs."""

from flask import g
from flask_babel import gettext as _

from citizen.accounts.access import current_actor, token, token_here
from citizen.accounts.models import Role
from citizen.core.api import Page, endpoint, page_of
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.web import find_or_404, public
from citizen.participation import running
from citizen.participation.messages import Withdrawal
from citizen.participation.rules import may_see_results
from surveys import statistics, waves
from surveys.api.questionnaires import ensure_languages
from surveys.api.room import bp, readable_wave, the_wave
from surveys.models import SurveyWave
from surveys.replies import SurveyResultsReply, SurveysReply, WaveListed, WaveReply
from surveys.report.lens import Lens
from surveys.report.showing import Shown


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


@bp.get("/surveys/<slug:slug>/results")
@public
@endpoint("What came out; for analysts at any time", problems=(403, 404), knows_token=True)
def results(slug: str) -> SurveyResultsReply:
    wave = readable_wave(slug)
    reader = token_here()
    is_analyst = reader is not None and Role(reader.role).covers(Role.ANALYST) and wave.version is not None
    if not is_analyst and not may_see_results(wave, has_answered=False):
        raise Refused(_("The results of this survey are not shown now."), status=403)
    answered = statistics.answered(wave)
    return SurveyResultsReply.of(Shown(wave, Lens(), answered, answered.n))


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
