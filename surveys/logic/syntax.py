"""Our own way of writing conditions: `{age} >= 18 and {modes} contains 'bus'`.

It is a part of what SurveyJS reads, so that conditions travel there unchanged.
"""

from decimal import Decimal
from typing import Any

from surveys.logic.expressions import Expression
from surveys.logic.parsing import Dialect, read

OR, AND, NOT, COMPARE, ADD, MULTIPLY, SIGN = range(1, 8)
"""How strongly operators bind."""

COMPARISONS = {"=": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=", "contains": "has"}
CALCULATIONS = {"+": ADD, "-": ADD, "*": MULTIPLY, "/": MULTIPLY}
WORDS = {"true": True, "false": False, "null": None}


def refer(name: str) -> Expression:
    """{q} is an answer, {q.row} that to one row."""
    code, dot, row = name.partition(".")
    return ["answer", code.strip(), row.strip()] if dot else ["answer", code.strip()]


def _word(text: str) -> Expression:
    """A bare word is a text, as in SurveyJS."""
    return WORDS.get(text, text)


PLAZA = Dialect(
    answer=r"\{([^{}]+)\}",
    refer=refer,
    infix={"or": ("or", OR), "and": ("and", AND)}
    | {sign: (name, COMPARE) for sign, name in COMPARISONS.items()}
    | {sign: (sign, power) for sign, power in CALCULATIONS.items()},
    prefix={"not": ("not", NOT), "-": ("-", SIGN)},
    postfix={"notempty": lambda value: ["answered", value], "empty": lambda value: ["not", ["answered", value]]},
    functions={
        "count": lambda value: ["count", value],
        "length": lambda value: ["length", value],
        "matches": lambda value, pattern: ["matches", value, pattern],
        "today": lambda: ["today"],
    },
    word=_word,
)


def parse(text: str) -> Expression:
    """The tree of a condition; None for an empty text. Raises Unreadable."""
    return read(text, PLAZA) if text.strip() else None


def write(tree: Expression) -> str:
    """The condition as text; `parse` gives a tree again that means the same, and the same tree where it made it."""
    return "" if tree is None else _write(tree, 0)


def _write(tree: Expression, strength: int) -> str:
    if not isinstance(tree, list):
        return _literal(tree, strength)
    name, *parts = tree
    if name == "answer":
        return "{" + ".".join(parts) + "}"
    if name == "answered":
        return f"{_write(parts[0], SIGN)} notempty"
    if name in {"count", "length", "matches", "today"}:
        return f"{name}({', '.join(_write(part, 0) for part in parts)})"
    if name == "not":
        return _negated(parts[0], strength)
    return _infix(name, parts, strength)


def _negated(part: Expression, strength: int) -> str:
    if isinstance(part, list) and part[0] == "answered":
        return f"{_write(part[1], SIGN)} empty"
    return _bracketed(f"not {_write(part, NOT)}", is_needed=strength >= NOT)


def _infix(name: str, parts: list[Any], strength: int) -> str:
    if len(parts) == 1:
        parts = [*parts, name == "and"]
    written = {"has": "contains"}.get(name, name)
    power = {"or": OR, "and": AND}.get(name) or CALCULATIONS.get(name, COMPARE)
    words = [_write(parts[0], power - 1), *(_write(part, power) for part in parts[1:])]
    return _bracketed(f" {written} ".join(words), is_needed=power <= strength)


def _bracketed(text: str, *, is_needed: bool) -> str:
    return f"({text})" if is_needed else text


def _literal(value: Any, strength: int) -> str:
    if isinstance(value, str):
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    if value is None or isinstance(value, bool):
        return {True: "true", False: "false", None: "null"}[value]
    return _bracketed(_number(value), is_needed=value < 0 and strength >= SIGN)


def _number(value: float) -> str:
    """Without an exponent, which the syntax does not have."""
    written = format(Decimal(repr(value)), "f")
    return written if isinstance(value, int) or "." in written else f"{written}.0"
