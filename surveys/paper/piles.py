"""Piles of paper sheets as staff see them: which sheets there are, and what each waits for. Read-only."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from sqlalchemy import Select, func, select

from citizen.accounts.models import Membership, Role
from citizen.cities.models import City
from citizen.core.db import db
from surveys.models import PaperBatch, PaperEntry, SurveyWave
from surveys.paper.boxes import PaperForm, paper_form
from surveys.paper.comparing import differences
from surveys.paper.entering import Entry, entry_from
from surveys.questionnaire import Question
from surveys.versions import questionnaire_of

FIRST, SECOND, DECISION = 1, 2, 3
"""The readings of a sheet: by one person, by another, and what was decided between both."""


class SheetState(StrEnum):
    """What a sheet waits for."""

    HALF = "half"  # a second reading
    DIFFERENT = "different"  # a decision between two readings that differ
    READY = "ready"  # to be counted
    COUNTED = "counted"
    LATE = "late"  # nothing any more: it was not counted before the wave was sealed


@dataclass(frozen=True)
class PaperSheet:
    """One sheet with its readings by their number."""

    number: int
    entries: Mapping[int, PaperEntry]
    form: PaperForm
    is_double: bool

    def entry(self, reading: int) -> Entry:
        return entry_from(self.entries[reading].typed)

    @cached_property
    def differing(self) -> list[Question]:
        """The questions that two people read differently, whatever was decided since."""
        if not {FIRST, SECOND} <= self.entries.keys():
            return []
        return differences(self.form, self.entry(FIRST), self.entry(SECOND))

    @property
    def state(self) -> SheetState:
        if any(entry.is_counted for entry in self.entries.values()):
            return SheetState.COUNTED
        if not any(entry.typed for entry in self.entries.values()):
            return SheetState.LATE
        if DECISION in self.entries or not self.is_double:
            return SheetState.READY
        if SECOND not in self.entries:
            return SheetState.HALF
        return SheetState.DIFFERENT if self.differing else SheetState.READY

    @property
    def agreed(self) -> Entry:
        """What counts of a sheet that is ready."""
        return self.entry(DECISION if DECISION in self.entries else FIRST)


@dataclass(frozen=True)
class Pile:
    """A batch with its sheets, by number."""

    batch: PaperBatch
    form: PaperForm
    sheets: dict[int, PaperSheet]

    @cached_property
    def numbers(self) -> Counter[SheetState]:
        """How many sheets are in each state."""
        return Counter(sheet.state for sheet in self.sheets.values())

    def in_state(self, state: SheetState) -> list[PaperSheet]:
        return [sheet for sheet in self.sheets.values() if sheet.state is state]

    @property
    def next_number(self) -> int:
        """The number of the sheet that nobody has typed yet."""
        return max(self.sheets, default=0) + 1

    def next_to_read_again(self, person: int | None, *, alone: bool) -> int | None:
        """The first sheet that waits for a second reading, by somebody else than its first reader."""
        waiting = self.in_state(SheetState.HALF)
        return next((sheet.number for sheet in waiting if alone or sheet.entries[FIRST].by_id != person), None)


@dataclass(frozen=True)
class BatchRow:
    """A batch in a list: how many sheets were typed, and how many of them count."""

    batch: PaperBatch
    sheets: int
    counted: int


def batches_of(wave: SurveyWave) -> list[BatchRow]:
    """The wave's batches, the newest first."""
    batches = list(db.session.scalars(PaperBatch.of_wave(wave).order_by(PaperBatch.id.desc())))
    rows = _numbers([batch.id for batch in batches], wave)
    return [BatchRow(batch, *rows.get(batch.id, (0, 0))) for batch in batches]


def pile_of(batch: PaperBatch, wave: SurveyWave) -> Pile:
    """All that was typed of a batch."""
    form = form_of(batch, wave)
    entries: dict[int, dict[int, PaperEntry]] = defaultdict(dict)
    for entry in db.session.scalars(_entries_of(batch)):
        entries[entry.number][entry.reading] = entry
    sheets = {number: PaperSheet(number, found, form, batch.is_double) for number, found in entries.items()}
    return Pile(batch, form, sheets)


def sheet_of(batch: PaperBatch, wave: SurveyWave, number: int) -> PaperSheet:
    """One sheet; one without readings where nobody has typed it yet."""
    entries = db.session.scalars(_entries_of(batch).where(PaperEntry.number == number))
    return PaperSheet(number, {entry.reading: entry for entry in entries}, form_of(batch, wave), batch.is_double)


def form_of(batch: PaperBatch, wave: SurveyWave) -> PaperForm:
    """What is printed on the batch's sheets."""
    return paper_form(questionnaire_of(wave, batch.version), wave.city)


def uncounted_sheets(city: City) -> dict[int, int]:
    """How many sheets were typed and not counted yet, by the wave's id."""
    sheet = select(PaperEntry.batch_id, PaperEntry.number).filter_by(city_id=city.id, is_counted=False).distinct()
    typed = sheet.subquery()
    query = select(PaperBatch.wave_id, func.count()).join(typed, typed.c.batch_id == PaperBatch.id)
    return {wave: int(n) for wave, n in db.session.execute(query.group_by(PaperBatch.wave_id))}


def is_alone(city: City) -> bool:
    """True where nobody else could read a sheet for the second time."""
    roles = [Role.ADMIN, Role.EDITOR]
    query = (
        select(func.count()).select_from(Membership).where(Membership.city_id == city.id, Membership.role.in_(roles))
    )
    return (db.session.scalar(query) or 0) < 2


def _entries_of(batch: PaperBatch) -> Select[PaperEntry]:
    query = select(PaperEntry).filter_by(city_id=batch.city_id, batch_id=batch.id)
    return query.order_by(PaperEntry.number, PaperEntry.reading)


def _numbers(ids: list[int], wave: SurveyWave) -> dict[int, tuple[int, int]]:
    """Sheets and counted sheets, by batch."""
    sheet, is_counted = PaperEntry.number, PaperEntry.is_counted
    counted = func.count(func.distinct(sheet)).filter(is_counted)
    query = select(PaperEntry.batch_id, func.count(func.distinct(sheet)), counted)
    query = query.where(PaperEntry.city_id == wave.city_id, PaperEntry.batch_id.in_(ids)).group_by(PaperEntry.batch_id)
    return {batch: (int(all_), int(done)) for batch, all_, done in db.session.execute(query)}
