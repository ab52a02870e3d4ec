"""Filled-in questionnaires as JSON: handed in, and taken out page by page."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import abort, g
from flask_babel import gettext as _

from citizen.accounts.access import token
from citizen.accounts.models import Role
from citizen.cities.districting import districts_of
from citizen.core import clock
from citizen.core.api import endpoint, wrong_fields
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.web import find_or_404
from citizen.participation.identity import Participant
from citizen.participation.models import Assurance, Channel
from citizen.participation.replies import AnswerReply
from surveys import actions
from surveys.api.room import bp, the_wave
from surveys.exporters.sheets import some_sheets
from surveys.messages import NewSheet, SheetsPage
from surveys.models import SurveyWave
from surveys.questionnaire import OTHER, Kind, OptionRole, Questionnaire
from surveys.replies import SheetReply, SheetsReply
from surveys.sheets.checking import Checked, check
from surveys.versions import questionnaire_of


@bp.post("/surveys/<slug:slug>/answers")
@token(Role.VIEWER)
@endpoint("Hand in one questionnaire that somebody filled in", status=201, problems=(404, 409))
def answer(slug: str, key: str, body: NewSheet) -> AnswerReply:
    wave = find_or_404(SurveyWave.public_in(g.city), slug=slug)
    participant = Participant(f"open:{key}", Assurance.OPEN, Channel(g.token.channel or Channel.API))
    if not participant.meets(wave):
        raise Refused(_("This survey needs a stronger check of who answers. This token cannot give it."), status=403)
    outcome = actions.send_sheet(wave, checked_sheet(wave, body.answers), key, by=participant)
    db.session.commit()
    return AnswerReply(outcome=outcome)


@bp.get("/surveys/<slug:slug>/answers")
@token(Role.ANALYST)
@endpoint("What was answered, without who or when, page by page", problems=(404,))
def answers(slug: str, query: SheetsPage) -> SheetsReply:
    wave = the_wave(slug)
    found = some_sheets(wave, after=bytes.fromhex(query.after or ""), limit=query.limit + 1)
    shown = [SheetReply.of(sheet) for sheet in found[: query.limit]]
    return SheetsReply(sheets=shown, next=shown[-1].id if len(found) > query.limit else None)


def checked_sheet(wave: SurveyWave, values: dict[str, Any]) -> Checked:
    """The sheet, if it is one. A program hears of everything at once, also of what nobody would see."""
    questionnaire = questionnaire_of(wave)
    districts = {district.code for district in districts_of(wave.city)}
    checked = check(questionnaire, values, clock.day_in(wave.city.time_zone), districts)
    mistakes = [*_foreign(questionnaire, values), *_hidden(checked), *checked.problems.items()]
    if mistakes:
        abort(wrong_fields((("answers", code), sentence) for code, sentence in mistakes))
    return checked


def _foreign(questionnaire: Questionnaire, values: Iterable[str]) -> Iterator[tuple[str, str]]:
    known = {question.code for question in questionnaire.questions if question.kind is not Kind.NOTE}
    known |= {f"{q.code}.{OTHER}" for q in questionnaire.questions if q.options_as(OptionRole.OTHER)}
    yield from ((code, _("This survey has no such question.")) for code in values if code not in known)


def _hidden(checked: Checked) -> Iterator[tuple[str, str]]:
    yield from ((code, _("This question is not shown after the other answers.")) for code in checked.dropped)
