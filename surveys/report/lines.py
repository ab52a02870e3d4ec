"""The counts of a question one by one, as files list them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from insights.histograms import Bin
from surveys.statistics.found import (
    Amounts,
    Choices,
    Consented,
    Days,
    Found,
    Places,
    QuestionFound,
    Ranks,
    Rows,
    Scale,
)


@dataclass(frozen=True)
class Line:
    """How many of `base` people gave an answer; to one row, where the question has rows."""

    answer: str
    text: str
    count: int
    base: int
    share: float | None
    row: str = ""
    row_text: str = ""


def lines(found: QuestionFound) -> Iterator[Line]:
    """In the order in which the page shows them; none of texts."""
    listed = LINES.get(type(found.found))
    return listed(found, found.found) if listed else iter(())


def _bars(found: QuestionFound, bars: Choices | Scale | Places | Days) -> Iterator[Line]:
    for bar in bars.bars:
        yield Line(bar.code, str(bar.label), bar.count, found.base, bar.share)


def _ranks(found: QuestionFound, ranks: Ranks) -> Iterator[Line]:
    """First places; points are no counts of people."""
    for rank in ranks.ranks:
        yield Line(rank.code, str(rank.label), rank.first, found.base, _part(rank.first, found.base))


def _rows(_found: QuestionFound, rows: Rows) -> Iterator[Line]:
    for row in rows.rows:
        for code, label, n in zip(rows.codes, rows.columns, row.counts, strict=True):
            yield Line(code, str(label), n, row.base, _part(n, row.base), row.code, str(row.label))


def _amounts(found: QuestionFound, amounts: Amounts) -> Iterator[Line]:
    for one in amounts.bins:
        yield Line(_edges(one), _edges(one), one.n, found.base, _part(one.n, found.base))


def _edges(found: Bin) -> str:
    """ "18..20": from 18 to less than 20. An open side has no number."""
    return "..".join("" if edge is None else f"{edge:.12g}" for edge in (found.low, found.high))


def _consented(found: QuestionFound, consented: Consented) -> Iterator[Line]:
    yield Line("yes", "yes", consented.count, found.asked, consented.share)


def _part(count: int, base: int) -> float | None:
    return count / base if base else None


LINES: Mapping[type[Found], Callable[[QuestionFound, Any], Iterator[Line]]] = {
    Choices: _bars,
    Scale: _bars,
    Places: _bars,
    Days: _bars,
    Ranks: _ranks,
    Rows: _rows,
    Amounts: _amounts,
    Consented: _consented,
}
