"""Conditions in the words of XLSForm (XPath 1.0), so that our reader makes the same trees of them."""

import re
from collections.abc import Mapping
from typing import Any

from surveys.importers.xlsform.names import TICKED
from surveys.importers.xlsform.xpath import ADD, ANCHORED, AND, ANYWHERE, EQUAL, MULTIPLY, OR, ORDER
from surveys.logic.expressions import Expression
from surveys.questionnaire import Kind

POWERS = {"or": OR, "and": AND, "=": EQUAL, "!=": EQUAL, "<": ORDER, "<=": ORDER, ">": ORDER, ">=": ORDER}
POWERS |= {"+": ADD, "-": ADD, "*": MULTIPLY, "/": MULTIPLY}
SIGNS = {"/": "div"}
FUNCTIONS = {"has": "selected", "count": "count-selected", "length": "string-length", "matches": "regex"}
DAY = re.compile(r"\d{4}-\d\d-\d\d")
LARGEST = 10**15


class Unsayable(ValueError):
    """XLSForm has no words for this condition."""


class Writer:
    """Writes trees. `names` are those of answers in the file, by code and row; `kinds` those of questions, by code."""

    def __init__(self, names: Mapping[tuple[str, str], str], kinds: Mapping[str, Kind]) -> None:
        self.names, self.kinds = names, kinds

    def written(self, tree: Expression, own: str = "") -> str:
        """The condition; the answer of the question `own` is ".". Raises Unsayable."""
        return self._tree(tree, 0, own)

    def part(self, tree: Expression, own: str) -> str:
        """The same as one of several conditions that are joined with "and"."""
        return self._tree(tree, AND, own)

    def _tree(self, tree: Expression, power: int, own: str) -> str:
        if not isinstance(tree, list):
            return _literal(tree)
        name, *parts = tree
        if name == "answer":
            return self._answer(*parts, own=own)
        if name == "answered":
            return _bracketed(f"{self._tree(parts[0], EQUAL, own)} != ''", is_needed=power >= EQUAL)
        if name in POWERS:
            return self._infix(name, parts, power, own)
        if name == "matches":
            parts = [parts[0], _pattern(parts[1])]
        return f"{FUNCTIONS.get(name, name)}({', '.join(self._tree(part, 0, own) for part in parts)})"

    def _infix(self, name: str, parts: list[Any], power: int, own: str) -> str:
        if name in {"=", "!="} and self._is_ticked(parts):
            return _bracketed(f"{self._tree(parts[0], EQUAL, own)} {name} '{TICKED}'", is_needed=power >= EQUAL)
        mine = POWERS[name]
        words = [self._tree(parts[0], mine - 1, own), *(self._tree(part, mine, own) for part in parts[1:])]
        return _bracketed(f" {SIGNS.get(name, name)} ".join(words), is_needed=power >= mine)

    def _is_ticked(self, parts: list[Any]) -> bool:
        one, other = parts
        is_consent = isinstance(one, list) and one[0] == "answer" and self.kinds.get(one[1]) is Kind.CONSENT
        return is_consent and other is True

    def _answer(self, code: str, row: str = "", *, own: str) -> str:
        if code == own and not row:
            return "."
        if (code, row) not in self.names:
            raise Unsayable
        return f"${{{self.names[code, row]}}}"


def _bracketed(text: str, *, is_needed: bool) -> str:
    return f"({text})" if is_needed else text


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return "true()" if value else "false()"
    if value is None:
        return "''"
    if isinstance(value, int | float):
        return number(value)
    quote = '"' if "'" in value else "'"
    if quote in value or "\\" in value[-1:]:
        raise Unsayable
    return f"date('{value}')" if DAY.fullmatch(value) else f"{quote}{value}{quote}"


def number(value: float) -> str:
    """A number as XPath writes it. Raises Unsayable for one that is too large or too small."""
    written = repr(value)
    if "e" in written or abs(value) >= LARGEST:
        raise Unsayable
    return written


def _pattern(pattern: Any) -> str:
    """ODK matches the whole text: a pattern that may stand anywhere says so."""
    if ANCHORED.fullmatch(pattern):
        return str(pattern)
    return str(pattern).join(ANYWHERE)
