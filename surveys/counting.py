"""Counting many sheets, each in a few millionths of a second: the same counters as `surveys.tallies` gives."""

from array import array
from collections.abc import Callable, Hashable, Mapping
from typing import Any

import numpy as np

from surveys.logic.ways import Shown
from surveys.questionnaire import Kind, Question
from surveys.tallies import Counted, of_question, rounded

REMEMBERED = 20_000
"""So many different answers to one question are remembered."""

WAITING = 20_000


class Memory:
    """Which counters sheets raise, each counter by a short number: most answers were given by others before.

    Over many sheets this takes a tenth of the time that `counted` takes.
    """

    def __init__(self) -> None:
        self._numbers: dict[Counted, int] = {}
        self._known: dict[int, Known] = {}
        self._plans: dict[int, tuple[Shown, Plan]] = {}

    @property
    def keys(self) -> list[Counted]:
        """The counters in the order of their numbers."""
        return list(self._numbers)

    def raised(self, shown: Shown, answers: Mapping[str, Any]) -> list[int]:
        """The numbers of what `counted` gives. It is quick where sheets share the tuple of what is shown."""
        found: list[int] = []
        for question, code, marked, known in self._plan(shown):
            value = answers.get(code)
            mark = None if value is None else marked(value)
            try:
                found += known[mark]
            except KeyError:
                found += self._learnt(question, value, mark, known)
        return found

    def _plan(self, shown: Shown) -> "Plan":
        kept = self._plans.get(id(shown))
        if kept is not None and kept[0] is shown:
            return kept[1]
        plan = [
            (question, question.code, MARKS.get(question.kind, _itself), self._known.setdefault(id(question), {}))
            for _section, question in shown
            if question.kind is not Kind.NOTE
        ]
        if len(self._plans) < REMEMBERED:
            self._plans[id(shown)] = (shown, plan)
        return plan

    def _learnt(self, question: Question, value: Any, mark: Hashable, known: "Known") -> tuple[int, ...]:
        keys = of_question(question, value)
        numbers = tuple(self._numbers.setdefault(key, len(self._numbers)) for key in keys)
        if len(known) < REMEMBERED:
            known[mark] = numbers
        return numbers


Known = dict[Hashable, tuple[int, ...]]
Mark = Callable[[Any], Hashable]
Plan = list[tuple[Question, str, Mark, Known]]
"""For each shown question: its code, how its answers are told apart, and what those raise that are known."""


def _itself(value: Any) -> Hashable:
    mark: Hashable = value
    return mark


def _alike(_value: Any) -> Hashable:
    return True


MARKS: dict[Kind, Mark] = {
    Kind.NUMBER: rounded,
    Kind.DATE: lambda value: str(value[:7]),
    Kind.MULTIPLE: tuple,
    Kind.RANKING: tuple,
    Kind.MATRIX: lambda value: tuple(value.items()),
    Kind.STATEMENTS: lambda value: tuple(value.items()),
    Kind.PLACE: lambda value: str(value["district"]),
    Kind.LINE: _alike,
    Kind.TEXT: _alike,
    Kind.FILE: _alike,
}
"""By kind, all of an answer that its counters depend on; of other kinds it is the answer itself."""


class Sums:
    """How often each number came. New ones wait until there are many, since counting many at once is quick."""

    def __init__(self) -> None:
        self._waiting = array("q")
        self._counts = np.zeros(0, dtype=np.int64)

    def add(self, numbers: list[int]) -> None:
        self._waiting.extend(numbers)
        if len(self._waiting) > WAITING:
            self._settle()

    def named(self, keys: list[Counted]) -> dict[Counted, int]:
        """By counter, those that came at all."""
        self._settle()
        return {keys[number]: int(self._counts[number]) for number in np.flatnonzero(self._counts)}

    def _settle(self) -> None:
        found = np.bincount(np.frombuffer(self._waiting, dtype=np.int64), minlength=len(self._counts))
        found[: len(self._counts)] += self._counts
        self._counts, self._waiting = found, array("q")
