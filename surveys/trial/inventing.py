"""Invents a filled-in questionnaire: plausible answers, along the logic, the same ones for the same random numbers."""

import hashlib
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import Any

from flask_babel import gettext as _

from citizen.core import clock
from surveys.logic.expressions import holds
from surveys.logic.path import follow
from surveys.questionnaire import AGREEMENT, DONT_KNOW, OTHER, Kind, OptionRole, Question, Questionnaire

TRIES = 30
"""How often an answer is invented anew because it does not pass the question's own checks."""

LEFT_OUT, DOES_NOT_KNOW, ALONE = 0.08, 0.05, 0.1
"""How often somebody leaves a question out, does not know, or chooses what excludes all others."""

YEARS = 20
USUAL_RANGE = 100


def invented_values(
    questionnaire: Questionnaire, random: Random, districts: Sequence[str], *, today: date | None = None
) -> dict[str, Any]:
    """The values of one sheet, as `surveys.sheets.checking.check` takes them.

    Only what is shown is answered. What cannot be answered is left out, and the check then says so.
    """
    sheet = _Sheet(questionnaire, random, districts, today or clock.now().date())
    follow(questionnaire, sheet, sheet.today)
    return sheet.values_so_far


class _Sheet(Mapping[str, Any]):
    """Invents each answer at the moment when the path asks for it, so that nothing hidden is ever answered."""

    def __init__(self, questionnaire: Questionnaire, random: Random, districts: Sequence[str], today: date) -> None:
        self.not_asked = {question.code: question for question in questionnaire.questions}
        self.values_so_far: dict[str, Any] = {}
        self.random, self.districts, self.today = random, districts, today

    def __getitem__(self, code: str) -> Any:
        question = self.not_asked.pop(code, None)
        if question is not None and (question.is_required or self.random.random() > LEFT_OUT):
            self._answer(question)
        return self.values_so_far[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_so_far)

    def __len__(self) -> int:
        return len(self.values_so_far)

    def _answer(self, question: Question) -> None:
        value = self._passing_value(question)
        if value is None:
            return
        self.values_so_far[question.code] = value
        chosen = value if isinstance(value, list) else [value]
        if any(code in chosen for code in question.options_as(OptionRole.OTHER)):
            self.values_so_far[f"{question.code}.{OTHER}"] = self.random.choice(_texts())

    def _passing_value(self, question: Question) -> Any:
        """One that passes the question's own checks; after many tries, one that does not."""
        value = self._value(question)
        for _attempt in range(TRIES if question.checks else 0):
            answers = {**self.values_so_far, question.code: value}
            if all(holds(check.that, answers, self.today) for check in question.checks):
                break
            value = self._value(question)
        return value

    def _value(self, question: Question) -> Any:
        if question.has_dont_know and self.random.random() < DOES_NOT_KNOW:
            return DONT_KNOW
        if question.kind is Kind.PLACE:
            return {"district": self.random.choice(self.districts)} if self.districts else None
        if question.kind is Kind.DATE:
            return _day(question, self.random, self.today)
        return INVENTED[question.kind](question, self.random)


@lru_cache(maxsize=4096)
def _weights(code: str, count: int) -> tuple[float, ...]:
    """How much people like each of so many things, 1 to 6: different for each question, always the same for one."""
    tastes = (hashlib.sha256(f"{code}:{place}".encode()).digest()[0] for place in range(count))
    return tuple(1 + 5 * taste / 255 for taste in tastes)


def _preferred(random: Random, code: str, choices: Sequence[Any]) -> Any:
    return random.choices(choices, _weights(code, len(choices)))[0] if choices else None


def _several(random: Random, code: str, choices: Sequence[str], count: int) -> list[str]:
    """So many different ones, the dearer ones first: Efraimidis and Spirakis, IPL 97 (2006)."""
    weights = _weights(code, len(choices))
    drawn = [(random.random() ** (1 / weight), choice) for choice, weight in zip(choices, weights, strict=True)]
    return [choice for _key, choice in sorted(drawn, reverse=True)[:count]]


def _single(question: Question, random: Random) -> Any:
    plain = question.options_as(OptionRole.PLAIN)
    rare = [option.code for option in question.options if option.role is not OptionRole.PLAIN]
    return _preferred(random, question.code, rare if rare and (random.random() < ALONE or not plain) else plain)


def _multiple(question: Question, random: Random) -> list[str] | None:
    together = [o.code for o in question.options if o.role in {OptionRole.PLAIN, OptionRole.OTHER}]
    alone = [o.code for o in question.options if o.role in {OptionRole.NONE, OptionRole.DONT_KNOW}]
    if alone and (random.random() < ALONE or not together):
        return [random.choice(alone)]
    chosen = _several(random, question.code, together, _amount(question, random, len(together)))
    return [code for code in together if code in chosen] or None


def _ranking(question: Question, random: Random) -> list[str] | None:
    codes = [option.code for option in question.options]
    return _several(random, question.code, codes, _amount(question, random, len(codes))) or None


def _amount(question: Question, random: Random, available: int) -> int:
    most = min(question.most_chosen, available)
    return random.randint(min(max(1, question.choose_min), most), most)


def _rows(question: Question, random: Random) -> dict[str, str] | None:
    columns = AGREEMENT if question.kind is Kind.STATEMENTS else [option.code for option in question.options]
    answers = {
        row.code: _preferred(random, f"{question.code}.{row.code}", columns)
        for row in question.rows
        if columns and (question.is_required or random.random() > LEFT_OUT)
    }
    return answers or None


def _point(question: Question, random: Random) -> int | None:
    points = question.scale
    if not points:
        return None
    favourite = points[0] + (len(points) - 1) * (0.3 + 0.1 * (_weights(question.code, 1)[0] - 1))
    return round(min(max(random.gauss(favourite, len(points) / 4), points[0]), points[-1]))


def _number(question: Question, random: Random) -> float | int | None:
    """On the grid of its decimals; no number where none lies between the bounds."""
    step = 10**question.decimals
    most = question.most if question.most is not None else max(USUAL_RANGE, (question.least or 0) + USUAL_RANGE)
    least = question.least if question.least is not None else min(0, most - USUAL_RANGE)
    low, high = math.ceil(least * step), math.floor(most * step)
    if low > high:
        return None
    value: int = min(max(round(random.triangular(low, high)), low), high)
    return value / step if question.decimals else value


def _day(question: Question, random: Random, today: date) -> str | None:
    first = date.fromisoformat(question.earliest) if question.earliest else None
    latest = date.fromisoformat(question.latest) if question.latest else max(today, first or today)
    earliest = first or latest.replace(year=max(1, latest.year - YEARS), month=1, day=1)
    days = (latest - earliest).days
    return (earliest + timedelta(days=random.randint(0, days))).isoformat() if days >= 0 else None


def _text(question: Question, random: Random) -> str:
    return random.choice(_texts())[: question.longest]


def _texts() -> list[str]:
    return [
        _("It works well for me."),
        _("It could be better in the evening."),
        _("I had to wait for a long time."),
        _("I do not know enough about this."),
    ]


def _file(question: Question, _random: Random) -> Mapping[str, str] | None:
    """Nobody hands in a file that is not asked for."""
    return {"name": "example.pdf", "file": "example"} if question.is_required else None


INVENTED: dict[Kind, Callable[[Question, Random], Any]] = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.RANKING: _ranking,
    Kind.MATRIX: _rows,
    Kind.STATEMENTS: _rows,
    Kind.SCALE: _point,
    Kind.NPS: _point,
    Kind.NUMBER: _number,
    Kind.LINE: _text,
    Kind.TEXT: _text,
    Kind.CONSENT: lambda _question, _random: True,
    Kind.FILE: _file,
    Kind.NOTE: lambda _question, _random: None,
}
