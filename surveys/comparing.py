"""Wave against wave: the same questions, asked of different people at different times.

Questions are compared where both waves asked exactly the same, by code and version. Every share and every score is
tested for a difference; p is adjusted for all of these tests together (Holm), so that some do not differ by luck.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import Select, func, or_, select

from citizen.core.db import db
from citizen.participation.models import ResultsRule, State
from citizen.participation.statistics import in_state
from insights.differences import Difference, holm, of_proportions, of_scores
from surveys import statistics
from surveys.models import SurveyWave
from surveys.statistics import Result
from surveys.statistics.found import QuestionFound
from surveys.statistics.measures import Measure, measures

LEVEL = 0.05


class Obstacle(StrEnum):
    """Why a question is not compared."""

    ONCE = "once"
    CHANGED = "changed"
    UNANSWERED = "unanswered"
    UNCOUNTED = "uncounted"


@dataclass(frozen=True)
class Compared:
    """One figure in each wave, None where that wave asked otherwise; and how far the last is from the first.

    `is_change` only where the interval leaves zero out and the adjusted p is below 0.05.
    """

    measures: tuple[Measure | None, ...]
    difference: Difference | None = None
    adjusted: float | None = None

    @property
    def measure(self) -> Measure:
        return next(one for one in self.measures if one is not None)

    @property
    def is_change(self) -> bool:
        if self.difference is None or self.adjusted is None:
            return False
        return not self.difference.holds_zero and self.adjusted < LEVEL


@dataclass(frozen=True)
class QuestionCompared:
    """A question that waves share: what was found in each, None where that wave asked otherwise; and its figures."""

    found: tuple[QuestionFound | None, ...]
    rows: tuple[Compared, ...]

    @property
    def question(self) -> QuestionFound:
        return next(found for found in reversed(self.found) if found is not None)


@dataclass(frozen=True)
class NotCompared:
    found: QuestionFound
    obstacle: Obstacle


@dataclass(frozen=True)
class Comparison:
    """`waves` in the order of time, with the number of sheets of each; `start` and `end` are places among them."""

    waves: tuple[SurveyWave, ...]
    sheets: tuple[int, ...]
    start: int
    end: int
    questions: tuple[QuestionCompared, ...]
    apart: tuple[NotCompared, ...]

    @property
    def tests(self) -> int:
        return sum(row.difference is not None for question in self.questions for row in question.rows)


def waves_to_compare(wave: SurveyWave, *, early: bool = False) -> list[SurveyWave]:
    """Waves of the same survey whose results the public sees, or for staff all that have opened; the first first."""
    return list(db.session.scalars(_waves(wave, early=early).order_by(SurveyWave.opens_at, SurveyWave.id)))


def number_of_waves(wave: SurveyWave, *, early: bool = False) -> int:
    return db.session.scalar(select(func.count()).select_from(_waves(wave, early=early).subquery())) or 0


def _waves(wave: SurveyWave, *, early: bool) -> Select[SurveyWave]:
    """The same truth as `may_see_results` for somebody who has not answered."""
    is_seen = or_(in_state(State.CLOSED), in_state(State.OPEN) & (SurveyWave.results == ResultsRule.ALWAYS))
    is_early = or_(in_state(State.CLOSED), in_state(State.OPEN))
    same = select(SurveyWave).where(SurveyWave.city_id == wave.city_id, SurveyWave.survey_id == wave.survey_id)
    return same.where(is_early if early else is_seen)


def chosen_places(waves: Sequence[SurveyWave], start: str, end: str) -> tuple[int, int] | None:
    """Places of the waves with these short names, the first and the last unless named. None for unknown names."""
    slugs = [wave.slug for wave in waves]
    if not slugs:
        return 0, 0
    places = [slugs.index(name) if name in slugs else None for name in (start or slugs[0], end or slugs[-1])]
    first, last = places
    return None if first is None or last is None or first > last else (first, last)


def compare(waves: Sequence[SurveyWave], start: int = 0, end: int = -1) -> Comparison:
    """The wave at `end` against the one at `start`, with all others beside them. Two waves at least."""
    results = [statistics.result(wave) for wave in waves]
    first, last = start % len(waves), end % len(waves)
    questions, apart = [], []
    for found in _shared(results, first, last):
        obstacle = _obstacle(results, found, first, last)
        if obstacle is None:
            questions.append(_compared(found, first, last))
        else:
            apart.append(NotCompared(next(one for one in reversed(found) if one is not None), obstacle))
    sheets = tuple(result.n for result in results)
    return Comparison(tuple(waves), sheets, first, last, tuple(_adjusted(questions)), tuple(apart))


def _shared(results: Sequence[Result], first: int, last: int) -> Iterator[list[QuestionFound | None]]:
    """Each question that the two waves asked, as each wave found it, by the newest wording that both had.

    Where they share none, by the newest wording of all. In the order of the last wave.
    """
    wordings = [{(one.question.code, one.question.version): one for one in _all_of(result)} for result in results]
    codes = dict.fromkeys(code for place in (last, first) for code, _version in wordings[place])
    for code in codes:
        in_both = wordings[first].keys() & wordings[last].keys()
        versions = [version for other, version in in_both if other == code]
        versions = versions or [version for found in wordings for other, version in found if other == code]
        yield [found.get((code, max(versions))) for found in wordings]


def _all_of(result: Result) -> Iterator[QuestionFound]:
    yield from result.questions
    for earlier in result.earlier.values():
        yield from earlier


def _obstacle(
    results: Sequence[Result], found: Sequence[QuestionFound | None], first: int, last: int
) -> Obstacle | None:
    one, other = found[first], found[last]
    if one is None or other is None:
        code = next(each.question.code for each in found if each is not None)
        asked = [any(each.question.code == code for each in _all_of(results[place])) for place in (first, last)]
        return Obstacle.CHANGED if all(asked) else Obstacle.ONCE
    if not measures(other):
        return Obstacle.UNCOUNTED
    return None if one.base and other.base else Obstacle.UNANSWERED


def _compared(found: Sequence[QuestionFound | None], first: int, last: int) -> QuestionCompared:
    measured = [{one.code: one for one in measures(each)} if each else {} for each in found]
    codes = dict.fromkeys(code for place in (last, first) for code in measured[place])
    rows = (_row([by_code.get(code) for by_code in measured], first, last) for code in codes)
    return QuestionCompared(tuple(found), tuple(rows))


def _row(across: Sequence[Measure | None], first: int, last: int) -> Compared:
    return Compared(tuple(across), _difference(across[first], across[last]))


def _difference(before: Measure | None, after: Measure | None) -> Difference | None:
    """How far the later figure lies above the earlier one."""
    if before is None or after is None or not after.is_tested:
        return None
    if after.count is not None and before.count is not None:
        return of_proportions(after.count, after.base, before.count, before.base)
    if None in (after.value, after.error, before.value, before.error):
        return None
    return of_scores(after.value, after.error, before.value, before.error)  # type: ignore[arg-type]


def _adjusted(questions: Iterable[QuestionCompared]) -> Iterator[QuestionCompared]:
    """With every p adjusted for all tests on the page."""
    asked = list(questions)
    tested = [row.difference.p for question in asked for row in question.rows if row.difference]
    ps = iter(holm(tested))
    for question in asked:
        rows = tuple(replace(row, adjusted=next(ps)) if row.difference else row for row in question.rows)
        yield replace(question, rows=rows)
