"""Questionnaires as JSON: made, read, changed, and asked."""

from collections.abc import Iterable

from flask import abort, g
from flask_babel import gettext as _

from citizen.accounts.access import current_actor, token
from citizen.accounts.models import Role
from citizen.core.api import endpoint, wrong_fields
from citizen.core.db import db
from surveys import drafting, waves
from surveys.api.room import bp, the_survey
from surveys.checker import findings
from surveys.messages import ChangedQuestionnaire, NewQuestionnaire, NewWave
from surveys.models import Survey
from surveys.questionnaire import Questionnaire, loaded
from surveys.replies import QuestionnaireReply, WaveReply
from surveys.texts import texts_of


@bp.post("/questionnaires")
@token(Role.EDITOR)
@endpoint("Make a questionnaire that nobody is asked yet", status=201, problems=(404,))
def create_questionnaire(body: NewQuestionnaire) -> QuestionnaireReply:
    ensure_spoken(body.questionnaire)
    survey = drafting.create_survey(g.city, body.questionnaire, by=current_actor())
    db.session.commit()
    return reply_of(survey)


@bp.get("/questionnaires/<int:survey_id>")
@token(Role.VIEWER)
@endpoint("A questionnaire as its editors have it, with what is missing", problems=(404,))
def questionnaire(survey_id: int) -> QuestionnaireReply:
    return reply_of(the_survey(survey_id))


@bp.put("/questionnaires/<int:survey_id>")
@token(Role.EDITOR)
@endpoint("Put another questionnaire in the place of this one", problems=(404, 409))
def change_questionnaire(survey_id: int, body: ChangedQuestionnaire) -> QuestionnaireReply:
    survey = the_survey(survey_id)
    ensure_spoken(body.questionnaire)
    drafting.change_survey(survey, body.questionnaire, seen=body.edition, by=current_actor())
    db.session.commit()
    return reply_of(survey)


@bp.post("/questionnaires/<int:survey_id>/waves")
@token(Role.EDITOR)
@endpoint("Ask a questionnaire: plan a wave, and publish it where that is wanted", status=201, problems=(404, 409))
def plan_wave(survey_id: int, body: NewWave) -> WaveReply:
    survey = the_survey(survey_id)
    ensure_languages((("name", code), code) for code in body.name)
    wave = waves.plan_wave(survey, body.as_plan(g.city.time_zone), by=current_actor())
    if body.publish:
        waves.publish_wave(wave, by=current_actor())
    db.session.commit()
    return WaveReply.of(wave)


def reply_of(survey: Survey) -> QuestionnaireReply:
    return QuestionnaireReply.of(survey, findings(loaded(survey.document), g.city))


def ensure_spoken(questionnaire: Questionnaire) -> None:
    """Every text stands in a language of the city."""
    spoken = ((text.path, code) for text in texts_of(questionnaire) for code in text.texts)
    ensure_languages(((*map(str, ("questionnaire", *path)), code), code) for path, code in spoken)


def ensure_languages(found: Iterable[tuple[Iterable[str], str]]) -> None:
    """Refuse codes of languages that the city does not write in, each with its path."""
    sentence = _("The city does not write in this language.")
    foreign = [tuple(path) for path, code in found if code not in g.city.languages]
    if foreign:
        abort(wrong_fields((path, sentence) for path in foreign))
