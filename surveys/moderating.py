"""What people wrote freely: shown or not, as a moderator decides, one by one or many at once. Nothing here commits.

Each act has a random name, by which it can be taken back. The audit names the act, the question and how many texts it
was about, and never a text.
"""

import secrets
from typing import Any, cast

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Table, select, update

from citizen.core import audit
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.texts import is_plain
from citizen.participation.models import Consultation
from citizen.participation.running import subject
from surveys.models import SurveyText, SurveyWave
from surveys.written import Selection, TextState

MAX_REASON = 300


class Recounted(Refused):
    """There are more or fewer texts by now than the moderator was shown; `number` says how many."""

    def __init__(self, number: int) -> None:
        super().__init__(_("The number of texts has changed. Please look at it again."))
        self.number = number


def decide_text(wave: SurveyWave, text: SurveyText, decision: TextState, reason: str = "", *, by: Actor) -> bytes:
    """Show one text or not; a decision can be changed. The name of the act."""
    act = _recorded(wave, decision, reason, text.field, 1, by=by)
    table = _table()
    is_this = (table.c.key == text.key) & (table.c.state != decision)
    if not _write(wave, is_this, state=decision, reason=reason or None, act=act):
        raise Refused(_("Somebody has decided on this text already."))
    db.session.refresh(text)
    return act


def decide_texts(
    wave: SurveyWave, selection: Selection, decision: TextState, reason: str = "", *, number: int, by: Actor
) -> bytes:
    """The same for many: all that were selected. Refused where these are not as many as the moderator was shown."""
    if selection.state == decision:
        raise Refused(_("These texts are there already."), status=422)
    act = _recorded(wave, decision, reason, selection.field, number, by=by)
    written = _write(wave, selection.clause(wave), state=decision, reason=reason or None, act=act)
    if written != number:
        raise Recounted(written)
    return act


def take_back(wave: SurveyWave, act: bytes, *, by: Actor) -> int:
    """Let the texts of an act wait again, except those on which somebody has decided since. How many there were."""
    _wait_for_others(wave)
    audit.record("took back a decision", subject(wave), by=by, city_id=wave.city_id, act=act.hex())
    is_decided = _table().c.state != TextState.HELD
    number = _write(wave, is_decided & (_table().c.act == act), state=TextState.HELD, reason=None, act=None)
    if not number:
        raise Refused(_("This was taken back already, or somebody has decided anew."))
    return number


def _recorded(wave: SurveyWave, decision: TextState, reason: str, field: str, number: int, *, by: Actor) -> bytes:
    """The audit's row for an act on so many texts, and the name of the act."""
    if decision is TextState.REJECTED and (not reason or len(reason) > MAX_REASON or not is_plain(reason)):
        raise Refused(_("Please give a reason, on one line."), status=422)
    _wait_for_others(wave)
    act = secrets.token_bytes(16)
    detail = {"field": field, "texts": number, "reason": reason or None, "act": act.hex()}
    audit.record(f"{decision} texts", subject(wave), by=by, city_id=wave.city_id, **detail)
    return act


def _wait_for_others(wave: SurveyWave) -> None:
    """Let other moderators, and the sealing that writes all texts anew, end first. Nobody's answer waits for this."""
    table = Consultation.__table__
    db.session.execute(select(table.c.id).where(table.c.id == wave.id).with_for_update(key_share=True))


def _write(wave: SurveyWave, which: ColumnElement[bool], **values: Any) -> int:
    """In one statement, so that of two moderators one decides. How many rows it changed."""
    table = _table()
    ours = (table.c.city_id == wave.city_id) & (table.c.wave_id == wave.id)
    return db.session.connection().execute(update(table).where(ours, which).values(**values)).rowcount


def _table() -> Table:
    return cast(Table, SurveyText.__table__)
