"""The figures of a question that can stand beside those of other people: of groups, or of another wave."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from citizen.core.i18n import quoted
from surveys.statistics.found import (
    Amounts,
    Choices,
    Consented,
    Label,
    Places,
    QuestionFound,
    Ranks,
    Rows,
    Scale,
)


@dataclass(frozen=True)
class Measure:
    """Either `count` people of `base`, or a `value`, with its standard error where it has one.

    `is_tested`: waves are tested for a difference in it. What follows from other measures of its question is not.
    """

    code: str
    label: Label
    count: int | None = None
    base: int = 0
    value: float | None = None
    error: float | None = None
    is_tested: bool = True

    @property
    def share(self) -> float | None:
        return self.count / self.base if self.count is not None and self.base else None


def measures(found: QuestionFound) -> tuple[Measure, ...]:
    """In the order in which the question shows them; none of texts and days, which are only listed."""
    measure = MEASURES.get(type(found.found))
    return tuple(measure(found, found.found)) if measure else ()


def shares_of(found: QuestionFound) -> str:
    """What the measures of a question say, where their labels alone do not."""
    match found.found:
        case Rows(is_ordered=True) as rows:
            return _("Share who chose %(labels)s", labels=joined(rows.high_columns))
        case Ranks():
            return _("Share who put it in first place")
    return ""


def base_of(found: QuestionFound) -> int:
    """How many people the measures are of; rows of a matrix may have fewer."""
    return found.asked if isinstance(found.found, Consented) else found.base


def joined(labels: tuple[Label, ...]) -> str:
    """ "Rather good or very good"."""
    return _(" or ").join(quoted(label) for label in labels)


def _bars(found: QuestionFound, choices: Choices | Places) -> Iterator[Measure]:
    for bar in choices.bars:
        if bar.share is not None:
            yield Measure(bar.code, bar.label, bar.count, found.base)


def _ranks(found: QuestionFound, ranks: Ranks) -> Iterator[Measure]:
    for rank in ranks.ranks:
        yield Measure(rank.code, rank.label, rank.first, found.base)


def _rows(_found: QuestionFound, rows: Rows) -> Iterator[Measure]:
    if rows.is_ordered:
        yield from (Measure(row.code, row.label, row.high, row.base) for row in rows.rows)
        return
    for row in rows.rows:
        for place, (label, count) in enumerate(zip(rows.columns, row.counts, strict=True)):
            yield Measure(f"{row.code}.{place}", f"{row.label}: {label}", count, row.base)


def _scale(found: QuestionFound, scale: Scale) -> Iterator[Measure]:
    if scale.score:
        yield from _score(found, scale)
        return
    for bar in scale.bars:
        yield Measure(bar.code, bar.label, bar.count, found.base, is_tested=False)
    if scale.ends:
        highest = joined(tuple(bar.label for bar in scale.bars[-scale.ends :]))
        yield Measure("top", highest, scale.high, found.base)
    yield Measure("mean", _("Mean"), value=scale.mean, is_tested=False)
    yield Measure("median", _("Median"), value=scale.median, is_tested=False)


def _score(found: QuestionFound, scale: Scale) -> Iterator[Measure]:
    score = scale.score
    if score is None:
        return
    yield Measure("promoters", _("9 or 10"), score.promoters, found.base, is_tested=False)
    yield Measure("passives", _("7 or 8"), score.passives, found.base, is_tested=False)
    yield Measure("detractors", _("0 to 6"), score.detractors, found.base, is_tested=False)
    yield Measure("score", _("Score, −100 to 100"), value=score.points, error=score.standard_error)


def _amounts(_found: QuestionFound, amounts: Amounts) -> Iterator[Measure]:
    low, middle, high = amounts.quartiles or (None, None, None)
    yield Measure("median", _("Median"), value=middle, is_tested=False)
    yield Measure("low", _("A quarter gave at most"), value=low, is_tested=False)
    yield Measure("high", _("A quarter gave at least"), value=high, is_tested=False)
    yield Measure("mean", _("Mean"), value=amounts.mean, is_tested=False)


def _consented(found: QuestionFound, consented: Consented) -> Iterator[Measure]:
    yield Measure("yes", _("Agreed"), consented.count, found.asked)


MEASURES: Mapping[type, Callable[[QuestionFound, Any], Iterator[Measure]]] = {
    Choices: _bars,
    Places: _bars,
    Ranks: _ranks,
    Rows: _rows,
    Scale: _scale,
    Amounts: _amounts,
    Consented: _consented,
}
