"""Conditions and calculations as one tree of plain JSON, evaluated here and, by the same rules, in the browser.

A tree is a literal (text, number, true, false, null) or a list that begins with the name of an operation:
`["and", [">=", ["answer", "age"], 18], ["has", ["answer", "modes"], "bus"]]`. `["answer", code]` is the answer to a
question, `["answer", code, row]` that to one row of a matrix. What was not answered, or is not shown, is null.

Rules that both evaluators keep (tests/surveys/logic_cases.json holds them): null, "", 0, false and empty lists are not
true. A number equals a text that writes the same number. An order between things that cannot be ordered, or with
null, is false. Arithmetic with null, with a text that is no number, or by zero gives null.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import regex

Expression = Any
Value = Any
Answers = Mapping[str, Value]

MOST_PARTS = 500
DEEPEST = 30
LONGEST_MATCHED = 2000
MATCH_SECONDS = 0.05

ARITY: dict[str, tuple[int, int]] = {
    "answer": (1, 2),
    "and": (1, MOST_PARTS),
    "or": (1, MOST_PARTS),
    "not": (1, 1),
    "=": (2, 2),
    "!=": (2, 2),
    "<": (2, 2),
    "<=": (2, 2),
    ">": (2, 2),
    ">=": (2, 2),
    "has": (2, 2),
    "answered": (1, 1),
    "count": (1, 1),
    "length": (1, 1),
    "matches": (2, 2),
    "today": (0, 0),
    "+": (2, 2),
    "-": (2, 2),
    "*": (2, 2),
    "/": (2, 2),
}
"""The operations, with the least and the most that each may take."""


def evaluate(tree: Expression, answers: Answers, today: date) -> Value:
    """The value of a sound tree. `answers` by code; rows of a matrix as a mapping by row."""
    if not isinstance(tree, list):
        return tree
    name, *parts = tree
    if name == "answer":
        return _answer(answers, *parts)
    if name in {"and", "or"}:
        together = all if name == "and" else any
        return together(is_true(evaluate(part, answers, today)) for part in parts)
    if name == "today":
        return today.isoformat()
    return OPERATIONS[name](*(evaluate(part, answers, today) for part in parts))


def holds(tree: Expression, answers: Answers, today: date) -> bool:
    """True where the condition is met; a missing condition is always met."""
    return tree is None or is_true(evaluate(tree, answers, today))


def is_true(value: Value) -> bool:
    return bool(value)


def references(tree: Expression) -> Iterator[tuple[str, str | None]]:
    """The answers that the tree looks at: code, and row where it names one."""
    if isinstance(tree, list):
        if tree[0] == "answer":
            yield tree[1], tree[2] if len(tree) > 2 else None
            return
        for part in tree[1:]:
            yield from references(part)


def fault_of(tree: Expression, depth: int = 0) -> str | None:
    """Why this is no sound tree, in English for programs; None where it is."""
    if depth > DEEPEST:
        return "The condition is nested too deeply."
    if not isinstance(tree, list):
        is_plain = tree is None or isinstance(tree, str | int | float | bool)
        return None if is_plain else "A condition holds texts, numbers, true, false, null and lists only."
    return _fault_of_list(tree, depth)


def _fault_of_list(tree: list[Any], depth: int) -> str | None:
    if not tree or not isinstance(tree[0], str) or tree[0] not in ARITY:
        return f"Unknown operation: {tree[0] if tree else 'none'!r}."
    least, most = ARITY[tree[0]]
    if not least <= len(tree) - 1 <= most:
        return f"“{tree[0]}” takes {least} to {most} parts." if least != most else f"“{tree[0]}” takes {least} parts."
    if tree[0] == "answer":
        return None if all(isinstance(part, str) for part in tree[1:]) else "An answer is named by its code."
    if tree[0] == "matches" and not _is_pattern(tree[2]):
        return "This is no pattern that can be used."
    return next((fault for part in tree[1:] if (fault := fault_of(part, depth + 1))), None)


def _is_pattern(pattern: Value) -> bool:
    try:
        regex.compile(pattern)
    except (regex.error, TypeError):
        return False
    return True


def _answer(answers: Answers, code: str, row: str | None = None) -> Value:
    value = answers.get(code)
    if row is None:
        return value
    return value.get(row) if isinstance(value, Mapping) else None


def as_number(value: Value) -> float | None:
    """The number that a value is or writes; None for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return value
    if isinstance(value, str) and regex.fullmatch(r"\s*[-+]?(\d+\.?\d*|\.\d+)\s*", value, flags=regex.ASCII):
        return float(value)
    return None


def same(one: Value, other: Value) -> bool:
    """Equal as people mean it: 1 and "1" are; an empty list is nothing; one chosen thing is that thing."""
    one, other = _plain(one), _plain(other)
    if isinstance(one, int | float) != isinstance(other, int | float):
        numbers = as_number(one), as_number(other)
        return None not in numbers and numbers[0] == numbers[1]
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _plain(value: Value) -> Value:
    if isinstance(value, list) and len(value) == 1:
        return value[0]
    return None if value in ("", [], {}) else value


def _ordered(test: Callable[[Any, Any], bool]) -> Callable[[Value, Value], bool]:
    def compare(one: Value, other: Value) -> bool:
        numbers = as_number(one), as_number(other)
        if None not in numbers:
            return test(*numbers)
        return isinstance(one, str) and isinstance(other, str) and bool(one) and bool(other) and test(one, other)

    return compare


def _has(values: Value, wanted: Value) -> bool:
    if isinstance(values, Mapping):
        return any(same(value, wanted) for value in values.values())
    return any(same(value, wanted) for value in (values if isinstance(values, list) else [values]))


def _count(value: Value) -> int:
    if isinstance(value, list | Mapping):
        return len(value)
    return 0 if value in (None, "") else 1


def _matches(text: Value, pattern: str) -> bool:
    if not isinstance(text, str | int | float) or isinstance(text, bool):
        return False
    try:
        found = regex.search(pattern, str(text)[:LONGEST_MATCHED], timeout=MATCH_SECONDS)
    except TimeoutError:
        return False
    return found is not None


def _calculated(act: Callable[[float, float], float]) -> Callable[[Value, Value], float | None]:
    def calculate(one: Value, other: Value) -> float | None:
        numbers = as_number(one), as_number(other)
        if None in numbers:
            return None
        try:
            return act(*numbers)  # type: ignore[arg-type]
        except (ZeroDivisionError, OverflowError):
            return None

    return calculate


OPERATIONS: dict[str, Callable[..., Value]] = {
    "not": lambda value: not is_true(value),
    "=": same,
    "!=": lambda one, other: not same(one, other),
    "<": _ordered(operator.lt),
    "<=": _ordered(operator.le),
    ">": _ordered(operator.gt),
    ">=": _ordered(operator.ge),
    "has": _has,
    "answered": lambda value: value not in (None, "", [], {}),
    "count": _count,
    "length": lambda text: len(text) if isinstance(text, str) else 0,
    "matches": _matches,
    "+": _calculated(operator.add),
    "-": _calculated(operator.sub),
    "*": _calculated(operator.mul),
    "/": _calculated(operator.truediv),
}
