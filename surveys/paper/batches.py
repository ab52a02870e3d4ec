"""Typing in paper sheets: making batches, keeping readings, deciding between two, counting once. Nothing here commits.

A sheet that is counted stands among all others like any answer. What was typed of it is wiped, so that its number says
no more than that it was counted.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from citizen.core import audit, clock
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.texts import is_plain
from citizen.participation.identity import Participant
from citizen.participation.models import Assurance, Channel, State
from citizen.participation.running import hold, subject
from surveys import rules
from surveys.actions import send_sheet
from surveys.models import PaperBatch, PaperEntry, SurveyWave
from surveys.paper.comparing import Choice, settled
from surveys.paper.entering import Entry, checked
from surveys.paper.piles import DECISION, FIRST, SECOND, PaperSheet, SheetState, is_alone, pile_of, sheet_of
from surveys.sheets.checking import Checked

MOST_SHEETS = 1000
"""In one batch: as many as a member of staff can keep an eye on."""

AT_ONCE = 250
"""How many sheets are counted in one go: while they are, whoever answers on the web waits for about a second."""

MAX_NAME = 80


class Undecided(Refused):
    """What was chosen between both readings cannot stand together."""


@dataclass(frozen=True)
class Tally:
    """What counting did: how many sheets it counted, how many are left, and which ones cannot stand any more."""

    counted: int
    left: int
    unsound: tuple[int, ...]


def make_batch(wave: SurveyWave, name: str, *, version: int, is_double: bool, by: Actor) -> PaperBatch:
    """A new pile. `version` is printed at the foot of its sheets."""
    _ensure_takes_paper(wave)
    if not name or len(name) > MAX_NAME or not is_plain(name):
        raise Refused(_("Please give the batch a name, on one line."), status=422)
    if not 1 <= version <= (wave.version or 0):
        raise Refused(_("There is no such version of the questionnaire."), status=422)
    batch = PaperBatch(city_id=wave.city_id, wave_id=wave.id, name=name, version=version, is_double=is_double)
    db.session.add(batch)
    db.session.flush()
    _record(wave, batch, "made a paper batch", by, version=version, double=is_double)
    return batch


def keep_reading(wave: SurveyWave, batch: PaperBatch, number: int, reading: int, entry: Entry, *, by: Actor) -> None:
    """Keep a sheet as this member of staff typed it; typing it again replaces their own reading."""
    _hold(batch)
    _ensure_takes_paper(wave)
    if batch.closed_at is not None:
        raise Refused(_("This batch is closed. Please open it again first."))
    if not 1 <= number <= MOST_SHEETS:
        raise Refused(_("Please number sheets from 1 to %(most)s.", most=MOST_SHEETS), status=422)
    sheet = sheet_of(batch, wave, number)
    ensure_may_read(wave, sheet, reading, by=by)
    row = sheet.entries.get(reading) or PaperEntry(
        city_id=batch.city_id, batch_id=batch.id, number=number, reading=reading
    )
    row.typed, row.by, row.by_id = entry.kept(), by.name, by.id
    db.session.add(row)
    db.session.flush()
    _record(wave, batch, "typed a paper sheet", by, sheet=number, reading=reading)


def ensure_may_read(wave: SurveyWave, sheet: PaperSheet, reading: int, *, by: Actor) -> None:
    """Raises Refused where this person may not give this reading of the sheet."""
    entries, number = sheet.entries, sheet.number
    if sheet.state is SheetState.COUNTED:
        raise Refused(_("Sheet %(number)s is counted. Its answers stand among all others now.", number=number))
    if reading > FIRST and FIRST not in entries:
        raise Refused(_("Nobody has typed sheet %(number)s yet. Please begin with that.", number=number))
    if reading == DECISION:
        return _ensure_read_twice(sheet)
    if DECISION in entries:
        raise Refused(_("Sheet %(number)s is decided already.", number=number))
    if reading in entries and entries[reading].by_id != by.id:
        raise Refused(_("Somebody else has typed sheet %(number)s. Please check the number.", number=number))
    if reading == SECOND and entries[FIRST].by_id == by.id and not is_alone(wave.city):
        raise Refused(_("You typed sheet %(number)s yourself. Another person has to read it again.", number=number))
    return None


def decide(
    wave: SurveyWave, batch: PaperBatch, number: int, choices: Mapping[str, Choice], today: date, *, by: Actor
) -> None:
    """Settle what two people read differently, and keep that as the reading that counts."""
    sheet = sheet_of(batch, wave, number)
    ensure_may_read(wave, sheet, DECISION, by=by)
    if any(question.code not in choices for question in sheet.differing):
        raise Undecided(_("Please choose one reading for each question."), status=422)
    entry = settled(sheet.form, sheet.entry(FIRST), sheet.entry(SECOND), choices)
    if checked(sheet.form, entry, today).problems:
        raise Undecided(_("These answers cannot stand together. Please type the sheet once more."), status=422)
    keep_reading(wave, batch, number, DECISION, entry, by=by)


def take_out(wave: SurveyWave, batch: PaperBatch, number: int, *, by: Actor) -> None:
    """Forget what was typed of a sheet: it was blank, or in the wrong pile."""
    _hold(batch)
    sheet = sheet_of(batch, wave, number)
    if not sheet.entries or sheet.state is SheetState.COUNTED:
        raise Refused(_("Sheet %(number)s is counted or not there.", number=number))
    place = {"city_id": batch.city_id, "batch_id": batch.id, "number": number}
    db.session.execute(delete(PaperEntry).filter_by(**place))
    _record(wave, batch, "took a paper sheet out", by, sheet=number)


def count_batch(wave: SurveyWave, batch: PaperBatch, today: date, *, by: Actor) -> Tally:
    """Count the next sheets that are ready, each once, however often and by how many people this is asked for.

    The wave is held, so that nobody's answer waits for a counter of ours while we wait for one of theirs.
    """
    hold(wave)
    _hold(batch)
    _ensure_takes_paper(wave)
    ready = pile_of(batch, wave).in_state(SheetState.READY)
    found = {sheet.number: checked(sheet.form, sheet.agreed, today) for sheet in ready}
    sound = [number for number, held in found.items() if not held.problems]
    for number in sound[:AT_ONCE]:
        _count(wave, batch, number, found[number])
    _wipe(batch, sound[:AT_ONCE])
    batch.counted_at = clock.now()
    counted = len(sound[:AT_ONCE])
    _record(wave, batch, "counted paper sheets", by, sheets=counted)
    return Tally(counted, len(sound) - counted, tuple(number for number in found if number not in sound))


def close_batch(wave: SurveyWave, batch: PaperBatch, *, by: Actor) -> None:
    """Nothing more is typed in."""
    _hold(batch)
    if batch.closed_at is not None:
        raise Refused(_("This batch is closed already."))
    batch.closed_at = clock.now()
    _record(wave, batch, "closed a paper batch", by)


def reopen_batch(wave: SurveyWave, batch: PaperBatch, *, by: Actor) -> None:
    _hold(batch)
    if batch.closed_at is None:
        raise Refused(_("This batch is open already."))
    batch.closed_at = None
    _record(wave, batch, "opened a paper batch again", by)


def why_no_paper(wave: SurveyWave) -> str:
    """Why no sheet on paper can be typed in or counted now; empty where it can."""
    if rules.may_count_paper(wave):
        return ""
    if not rules.takes_paper(wave):
        return _("This survey asks for a confirmed email address, so that sheets on paper cannot count.")
    if wave.state in {State.DRAFT, State.UPCOMING}:
        return _("This survey has not opened yet.")
    if wave.state is State.WITHDRAWN:
        return _("This survey is withdrawn.")
    if wave.sealed_at is not None:
        return _("This survey is sealed: nobody can tell any more who took part, so that nothing can be added.")
    return _("The time for late answers and paper is over.")


def _ensure_takes_paper(wave: SurveyWave) -> None:
    reason = why_no_paper(wave)
    if reason:
        raise Refused(reason)


def _ensure_read_twice(sheet: PaperSheet) -> None:
    if SECOND not in sheet.entries:
        raise Refused(_("Sheet %(number)s waits for a second reading.", number=sheet.number))


def _hold(batch: PaperBatch) -> None:
    """Keep everybody else from changing or counting the batch until this transaction ends."""
    table = PaperBatch.__table__
    db.session.execute(select(table.c.id).where(table.c.id == batch.id).with_for_update())
    db.session.refresh(batch)


def _count(wave: SurveyWave, batch: PaperBatch, number: int, found: Checked) -> None:
    """Sheets were filled in while the wave was open, whenever the post brought them."""
    key = _key(batch, number)
    person = Participant(f"open:{key}", Assurance.OPEN, Channel.PAPER)
    send_sheet(wave, found, key, by=person, began_at=wave.opens_at, version=batch.version)


def _wipe(batch: PaperBatch, numbers: list[int]) -> None:
    place = {"city_id": batch.city_id, "batch_id": batch.id}
    ours = update(PaperEntry).filter_by(**place).where(PaperEntry.number.in_(numbers))
    db.session.execute(ours.values(typed={}, is_counted=True))


def _key(batch: PaperBatch, number: int) -> str:
    """The sheet's idempotency key. Nobody who reads the database alone can make it."""
    secret = current_app.config["SECRET_KEY"].encode()
    return hmac.new(secret, f"paper:{batch.id}:{number}".encode(), hashlib.sha256).hexdigest()[:32]


def _record(wave: SurveyWave, batch: PaperBatch, verb: str, by: Actor, **detail: object) -> None:
    audit.record(verb, subject(wave), by=by, city_id=wave.city_id, batch=batch.id, **detail)
