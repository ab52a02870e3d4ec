"""From counters of a question to what was found. Every count passes through disclosure control here, and only here."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from flask_babel import gettext as _

from citizen.core.i18n import Text, localized
from insights import scales
from insights.disclosure import publishable_table
from insights.histograms import histogram
from insights.promoters import net_promoter_score
from insights.ranking import borda, schulze
from surveys.questionnaire import AGREEMENT, DONT_KNOW, Kind, Option, OptionRole, Question
from surveys.statistics.found import (
    Amounts,
    Bar,
    Choices,
    Consented,
    Days,
    Found,
    Label,
    Places,
    QuestionFound,
    Rank,
    Ranks,
    RowFound,
    Rows,
    Scale,
    Uncounted,
    Written,
)
from surveys.statistics.periods import periods
from surveys.tallies import ANSWERED, ASKED, Counted

Group = TypeVar("Group", bound=Hashable)
Counters = Mapping[Counted, int]
Names = Mapping[str, Label]
"""Names of districts by their codes, in the city's order."""

APART = {OptionRole.NONE: 1, OptionRole.OTHER: 2, OptionRole.DONT_KNOW: 3}


@dataclass(frozen=True)
class Counts:
    """The counters of one question, sorted by what they count."""

    asked: int
    answered: int
    unsure: int
    chosen: Mapping[str, int]
    rows: Mapping[str, Mapping[str, int]]
    places: Mapping[tuple[str, int, int], int]
    preferred: Mapping[tuple[str, str], int]

    @property
    def base(self) -> int:
        return max(self.answered - self.unsure, 0)

    def share(self, count: int) -> float:
        return count / self.base if self.base else 0.0


def by_question(counters: Counters) -> dict[tuple[str, int], dict[Counted, int]]:
    """The counters of each wording: by code and version."""
    found: dict[tuple[str, int], dict[Counted, int]] = defaultdict(dict)
    for key, n in counters.items():
        found[key.question, key.version][key] = n
    return found


def found_in(question: Question, groups: Mapping[Group, Counters], names: Names) -> dict[Group, QuestionFound]:
    """What each group of people answered to one wording of a question. `groups` hold its counters only."""
    return {group: _found(question, counters, names) for group, counters in publishable_table(groups).items()}


def _found(question: Question, counters: Counters, names: Names) -> QuestionFound:
    counts = _sorted(question, counters)
    found = FINDERS[question.kind](question, counts, names)
    return QuestionFound(question, counts.asked, counts.answered, counts.unsure, found)


def _sorted(question: Question, counters: Counters) -> Counts:
    chosen: dict[str, int] = defaultdict(int)
    rows: dict[str, dict[str, int]] = defaultdict(dict)
    places: dict[tuple[str, int, int], int] = {}
    preferred: dict[tuple[str, str], int] = {}
    for key, n in counters.items():
        if key.rival:
            preferred[key.choice, key.rival] = n
        elif key.place:
            places[key.choice, key.place, key.length] = n
        elif key.row:
            rows[key.row][key.choice] = n
        else:
            chosen[key.choice] += n
    unsure = sum(chosen.get(code, 0) for code in (DONT_KNOW, *question.options_as(OptionRole.DONT_KNOW)))
    return Counts(chosen.pop(ASKED, 0), chosen.pop(ANSWERED, 0), unsure, chosen, rows, places, preferred)


def label_of(option: Option) -> Label:
    """Its words, else those for its picture, else its code."""
    return localized(option.label) or localized(option.picture_alt) or option.code


def _choices(question: Question, counts: Counts, _names: Names) -> Choices:
    bars = [_option_bar(option, counts) for option in question.options]
    return Choices(tuple(sorted(bars, key=lambda bar: _order(bar, is_kept=question.is_ordered))))


def _option_bar(option: Option, counts: Counts) -> Bar:
    n = counts.chosen.get(option.code, 0)
    share = None if option.role is OptionRole.DONT_KNOW else counts.share(n)
    return Bar(option.code, label_of(option), n, share, option.role)


def _order(bar: Bar, *, is_kept: bool) -> tuple[int, int]:
    return APART.get(bar.role, 0), 0 if is_kept else -bar.count


def _ranks(question: Question, counts: Counts, _names: Names) -> Ranks:
    codes = [option.code for option in question.options]
    lengths: dict[int, int] = defaultdict(int)
    first: dict[str, int] = defaultdict(int)
    ranked: dict[str, int] = defaultdict(int)
    for (code, place, length), n in counts.places.items():
        ranked[code] += n
        if place == 1:
            first[code] += n
            lengths[length] += n
    known = {key: n for key, n in counts.places.items() if key[0] in set(codes)}
    points = borda(codes, known, lengths)
    ranks = [
        Rank(option.code, label_of(option), points[option.code], first[option.code], ranked[option.code])
        for option in question.options
    ]
    order = tuple(tuple(group) for group in schulze(codes, counts.preferred))
    return Ranks(tuple(sorted(ranks, key=lambda rank: -rank.points)), order)


def _matrix(question: Question, counts: Counts, _names: Names) -> Rows:
    """Columns that have no place in the order stand apart, as those for "I don't know" always do."""
    apart = [option.role is not OptionRole.PLAIN for option in question.options]
    if not question.is_ordered:
        apart = [option.role is OptionRole.DONT_KNOW for option in question.options]
    pairs = list(zip(question.options, apart, strict=True))
    columns = {option.code: label_of(option) for option, is_apart in pairs if not is_apart}
    return _rows(question, counts, columns, [option.code for option, is_apart in pairs if is_apart])


def _statements(question: Question, counts: Counts, _names: Names) -> Rows:
    return _rows(question, counts, dict(reversed(agreement().items())), ())


def agreement() -> dict[str, str]:
    """What can be said to a statement, from agreeing to disagreeing."""
    return dict(zip(AGREEMENT, (_("Agree"), _("Pass"), _("Disagree")), strict=True))


def _rows(question: Question, counts: Counts, columns: Mapping[str, Label], apart: Iterable[str]) -> Rows:
    is_ordered = question.is_ordered or question.kind is Kind.STATEMENTS
    ends = scales.ends(len(columns)) if is_ordered else 0
    rows = []
    for row in question.rows:
        chosen = counts.rows.get(row.code, {})
        numbers = tuple(chosen.get(code, 0) for code in columns)
        unsure = sum(chosen.get(code, 0) for code in apart)
        found = RowFound(row.code, localized(row.label) or row.code, numbers, unsure)
        rows.append(_with_order(found, ends) if is_ordered else found)
    if is_ordered:
        rows.sort(key=lambda row: -row.high / row.base if row.base else 0.0)
    return Rows(tuple(columns), tuple(columns.values()), tuple(rows), is_ordered, ends)


def _with_order(row: RowFound, ends: int) -> RowFound:
    low, high = sum(row.counts[:ends]), sum(row.counts[len(row.counts) - ends :])
    return RowFound(row.code, row.label, row.counts, row.unsure, scales.middle(row.counts), low, high)


def _scale(question: Question, counts: Counts, _names: Names) -> Scale:
    given = {point: counts.chosen.get(str(point), 0) for point in question.scale}
    ends = scales.ends(len(given))
    bars = tuple(Bar(str(point), _point_label(question, point), n, counts.share(n)) for point, n in given.items())
    return Scale(
        bars=bars,
        mean=scales.mean(given),
        median=scales.median(given),
        score=net_promoter_score(given) if question.kind is Kind.NPS else None,
        high=sum(list(given.values())[len(given) - ends :]),
        ends=ends,
    )


def _point_label(question: Question, point: int) -> str:
    """The value, and at the ends what it means."""
    words: dict[int, Text] = {
        question.scale[0]: localized(question.low_label),
        question.scale[-1]: localized(question.high_label),
    }
    return f"{point} = {words[point]}" if words.get(point) else str(point)


def _amounts(_question: Question, counts: Counts, _names: Names) -> Amounts:
    given = {float(value): n for value, n in counts.chosen.items() if value != DONT_KNOW}
    quartiles = tuple(scales.quantile(given, part, 4) for part in (1, 2, 3))
    return Amounts(histogram(given), scales.mean(given), quartiles if None not in quartiles else None)  # type: ignore[arg-type]


def _days(_question: Question, counts: Counts, _names: Names) -> Days:
    return Days(tuple(Bar(code, code, n, counts.share(n)) for code, n in periods(counts.chosen).items()))


def _places(_question: Question, counts: Counts, names: Names) -> Places:
    known = {**{code: code for code in counts.chosen}, **names}
    bars = [
        Bar(code, label, counts.chosen.get(code, 0), counts.share(counts.chosen.get(code, 0)))
        for code, label in known.items()
    ]
    return Places(tuple(sorted(bars, key=lambda bar: -bar.count)))


def _consented(_question: Question, counts: Counts, _names: Names) -> Consented:
    return Consented(counts.answered, counts.answered / counts.asked if counts.asked else 0.0)


FINDERS: Mapping[Kind, Callable[[Question, Counts, Names], Found]] = {
    Kind.SINGLE: _choices,
    Kind.MULTIPLE: _choices,
    Kind.RANKING: _ranks,
    Kind.MATRIX: _matrix,
    Kind.STATEMENTS: _statements,
    Kind.SCALE: _scale,
    Kind.NPS: _scale,
    Kind.NUMBER: _amounts,
    Kind.DATE: _days,
    Kind.PLACE: _places,
    Kind.CONSENT: _consented,
    Kind.LINE: lambda question, _counts, _names: Written(question.code),
    Kind.TEXT: lambda question, _counts, _names: Written(question.code),
    Kind.FILE: lambda _question, _counts, _names: Uncounted(),
}
