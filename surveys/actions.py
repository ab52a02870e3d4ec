"""Taking a filled-in questionnaire. Nothing here commits."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Table, insert

from citizen.core import clock
from citizen.core.db import add_to_counters, db
from citizen.core.errors import Refused
from citizen.participation import actions as participation
from citizen.participation.actions import Outcome
from citizen.participation.identity import Participant
from surveys import rules, tallies
from surveys.models import SurveySheet, SurveyTally, SurveyText, SurveyWave
from surveys.questionnaire import OTHER
from surveys.sheets.checking import Checked

SEALED_TABLES = [SurveySheet, SurveyText]


class Incomplete(Refused):
    """Some answers are not right; `checked` has a sentence for each."""

    def __init__(self, checked: Checked) -> None:
        super().__init__(_("Some answers need another look."), status=422)
        self.checked = checked


def send_sheet(
    wave: SurveyWave,
    checked: Checked,
    key: str,
    *,
    by: Participant,
    began_at: datetime | None = None,
    version: int | None = None,
) -> Outcome:
    """Count the sheet unless one of this participant counts already. `version`: where an earlier one was answered.

    What was begun before the close is taken within the wave's grace. Whoever's reply was lost may send again later
    still, and hears what became of the sheet that arrived in time.
    """
    if checked.problems:
        raise Incomplete(checked)
    if not rules.is_taking_sheets(wave, began_at):
        earlier = participation.outcome_before(wave, key, checked.answers)
        if earlier is None:
            raise Refused(closed_sentence(wave))
        return earlier
    if not by.meets(wave):
        raise Refused(_("Please confirm your email address first."), status=403)
    return participation.take_part(wave, by, key, checked.answers, lambda: _write(wave, checked, version, by))


def ends_with_grace(wave: SurveyWave) -> datetime:
    """The last moment at which a sheet that was begun in time is taken."""
    return wave.ends_at + timedelta(minutes=wave.grace_minutes)


def closed_sentence(wave: SurveyWave) -> str:
    """Why no sheet is taken now."""
    if clock.now() < wave.opens_at:
        return _("This survey has not opened yet.")
    return _("This survey has closed. Your answers came too late to count.")


def _write(wave: SurveyWave, checked: Checked, version: int | None, by: Participant) -> None:
    connection = db.session.connection()
    place = {"city_id": wave.city_id, "wave_id": wave.id}
    answers, texts = split_texts(checked)
    sheet_id = secrets.token_bytes(16)
    sheet: dict[str, Any] = {"id": sheet_id, "version": version or wave.version, "answers": answers}
    sheet |= {"channel": by.channel, "assurance": int(by.assurance)}
    connection.execute(insert(_table(SurveySheet)), place | sheet)
    if texts:
        written = [
            place | {"sheet_id": sheet_id, "field": f, "text": text, "state": "held"} for f, text in texts.items()
        ]
        connection.execute(insert(_table(SurveyText)), written)
    raised = tallies.counters(tallies.counted(checked.path))
    add_to_counters(SurveyTally, tallies.rows(raised, place))


def split_texts(checked: Checked) -> tuple[dict[str, Any], dict[str, str]]:
    """The answers without what was written freely, and that by its field."""
    written = {question.code for question in checked.path.questions if question.kind.is_written}
    texts = {field: text for field, text in checked.answers.items() if field in written or field.endswith(f".{OTHER}")}
    return {code: value for code, value in checked.answers.items() if code not in texts}, texts


def _table(model: type[Any]) -> Table:
    table: Table = model.__table__
    return table
