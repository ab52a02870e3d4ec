"""From one sheet to the counters that it raises: the same for kept counters and for breakdowns."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from surveys.logic.path import Path
from surveys.questionnaire import Kind, Question

ASKED, ANSWERED = "#asked", "#answered"
"""Choices that no option can have: who saw the question, and who answered it."""


class Counted(NamedTuple):
    """The key of one counter, as in `SurveyTally`."""

    question: str
    version: int
    row: str = ""
    choice: str = ""
    rival: str = ""
    place: int = 0
    length: int = 0


def counted(path: Path) -> Iterator[Counted]:
    """Every counter that this sheet raises by one."""
    for question in path.questions:
        if question.kind is not Kind.NOTE:
            yield from of_question(question, path.answers.get(question.code))


def counters(keys: Iterable[Counted]) -> Counter[Counted]:
    return Counter(keys)


def of_question(question: Question, value: Any) -> Iterator[Counted]:
    """Every counter that this question raises where it was shown; `value` is None where it was not answered."""
    code, version = question.code, question.version
    yield Counted(code, version, "", ASKED)
    if value is None:
        return
    yield Counted(code, version, "", ANSWERED)
    if question.kind.has_rows:
        yield from (Counted(code, version, row, choice) for row, choice in value.items())
    elif question.kind is Kind.RANKING:
        yield from _ranked(question, value)
    else:
        yield from (Counted(code, version, "", choice) for choice in choices(question, value))


def choices(question: Question, value: Any) -> list[str]:
    """What was chosen, as counters name it; nothing where there is nothing to count but that it was answered."""
    if question.kind is Kind.MULTIPLE:
        return list(value)
    if question.kind is Kind.NUMBER:
        return [rounded(value)]
    if question.kind is Kind.DATE:
        return [value[:7]]
    if question.kind is Kind.PLACE:
        return [value["district"]]
    if question.kind is Kind.CONSENT:
        return ["yes"]
    return [str(value)] if question.kind in {Kind.SINGLE, Kind.SCALE, Kind.NPS} else []


def rounded(value: Any) -> str:
    """A number as its counter names it: exact below a thousand, else to three digits, so that counters stay few."""
    return str(value) if isinstance(value, str | int) and len(str(value)) < 4 else _three_digits(value)


def _three_digits(value: Any) -> str:
    if isinstance(value, str):
        return value
    return f"{float(f'{value:.3g}'):g}" if abs(value) < 1000 else str(int(float(f"{value:.3g}")))


def _ranked(question: Question, value: list[str]) -> Iterator[Counted]:
    """Each ranked option's place, and every pair in which it is preferred: ranked options beat unranked ones."""
    code, version = question.code, question.version
    rivals = {option.code for option in question.options}
    for place, choice in enumerate(value, start=1):
        rivals.discard(choice)
        yield Counted(code, version, "", choice, "", place, len(value))
        yield from (Counted(code, version, "", choice, rival) for rival in rivals)


def rows(keys: Mapping[Counted, int], place: Mapping[str, int]) -> list[dict[str, Any]]:
    """As rows of `SurveyTally`. `place` holds city_id and wave_id."""
    return [{**place, **key._asdict(), "n": n} for key, n in keys.items()]
