"""The table beside each picture, single figures, and what to know when reading them."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

from citizen.core.i18n import localized
from citizen.participation.report import number, percent
from surveys.questionnaire import Kind
from surveys.report.blocks import Cell, Grid, Table
from surveys.report.findings import with_unit
from surveys.report.words import bin_words, figure, period_words, plain_title, signed
from surveys.statistics.found import (
    Amounts,
    Choices,
    Consented,
    Days,
    Found,
    Label,
    Places,
    QuestionFound,
    Ranks,
    RowFound,
    Rows,
    Scale,
)

Row = tuple[object, ...]


def table_of(found: QuestionFound) -> Table | None:
    maker = TABLES.get(type(found.found))
    if maker is None or not found.base:
        return None
    columns, rows = maker(found, found.found)
    caption = _("Numbers: %(question)s", question=plain_title(found.question))
    return Table(caption, columns, rows, _foot(found))


def _foot(found: QuestionFound) -> Row | None:
    """The sum, where the rows add up to it."""
    is_sum = isinstance(found.found, Scale | Amounts | Days | Places) or found.question.kind is Kind.SINGLE
    return (_("All of them"), number(found.base), percent(1.0)) if is_sum else None


def _counted(name: str) -> tuple[str, ...]:
    return name, _("Number"), _("Share")


def _row(label: Label, count: int, share: float | None) -> Row:
    return label, number(count), "–" if share is None else percent(share)


def _bars(_found: QuestionFound, found: Choices | Scale) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    return _counted(_("Answer")), tuple(_row(bar.label, bar.count, bar.share) for bar in found.bars)


def _places(_found: QuestionFound, places: Places) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    return _counted(_("District")), tuple(_row(bar.label, bar.count, bar.share) for bar in places.bars)


def _days(_found: QuestionFound, days: Days) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    return _counted(_("Time")), tuple(_row(period_words(bar.code), bar.count, bar.share) for bar in days.bars)


def _amounts(found: QuestionFound, amounts: Amounts) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    name = str(localized(found.question.unit)) or _("Answer")
    is_whole = found.question.decimals == 0
    rows = tuple(_row(bin_words(b, is_whole=is_whole), b.n, b.n / found.base) for b in amounts.bins)
    return _counted(name), rows


def _consented(found: QuestionFound, consented: Consented) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    agreed = _row(_("Agreed"), consented.count, consented.share)
    return _counted(_("Answer")), (agreed, _row(_("Did not agree"), found.missing, 1 - consented.share))


def _ranks(_found: QuestionFound, ranks: Ranks) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    columns = (_("Answer"), _("Points"), _("Place in pairs"), _("First"), _("Ranked at all"))
    places = {code: place for place, group in enumerate(ranks.schulze, start=1) for code in group}
    rows = tuple(
        (rank.label, figure(rank.points), number(places[rank.code]), number(rank.first), number(rank.ranked))
        for rank in ranks.ranks
    )
    return columns, rows


def _rows(_found: QuestionFound, rows: Rows) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    own = (_("Middle answer"),) if rows.is_ordered else ()
    columns = (_("Row"), *(str(label) for label in rows.columns), *own, _("Answers"))
    return columns, tuple(_matrix_row(rows, row) for row in rows.rows)


def _matrix_row(rows: Rows, row: RowFound) -> Row:
    shares = (percent(count / row.base) if row.base else "–" for count in row.counts)
    middle = (_middle(rows, row),) if rows.is_ordered else ()
    return row.label, *shares, *middle, number(row.base)


def _middle(rows: Rows, row: RowFound) -> str:
    """The middle answer; both, where it lies between two."""
    if row.median is None:
        return "–"
    low, high = (str(rows.columns[place]) for place in row.median)
    return low if low == high else f"{low} / {high}"


TABLES: Mapping[type[Found], Callable[[QuestionFound, Any], tuple[tuple[str, ...], tuple[Row, ...]]]] = {
    Choices: _bars,
    Scale: _bars,
    Places: _places,
    Days: _days,
    Amounts: _amounts,
    Consented: _consented,
    Ranks: _ranks,
    Rows: _rows,
}


def grid_of(found: QuestionFound) -> Grid | None:
    """A matrix whose columns have no order: every row's shares, each as a bar in its cell."""
    rows = found.found
    if not isinstance(rows, Rows) or rows.is_ordered:
        return None
    return Grid(
        plain_title(found.question),
        tuple((label, "") for label in rows.columns),
        tuple((row.label, tuple(share_cell(count, row.base) for count in row.counts)) for row in rows.rows),
    )


def share_cell(count: int, base: int) -> Cell:
    if not base:
        return Cell("–")
    return Cell(percent(count / base), number(count), round(count / base * 100, 1))


def figures_of(found: QuestionFound) -> tuple[tuple[str, str], ...]:
    """Single figures beside a picture."""
    match found.found:
        case Scale(score=score) if score:
            points = _("%(points)s, on a scale from −100 to 100", points=signed(score.points, 1))
            error = _("%(points)s points", points=figure(score.standard_error))
            return (_("Score"), points), (_("Standard error of the score"), error)
        case Scale(mean=mean, median=median):
            return (_("Mean"), figure(mean, 2)), (_("Median"), figure(median))
        case Amounts(mean=mean, quartiles=quartiles) if quartiles:
            low, middle, high = (with_unit(found, value) for value in quartiles)
            half = _("%(low)s to %(high)s", low=low, high=high)
            return (_("Median"), middle), (_("The middle half"), half), (_("Mean"), with_unit(found, mean))
    return ()


def notes_of(found: QuestionFound) -> tuple[str, ...]:
    """What a reader has to know about this kind of result."""
    match found.found:
        case Choices() if found.question.kind is Kind.MULTIPLE:
            return (_("Each person could choose several answers. So the shares can add up to more than 100 per cent."),)
        case Ranks() as ranks:
            return _rank_notes(ranks)
        case Rows(is_ordered=True):
            text = _(
                "Each bar is one row. It lies around its middle: the further it reaches to one side, the more people "
                "chose an answer of that side."
            )
            return (text,)
        case Scale(score=score) if score:
            return _score_notes()
        case Amounts():
            text = _(
                "We keep numbers to three digits: 1,234 counts as 1,230. Groups between two numbers are equally wide."
            )
            return (text,)
    return ()


def _rank_notes(ranks: Ranks) -> tuple[str, ...]:
    labels = {rank.code: str(rank.label) for rank in ranks.ranks}
    order = " > ".join(" = ".join(labels[code] for code in group) for group in ranks.schulze)
    method = _(
        "How we count points (Borda count): the answer in first place gets the most. "
        "Answers that somebody did not rank share the rest. "
        "You can also compare every answer with every other one (Schulze method). Then the order is: %(order)s.",
        order=order,
    )
    points, pairs, first = ranks.winners
    if points == pairs == first:
        return (method,)
    return method, _("The ways to count do not agree on who stands first. So no single order is the right one.")


def _score_notes() -> tuple[str, ...]:
    return (
        _("The score is the share of 9 and 10 less the share of 0 to 6 (net promoter score)."),
        _(
            "The standard error says how far chance alone moves the score of so many people. "
            "It says nothing about people who did not answer."
        ),
    )
