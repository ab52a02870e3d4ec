"""Reads conditions written as text into trees. Each way of writing them is a `Dialect`; the way of reading is one.

A precedence climber (V. Pratt, "Top down operator precedence", 1973), the same for our own syntax and for those of the
questionnaires that we import.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from surveys.logic.expressions import DEEPEST, Expression, fault_of

LONGEST = 5000
MOST_DIGITS = 15
"""Whole numbers with more are floats, or they would not fit where numbers are kept."""
MOST_OPEN = 3 * DEEPEST
"""How many brackets, signs and words may wait for their end; a level of a tree needs up to two."""


class Unreadable(ValueError):
    """The text is no condition that we know; the message says in English where it stops."""


@dataclass(frozen=True)
class Token:
    """A piece of the text: its kind (number, text, answer, word, sign or end) and where it begins."""

    kind: str
    text: str
    at: int


@dataclass(frozen=True)
class Dialect:
    """One way of writing conditions.

    `infix` and `prefix` map an operator as written (words in small letters) to our operation, or to what makes a tree
    of both sides, and how strongly it binds; `postfix` maps a word behind a value to what is made of the value.
    `functions` map a name to what makes a tree of the arguments; one of the name "[" makes it of a list in square
    brackets. `answer` matches a reference to an answer, whose first group goes to `refer`. `word` says what a bare
    word means. `escaped` matches the signs that a backslash in a text stands before; before others it is itself.
    """

    answer: str
    refer: Callable[[str], Expression]
    infix: Mapping[str, tuple[str | Callable[[Expression, Expression], Expression], int]]
    prefix: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    postfix: Mapping[str, Callable[[Expression], Expression]] = field(default_factory=dict)
    functions: Mapping[str, Callable[..., Expression]] = field(default_factory=dict)
    word: Callable[[str], Expression] | None = None
    name: str = r"[A-Za-z_][\w-]*"
    escaped: str = "."

    def tokens(self, text: str) -> list[Token]:
        """The pieces of the text, and an end. Raises Unreadable at the first sign that fits nowhere."""
        patterns, found, at = self._patterns(), [], 0
        while at < len(text):
            kind, piece = _first_match(patterns, text, at)
            if piece is None:
                raise Unreadable(f"This sign was not expected at position {at + 1}: {text[at]!r}.")
            if kind != "space":
                named = next((group for group in piece.groups() if group), piece.group())
                found.append(Token(kind, named if kind == "answer" else piece.group(), at))
            at = piece.end()
        return [*found, Token("end", "", at)]

    def _patterns(self) -> dict[str, re.Pattern[str]]:
        signs = {sign for sign in (*self.infix, *self.prefix) if not sign[0].isalpha()} | {"(", ")", ","}
        signs |= {"[", "]"} if "[" in self.functions else set()
        listed = "|".join(re.escape(sign) for sign in sorted(signs, key=len, reverse=True))
        written = {
            "space": r"\s+",
            "answer": f"(?:{self.answer})",
            "text": r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""",
            "number": r"\d{1,310}(?:\.\d{1,340})?",
            "word": self.name,
            "sign": listed,
        }
        return {kind: re.compile(pattern) for kind, pattern in written.items()}


def _first_match(patterns: Mapping[str, re.Pattern[str]], text: str, at: int) -> tuple[str, re.Match[str] | None]:
    matches = ((kind, pattern.match(text, at)) for kind, pattern in patterns.items())
    return next(((kind, match) for kind, match in matches if match and match.group()), ("", None))


def read(text: str, dialect: Dialect) -> Expression:
    """The tree that the text writes. Raises Unreadable with a sentence in English."""
    if len(text) > LONGEST:
        raise Unreadable("The condition is too long.")
    reader = _Reader(dialect, dialect.tokens(text))
    tree = reader.expression(0)
    if reader.current.kind != "end":
        raise Unreadable(f"This was not expected at position {reader.current.at + 1}: {reader.current.text!r}.")
    fault = fault_of(tree)
    if fault:
        raise Unreadable(fault)
    return tree


class _Reader:
    def __init__(self, dialect: Dialect, tokens: list[Token]) -> None:
        self.dialect, self.tokens, self.index, self.depth = dialect, tokens, 0, 0

    @property
    def current(self) -> Token:
        return self.tokens[self.index]

    def stands(self, sign: str) -> bool:
        """True where this sign comes next."""
        return self.current.kind == "sign" and self.current.text == sign

    def step(self) -> Token:
        token = self.current
        self.index += token.kind != "end"
        return token

    def expression(self, strength: int) -> Expression:
        self.depth += 1
        if self.depth > MOST_OPEN:
            raise Unreadable("The condition is nested too deeply.")
        left = self.value()
        while True:
            key = self.current.text.lower() if self.current.kind in {"word", "sign"} else ""
            if key in self.dialect.postfix:
                self.step()
                left = self.dialect.postfix[key](left)
            elif key in self.dialect.infix and self.dialect.infix[key][1] > strength:
                self.step()
                make, power = self.dialect.infix[key]
                right = self.expression(power)
                left = joined(make, left, right) if isinstance(make, str) else make(left, right)
            else:
                break
        self.depth -= 1
        return left

    def value(self) -> Expression:
        token = self.step()
        key = token.text.lower()
        if token.kind == "number":
            return int(token.text) if len(token.text) <= MOST_DIGITS and "." not in token.text else float(token.text)
        if token.kind == "text":
            return re.sub(rf"\\({self.dialect.escaped})", r"\1", token.text[1:-1])
        if token.kind == "answer":
            return self.dialect.refer(token.text)
        if token.kind in {"word", "sign"} and key in self.dialect.prefix:
            return self._prefixed(key)
        if token.kind == "sign" and token.text == "(":
            return self._closed(self.expression(0), ")")
        if token.kind == "sign" and token.text == "[":
            return self._call(token, "]")
        if token.kind == "word" and key not in self.dialect.infix and key not in self.dialect.postfix:
            return self._named(token)
        raise Unreadable(f"A value is missing at position {token.at + 1}.")

    def _prefixed(self, key: str) -> Expression:
        name, power = self.dialect.prefix[key]
        value = self.expression(power)
        if name == "-":
            return -value if type(value) in {int, float} else ["-", 0, value]
        return [name, value]

    def _named(self, token: Token) -> Expression:
        if self.stands("("):
            self.step()
            return self._call(token, ")")
        if self.dialect.word is None:
            raise Unreadable(f"Unknown word: {token.text!r}.")
        return self.dialect.word(token.text)

    def _call(self, token: Token, until: str) -> Expression:
        make = self.dialect.functions.get(token.text.lower())
        if make is None:
            raise Unreadable(f"The function {token.text!r} is not known here.")
        arguments: list[Any] = []
        while not self.stands(until):
            arguments.append(self.expression(0))
            if not self.stands(","):
                break
            self.step()
        self._closed(None, until)
        try:
            return make(*arguments)
        except TypeError:
            raise Unreadable(f"{token.text!r} takes another number of values.") from None

    def _closed(self, tree: Expression, until: str) -> Expression:
        if not self.stands(until):
            raise Unreadable(f"A closing bracket is missing at position {self.current.at + 1}.")
        self.step()
        return tree


def joined(name: str, left: Expression, right: Expression) -> Expression:
    """The operation on both; chains of "and" and of "or" stay flat."""
    if name in {"and", "or"} and isinstance(left, list) and left[0] == name:
        return [*left, right]
    return [name, left, right]
