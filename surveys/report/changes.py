"""Wave against wave in words: figures side by side, differences, and what may be said of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from citizen.core.i18n import localized, number
from citizen.participation.report import percent
from surveys.comparing import Compared, Comparison, NotCompared, Obstacle, QuestionCompared
from surveys.models import SurveyWave
from surveys.report.blocks import Cell
from surveys.report.tables import share_cell
from surveys.report.words import figure, people, period_words, plain_title, signed, title_of
from surveys.statistics.found import Label
from surveys.statistics.measures import Measure, base_of, shares_of

MOST_LINES = 3
"""So many lines of a chart can be told apart."""


@dataclass(frozen=True)
class ChangeRow:
    """One figure: its cell in each wave, how far the last is from the first, and whether that is a clear change."""

    label: Label
    cells: tuple[Cell, ...]
    difference: str
    interval: str
    is_change: bool


@dataclass(frozen=True)
class Lines:
    """A chart over waves: headings, and one row a wave, each figure as its text and its plain number."""

    reading: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True)
class ChangeBlock:
    """One question. `columns` are the waves, with how many people answered it there."""

    code: str
    title: Markup
    finding: str
    caption: str
    note: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[ChangeRow, ...]
    lines: Lines | None


@dataclass(frozen=True)
class ChangeReport:
    names: tuple[str, ...]
    start: str
    end: str
    blocks: tuple[ChangeBlock, ...]
    apart: tuple[tuple[Markup, str], ...]
    tests: int


def change_report(comparison: Comparison) -> ChangeReport:
    names = tuple(name_of(wave) for wave in comparison.waves)
    return ChangeReport(
        names=names,
        start=names[comparison.start],
        end=names[comparison.end],
        blocks=tuple(_block(question, names, comparison) for question in comparison.questions),
        apart=tuple((title_of(one.found.question), obstacle_words(one)) for one in comparison.apart),
        tests=comparison.tests,
    )


def name_of(wave: SurveyWave) -> str:
    """What staff called it, or the month in which it opened."""
    return str(localized(wave.name)) or period_words(f"{wave.opens_at:%Y-%m}")


def obstacle_words(one: NotCompared) -> str:
    return {
        Obstacle.ONCE: _("It was asked in only one of the two waves."),
        Obstacle.CHANGED: _("It was asked in other words, or with other answers."),
        Obstacle.UNANSWERED: _("Nobody answered it in one of the two waves."),
        Obstacle.UNCOUNTED: _("Texts, days and files cannot be compared in figures."),
    }[one.obstacle]


def _block(question: QuestionCompared, names: Sequence[str], comparison: Comparison) -> ChangeBlock:
    asked = question.question.question
    columns = tuple(
        (name, people(base_of(found)) if found else _("asked otherwise"))
        for name, found in zip(names, question.found, strict=True)
    )
    return ChangeBlock(
        code=asked.code,
        title=title_of(asked),
        finding=_finding(question, comparison),
        caption=plain_title(asked),
        note=shares_of(question.question),
        columns=columns,
        rows=tuple(_row(row) for row in question.rows),
        lines=_lines(question, names) if len(names) > 2 else None,
    )


def _row(row: Compared) -> ChangeRow:
    cells = tuple(_cell(measure) for measure in row.measures)
    if row.difference is None:
        return ChangeRow(row.measure.label, cells, "", "", is_change=False)
    factor = 100 if row.measure.count is not None else 1
    value, low, high = (
        signed(end * factor, 1) for end in (row.difference.value, row.difference.low, row.difference.high)
    )
    return ChangeRow(
        row.measure.label,
        cells,
        value,
        _("%(low)s to %(high)s", low=low, high=high),
        row.is_change,
    )


def _cell(measure: Measure | None) -> Cell:
    if measure is None:
        return Cell("–")
    return Cell(figure(measure.value)) if measure.count is None else share_cell(measure.count, measure.base)


def _finding(question: QuestionCompared, comparison: Comparison) -> str:
    changed = [row for row in question.rows if row.is_change]
    if not changed:
        return _("No clear change among those who answered.")
    changed.sort(key=lambda row: -abs(row.difference.value if row.difference else 0))
    said = [_change_words(row, comparison) for row in changed[:3]]
    return _("Change among those who answered: %(changes)s.", changes="; ".join(said))


def _change_words(row: Compared, comparison: Comparison) -> str:
    before, after = (row.measures[place] for place in (comparison.start, comparison.end))
    words = {"label": row.measure.label, "before": _said(before), "after": _said(after)}
    if row.difference and row.difference.value > 0:
        return _("“%(label)s” rose from %(before)s to %(after)s", **words)
    return _("“%(label)s” fell from %(before)s to %(after)s", **words)


def _said(measure: Measure | None) -> str:
    if measure is None:
        return "–"
    return figure(measure.value) if measure.share is None else percent(measure.share)


def _lines(question: QuestionCompared, names: Sequence[str]) -> Lines | None:
    """The shares that are largest in the last wave, over all waves; gaps where a wave asked otherwise."""
    shares = [row for row in question.rows if row.measure.count is not None]
    shown = sorted(shares, key=_latest, reverse=True)[:MOST_LINES]
    if not shown:
        return None
    rows = tuple((name, *(_point(row.measures[place]) for row in shown)) for place, name in enumerate(names))
    reading = _("The largest shares over %(waves)s waves, in per cent.", waves=number(len(names)))
    caption = _("Shares by wave: %(question)s", question=plain_title(question.question.question))
    return Lines(reading, caption, (_("Wave"), *(str(row.measure.label) for row in shown)), rows)


def _latest(row: Compared) -> float:
    return next((measure.share or 0.0 for measure in reversed(row.measures) if measure), 0.0)


def _point(measure: Measure | None) -> object:
    if measure is None or measure.share is None:
        return ""
    return {"text": percent(measure.share), "value": round(measure.share * 100, 1)}
