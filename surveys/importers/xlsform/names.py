"""What "${name}" stands for: the answers and calculations of an XLSForm, and their conditions (XPath) as our trees."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from surveys.importers.xlsform.xpath import dialect
from surveys.logic.expressions import DEEPEST, Expression
from surveys.logic.parsing import Unreadable, read
from surveys.questionnaire import Kind

SMART = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " "})
"""Quotes that word processors put in."""

MOST_PUT_IN = 300
"""How many parts the calculations may add to a condition, so that sums of sums cannot grow without end."""

TICKED = "OK"
"""The value of an acknowledged row."""


class Gone(Unreadable):
    """The condition looks at something that is no answer here; `name` says at what."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no answer {name!r}")
        self.name = name


@dataclass(frozen=True)
class Answer:
    """What became of a question: its code, that of its row in a table, and the codes of its choices by name."""

    code: str
    kind: Kind
    row: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def tree(self) -> Expression:
        return ["answer", self.code, self.row] if self.row else ["answer", self.code]


@dataclass
class Names:
    """Answers by the name that the file gives them, and the texts of calculations, which are put in where needed.

    `used` are the calculations that a condition needed, `unreadable` those that are none of ours.
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    calculations: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    unreadable: set[str] = field(default_factory=set)
    _read: dict[str, Expression] = field(default_factory=dict)
    _waiting: set[str] = field(default_factory=set)
    _added: int = 0

    def pipe(self, name: str) -> str | None:
        """How a text repeats this answer; None where it cannot, as it cannot a row of a table."""
        answer = self.answers.get(name)
        return answer.code if answer and not answer.row else None

    def condition(self, text: str, own: str = "") -> Expression:
        """The tree of a condition. `own` is the question that "." means. Raises Unreadable, or Gone."""
        self._added = 0
        return self._tree(text, own)

    def _tree(self, text: str, own: str) -> Expression:
        words = dialect(lambda name: self._refer(name, own))
        try:
            tree = read(text, words)
        except Gone:
            raise
        except Unreadable:
            tree = read(text.translate(SMART), words)
        by_place = {(answer.code, answer.row): answer for answer in self.answers.values()}
        return _Fitter(by_place).fitted(tree)

    def _refer(self, name: str, own: str) -> Expression:
        name = own if name == "." else name
        if name in self.answers:
            return self.answers[name].tree
        is_endless = name in self._waiting or len(self._waiting) > DEEPEST
        if name not in self.calculations or name in self.unreadable or is_endless:
            raise Gone(name)
        tree = self._calculated(name)
        self._added += _size(tree)
        if self._added > MOST_PUT_IN:
            raise Unreadable("calculations without end")
        self.used.add(name)
        return tree

    def _calculated(self, name: str) -> Expression:
        if name not in self._read:
            self._waiting.add(name)
            try:
                self._read[name] = self._tree(self.calculations[name], "")
            except Unreadable:
                self.unreadable.add(name)
                raise Gone(name) from None
            finally:
                self._waiting.discard(name)
        return self._read[name]


def _size(tree: Expression) -> int:
    return 1 + sum(_size(part) for part in tree[1:]) if isinstance(tree, list) else 1


class _Fitter:
    """Makes values that only XLSForm knows into ours: names of choices, "OK", the empty text, days in sums."""

    def __init__(self, answers: Mapping[tuple[str, str], Answer]) -> None:
        self.answers = answers

    def fitted(self, tree: Expression) -> Expression:
        if not isinstance(tree, list) or tree[0] == "answer":
            return tree
        name, *parts = tree
        parts = [self.fitted(part) for part in parts]
        if name in {"=", "!=", "has"}:
            return self._compared(name, *parts)
        if name in {"+", "-", "*", "/"} and any(self._is_day(part) for part in parts):
            raise Unreadable("a sum of days")
        if name == "length" and self._kind(parts[0]) is Kind.NUMBER:
            raise Unreadable("digits of a number")
        return [name, *parts]

    def _compared(self, name: str, one: Any, other: Any) -> Expression:
        if self._of(other) and not self._of(one) and name != "has":
            one, other = other, one
        answer = self._of(one)
        if other == "" and name != "has":
            return ["answered", one] if name == "!=" else ["not", ["answered", one]]
        if answer and answer.kind is Kind.CONSENT and other == TICKED:
            return [name, one, True]
        if answer and isinstance(other, str | int | float) and not isinstance(other, bool):
            return [name, one, answer.choices.get(str(other), other)]
        return [name, one, other]

    def _of(self, tree: Expression) -> Answer | None:
        """The answer that the tree is."""
        if not isinstance(tree, list) or tree[0] != "answer":
            return None
        return self.answers.get((tree[1], tree[2] if len(tree) > 2 else ""))

    def _kind(self, tree: Expression) -> Kind | None:
        answer = self._of(tree)
        return answer.kind if answer else None

    def _is_day(self, tree: Expression) -> bool:
        is_written = isinstance(tree, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", tree) is not None
        return tree == ["today"] or is_written or self._kind(tree) is Kind.DATE
