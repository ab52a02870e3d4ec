"""Conditions and calculations as one tree of plain JSON, evaluated here and, by the same rules, in the browser.

A tree is a literal (text, number, true, false, null) or a list that begins with the name of an operation:
`["and", [">=", ["answer", "age"], 18], ["has", ["answer", "modes"], "bus"]]`. `["answer", code]` is the answer to a
question, `["answer", code, row]` that to one row of a matrix. What was not answered, or is not shown, is null.

Rules that both evaluators keep (tests/surveys/logic_cases.json holds them): null, "", 0, false and empty lists are not
true. A number equals a text that writes the same number. An order between things that cannot be ordered, or with
null, is false. Arithmetic with null, with a text that is no number, or by zero gives null. Numbers are 64-bit floats,
texts are ordered and measured by code points, and patterns are those of `surveys.logic.patterns`.
"""

import math
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from citizen.core.texts import is_plain
from surveys.logic.patterns import Unusual, compiled, may_run_away

Expression = Any
Value = Any
Answers = Mapping[str, Value]

MOST_PARTS = 500
DEEPEST = 30
LONGEST_MATCHED = 2000
MATCH_SECONDS = 0.05
LARGEST_WHOLE = 2**53
"""Up to here a 64-bit float holds every whole number."""
SMALLEST_WRITTEN, LARGEST_WRITTEN = 1e-6, 1e21
WRITTEN_NUMBER = re.compile(r"\s*[-+]?(\d+\.?\d*|\.\d+)\s*", re.ASCII)

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
        return None if _is_literal(tree) else "A condition holds texts, numbers, true, false, null and lists only."
    return _fault_of_list(tree, depth)


def _is_literal(tree: Expression) -> bool:
    if isinstance(tree, float):
        return math.isfinite(tree)
    if isinstance(tree, str):
        return is_plain(tree, lines=True)
    return tree is None or (isinstance(tree, int) and abs(tree) <= LARGEST_WHOLE)


def _fault_of_list(tree: list[Any], depth: int) -> str | None:
    if not tree or not isinstance(tree[0], str) or tree[0] not in ARITY:
        return f"Unknown operation: {tree[0] if tree else 'none'!r}."
    least, most = ARITY[tree[0]]
    if not least <= len(tree) - 1 <= most:
        return f"“{tree[0]}” takes {least} to {most} parts." if least != most else f"“{tree[0]}” takes {least} parts."
    if tree[0] == "answer":
        is_named = all(isinstance(part, str) and part and is_plain(part) for part in tree[1:])
        return None if is_named else "An answer is named by its code."
    if tree[0] == "matches" and not _is_pattern(tree[2]):
        return "This is no pattern that can be used."
    if tree[0] == "matches" and may_run_away(tree[2]):
        return "In this pattern a repeat stands inside of a repeat. Checking it could take for ever."
    return next((fault for part in tree[1:] if (fault := fault_of(part, depth + 1))), None)


def _is_pattern(pattern: Value) -> bool:
    try:
        return isinstance(pattern, str) and compiled(pattern) is not None
    except Unusual:
        return False


def _answer(answers: Answers, code: str, row: str | None = None) -> Value:
    value = answers.get(code)
    if row is None:
        return value
    return value.get(row) if isinstance(value, Mapping) else None


def as_number(value: Value) -> float | None:
    """The number that a value is or writes; None for anything else, and for what no 64-bit float can hold."""
    if isinstance(value, str) and not WRITTEN_NUMBER.fullmatch(value):
        return None
    try:
        number = None if isinstance(value, bool) or not isinstance(value, int | float | str) else float(value)
    except OverflowError:
        return None
    return number if number is not None and math.isfinite(number) else None


def same(one: Value, other: Value) -> bool:
    """Equal as people mean it: 1 and "1" are; an empty list is nothing; one chosen thing is that thing."""
    one, other = _plain(one), _plain(other)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if _is_number(one) or _is_number(other):
        numbers = as_number(one), as_number(other)
        return None not in numbers and numbers[0] == numbers[1]
    return type(one) is type(other) and bool(one == other)


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _plain(value: Value) -> Value:
    value = value[0] if isinstance(value, list) and len(value) == 1 else value
    return value if is_answered(value) else None


def is_answered(value: Value) -> bool:
    """True for everything but null and what is empty."""
    return value not in (None, "", [], {})


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
    return len(value) if isinstance(value, list | Mapping) else int(is_answered(value))


def _matches(value: Value, pattern: str) -> bool:
    text = value if isinstance(value, str) else _written(as_number(value))
    try:
        return text is not None and _found(text, pattern)
    except TimeoutError:
        return False


def _found(text: str, pattern: str) -> bool:
    return compiled(pattern).search(text[:LONGEST_MATCHED], timeout=MATCH_SECONDS) is not None


def _written(number: float | None) -> str | None:
    """As people write it, "3" and "0.5"; None for numbers that nobody writes out."""
    if number is None or (number and not SMALLEST_WRITTEN <= abs(number) < LARGEST_WRITTEN):
        return None
    return format(Decimal(repr(number or 0.0)), "f").removesuffix(".0")


def _calculated(act: Callable[[float, float], float]) -> Callable[[Value, Value], float | None]:
    def calculate(one: Value, other: Value) -> float | None:
        left, right = as_number(one), as_number(other)
        if left is None or right is None:
            return None
        try:
            return as_number(act(left, right))
        except ZeroDivisionError:
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
    "answered": is_answered,
    "count": _count,
    "length": lambda text: len(text) if isinstance(text, str) else 0,
    "matches": _matches,
    "+": _calculated(operator.add),
    "-": _calculated(operator.sub),
    "*": _calculated(operator.mul),
    "/": _calculated(operator.truediv),
}
