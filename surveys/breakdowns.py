"""Answers split by what people said elsewhere: counted in one pass over all sheets, and kept.

A split names a question whose answers make the groups ("district"), and perhaps whose answers alone are looked at
("district gender:f"). To look only at those who said one thing, without splitting them, is one group of that question's
own split. Groups hold the same counters as `SurveyTally`, so that the same statistics are made of them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, func, select, update

from citizen.core import clock
from citizen.core.db import db, insert_once
from citizen.participation.models import State
from surveys import tallies
from surveys.counting import Memory, Sums
from surveys.exporters.sheets import Sheet, stream_sheets
from surveys.files import without_files
from surveys.logic.ways import Shown, Ways
from surveys.models import SurveyBreakdown, SurveyWave
from surveys.questionnaire import Question, Questionnaire
from surveys.tallies import Counted
from surveys.versions import asked_versions

SMALL = 2000
"""So many sheets are counted while somebody waits; more are left to the worker."""

MOST_GROUPS = 60
MOST_WANTED = 40
AT_ONCE = 6
"""Splits that one pass counts together: few enough for memory, enough that a reader who tries several waits once."""

GROWTH = 0.02
"""An open wave is counted again once it has so many more sheets, as a share of those that were counted."""

EVERYBODY, NOBODY = "#all", "#none"
"""Groups that no answer can name: all together, and who did not answer the question by which is split."""


@dataclass(frozen=True)
class Split:
    """`by` is the code of a question. `only` is a code and a choice, where nobody else is looked at."""

    by: str
    only: tuple[str, str] | None = None

    def __str__(self) -> str:
        return f"{self.by} {':'.join(self.only)}" if self.only else self.by

    @classmethod
    def parsed(cls, text: str) -> "Split":
        by, _space, only = text.partition(" ")
        code, _colon, choice = only.partition(":")
        return cls(by, (code, choice) if only else None)


@dataclass(frozen=True)
class Group:
    """How many people, and their counters."""

    n: int
    counters: Mapping[Counted, int]


@dataclass(frozen=True)
class Breakdown:
    """What was counted over `n` sheets; a group that nobody is in is not there."""

    n: int
    groups: Mapping[str, Group]

    def group(self, name: str) -> Group:
        return self.groups.get(name, Group(0, {}))


def may_split(question: Question) -> bool:
    """By closed questions whose answers can stand beside each other."""
    return question.kind.is_closed and max(len(question.options), len(question.scale)) <= MOST_GROUPS


@dataclass(frozen=True)
class Standing:
    """How a split stands: over how many sheets it can be shown, and whether the worker should be asked to count it."""

    n: int | None
    is_due: bool


def standing(wave: SurveyWave, split: Split, sheets: int) -> Standing:
    """`sheets` is how many there are. A kept split of an open wave is due once much has come in since."""
    if sheets <= SMALL:
        return Standing(sheets, is_due=False)
    query = select(SurveyBreakdown.n, SurveyBreakdown.is_wanted).filter_by(**_place(wave), split=str(split))
    found = db.session.execute(query).first()
    if found is None or not found.n:
        return Standing(None, is_due=found is None or not found.is_wanted)
    most = found.n * (1 + GROWTH) if wave.state is State.OPEN else found.n
    return Standing(found.n, is_due=sheets > most and not found.is_wanted)


def breakdown_of(wave: SurveyWave, split: Split, sheets: int) -> Breakdown:
    """Counted now where there are few sheets, else as the worker counted it last."""
    if sheets <= SMALL:
        return count(Task.of(wave, [split]))[split]
    query = select(SurveyBreakdown.n, SurveyBreakdown.counters).filter_by(**_place(wave), split=str(split))
    found = db.session.execute(query).one()
    return _read(found.n, found.counters)


def ask_for(wave: SurveyWave, split: Split) -> None:
    """Have the worker count this split. Where very many are asked for already, whoever asks again later gets it."""
    table = cast(Table, SurveyBreakdown.__table__)
    insert_once(SurveyBreakdown, **_place(wave), split=str(split), n=0, counters={}, is_wanted=False)
    ours = (table.c.city_id == wave.city_id) & (table.c.wave_id == wave.id)
    waiting = select(func.count()).where(ours, table.c.is_wanted).scalar_subquery()
    wish = update(table).where(ours, table.c.split == str(split), waiting < MOST_WANTED)
    db.session.connection().execute(wish.values(is_wanted=True))


@dataclass(frozen=True)
class Task:
    """All that one pass needs. Nothing of it hangs on the session, whose transaction would keep others from writing."""

    wave: SurveyWave
    splits: tuple[Split, ...]
    questionnaires: Mapping[int, Questionnaire]
    today: date

    @classmethod
    def of(cls, wave: SurveyWave, splits: Iterable[Split]) -> "Task":
        asked = {number: without_files(found) for number, found in asked_versions(wave).items()}
        return cls(wave, tuple(splits), asked, clock.day_in(wave.city.time_zone))


def next_task() -> Task | None:
    """What somebody waits for: some splits of one wave. It ends the transaction in which it looked."""
    wanted = select(SurveyBreakdown.wave_id, SurveyBreakdown.split).where(SurveyBreakdown.is_wanted)
    rows = db.session.execute(wanted.order_by(SurveyBreakdown.wave_id, SurveyBreakdown.split).limit(AT_ONCE)).all()
    wave = db.session.get(SurveyWave, rows[0].wave_id) if rows else None
    splits = [Split.parsed(row.split) for row in rows if wave and row.wave_id == wave.id]
    task = Task.of(wave, splits) if wave else None
    if wave is not None:
        db.session.expunge(wave)
    db.session.rollback()
    return task


def keep(task: Task, found: Mapping[Split, Breakdown]) -> None:
    for split, breakdown in found.items():
        row = db.session.get_one(SurveyBreakdown, {**_place(task.wave), "split": str(split)})
        row.n, row.counters, row.is_wanted = breakdown.n, _written(breakdown), False


def count(task: Task) -> dict[Split, Breakdown]:
    """Go through all sheets once. Texts that were rejected are answers still.

    A condition on today's date is taken as of now, since nobody keeps on which day a sheet came.
    """
    memory, counts = Memory(), [_Count.of(split, task) for split in task.splits]
    ways = {number: Ways(questionnaire, task.today) for number, questionnaire in task.questionnaires.items()}
    for sheet in stream_sheets(task.wave, with_rejected=True):
        shown = ways[sheet.version].shown(sheet.answers)
        raised = memory.raised(shown, sheet.answers)
        for one in counts:
            one.add(sheet, shown, raised)
    return {one.split: one.breakdown(memory.keys) for one in counts}


@dataclass
class _Count:
    """The groups of one split while the sheets go by. `by` and `only` are its questions in each questionnaire."""

    split: Split
    by: Mapping[int, Question | None]
    only: Mapping[int, Question | None]
    sizes: Counter[str] = field(default_factory=Counter)
    groups: dict[str, Sums] = field(default_factory=dict)
    n: int = 0

    @classmethod
    def of(cls, split: Split, task: Task) -> "_Count":
        only = split.only[0] if split.only else ""
        return cls(split, _wordings(task, split.by), _wordings(task, only))

    def add(self, sheet: Sheet, shown: Shown, raised: list[int]) -> None:
        self.n += 1
        if self.split.only and self.split.only[1] not in _said(self.only[sheet.version], sheet, shown):
            return
        for name in (EVERYBODY, *_said(self.by[sheet.version], sheet, shown)):
            self.sizes[name] += 1
            if name not in self.groups:
                self.groups[name] = Sums()
            self.groups[name].add(raised)

    def breakdown(self, keys: list[Counted]) -> Breakdown:
        groups = {name: Group(self.sizes[name], sums.named(keys)) for name, sums in self.groups.items()}
        return Breakdown(self.n, groups)


def _wordings(task: Task, code: str) -> dict[int, Question | None]:
    """The question in each questionnaire; None where it is not asked, or otherwise than now."""
    now = task.questionnaires[task.wave.version or max(task.questionnaires)].question(code)
    asked = {number: questionnaire.question(code) for number, questionnaire in task.questionnaires.items()}
    return {number: q if q and now and q.version == now.version else None for number, q in asked.items()}


def _said(question: Question | None, sheet: Sheet, shown: Shown) -> list[str]:
    """The groups that somebody is in: one for each thing that they chose."""
    value = sheet.answers.get(question.code) if question else None
    if question is None or value is None or all(one is not question for _section, one in shown):
        return [NOBODY]
    return tallies.choices(question, value)


def _written(breakdown: Breakdown) -> dict[str, Any]:
    return {
        name: {"n": group.n, "counters": [[*key, n] for key, n in group.counters.items()]}
        for name, group in breakdown.groups.items()
    }


def _read(n: int, written: Mapping[str, Any]) -> Breakdown:
    groups = {
        name: Group(group["n"], {Counted._make(row[:-1]): row[-1] for row in group["counters"]})
        for name, group in written.items()
    }
    return Breakdown(n, groups)


def _place(wave: SurveyWave) -> dict[str, int]:
    return {"city_id": wave.city_id, "wave_id": wave.id}
