"""What the constraint of a question says: how many may be chosen, from where to where a number goes, or a check."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from surveys.logic.expressions import Expression
from surveys.questionnaire import MAX_OPTIONS, Kind, Option, OptionRole

FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
LONGEST_TEXT = 10_000
LARGEST = 1e15
EXCLUSIVE = {OptionRole.NONE, OptionRole.DONT_KNOW}
UNSURE = {"dk", "dont_know", "dontknow", "don_t_know", "weiss_nicht", "weiss_ich_nicht", "unsure", "98", "99"}
"""Codes of a second option that excludes the others; the first one is "none of these"."""


@dataclass
class Constraint:
    """`fields` of the question, `roles` of options by code, and the conditions that are left for a check."""

    fields: dict[str, Any] = field(default_factory=dict)
    roles: dict[str, OptionRole] = field(default_factory=dict)
    rest: list[Expression] = field(default_factory=list)


def all_of(trees: Iterable[Expression]) -> Expression:
    """One tree that holds where all do; None where there is none."""
    parts = [tree for tree in trees if tree is not None and tree is not True]
    flat = [inner for part in parts for inner in (part[1:] if _is(part, "and") else [part])]
    return parts[0] if len(parts) == 1 else ["and", *flat] if flat else None


def constraint_of(
    tree: Expression, own: Expression, kind: Kind, options: Sequence[Option], *, is_whole: bool
) -> Constraint:
    """The parts of the condition. `options` are the question's; `is_whole`: its number has no decimals."""
    reader = _Reader(own, kind, options, is_whole=is_whole)
    for part in tree[1:] if _is(tree, "and") else [tree]:
        if not reader.takes(part):
            reader.found.rest.append(part)
    return reader.found


def _is(tree: Expression, name: str) -> bool:
    return isinstance(tree, list) and bool(tree) and tree[0] == name


class _Reader:
    def __init__(self, own: Expression, kind: Kind, options: Sequence[Option], *, is_whole: bool) -> None:
        self.own, self.kind, self.is_whole = own, kind, is_whole
        self.codes = [option.code for option in options]
        self.roles = {option.code: option.role for option in options if option.role in EXCLUSIVE}
        self.found = Constraint()

    def takes(self, part: Expression) -> bool:
        """True where a field or a role says the same."""
        if self.kind in {Kind.MULTIPLE, Kind.RANKING}:
            return self._takes_amount(part) or (self.kind is Kind.MULTIPLE and self._takes_exclusion(part))
        compared = self._compared(part, ["length", self.own] if self.kind in {Kind.LINE, Kind.TEXT} else self.own)
        takers = {
            Kind.NUMBER: self._takes_bound,
            Kind.DATE: self._takes_day,
            Kind.LINE: self._takes_length,
            Kind.TEXT: self._takes_length,
        }
        return compared is not None and self.kind in takers and takers[self.kind](*compared)

    def _compared(self, part: Expression, subject: Expression) -> tuple[str, Any] | None:
        """The comparison of the subject with a value that stands there."""
        if not isinstance(part, list) or part[0] not in FLIPPED:
            return None
        name, left, right = part
        if right == subject:
            name, left, right = FLIPPED[name], right, left
        return (name, right) if left == subject and not isinstance(right, list | bool) else None

    def _takes_amount(self, part: Expression) -> bool:
        name, value = self._compared(self._without_exceptions(part), ["count", self.own]) or ("", None)
        if not isinstance(value, int) or not 0 < value <= MAX_OPTIONS:
            return False
        if name in {"<", "<="} and value - (name == "<"):
            self.found.fields["choose_max"] = value - (name == "<")
        elif name in {">", ">="}:
            self.found.fields["choose_min"] = value + (name == ">")
        elif name == "=":
            self.found.fields |= {"choose_min": value, "choose_max": value}
        return name in {">", ">=", "="} or "choose_max" in self.found.fields

    def _without_exceptions(self, part: Expression) -> Expression:
        """ "At least two, or none of these" is "at least two": what excludes the others may always stand alone."""
        if not _is(part, "or"):
            return part
        excluding = self.roles.keys() | self.found.roles.keys()
        return part[1] if all(_is(other, "has") and other[2] in excluding for other in part[2:]) else part

    def _takes_exclusion(self, part: Expression) -> bool:
        """not(selected(., 'none') and count-selected(.) > 1), or the same said with "or"."""
        code = self._excluded(part[1]) if _is(part, "not") else self._alone(part)
        if code not in self.codes or code in self.roles:
            return code in self.roles
        taken = {*self.roles.values(), *self.found.roles.values()}
        role = OptionRole.DONT_KNOW if OptionRole.NONE in taken else OptionRole.NONE
        if role in taken or (role is OptionRole.DONT_KNOW and code.lower() not in UNSURE):
            return False
        self.found.roles[code] = role
        return True

    def _excluded(self, tree: Expression) -> str:
        if not _is(tree, "and") or len(tree) != 3:
            return ""
        for one, other in (tree[1:], tree[:0:-1]):
            if _is(one, "has") and one[1] == self.own and self._is_with_others(other, one[2]):
                return str(one[2])
        return ""

    def _is_with_others(self, tree: Expression, code: str) -> bool:
        """More than one is chosen; or one of all the others is."""
        count = ["count", self.own]
        if tree in ([">", count, 1], [">=", count, 2], ["!=", count, 1]):
            return True
        chosen = tree[1:] if _is(tree, "or") else [tree]
        named = {str(part[2]) for part in chosen if _is(part, "has") and part[1] == self.own}
        return len(named) == len(chosen) and named == set(self.codes) - {code}

    def _alone(self, tree: Expression) -> str:
        """not(selected(., 'none')) or count-selected(.) = 1"""
        if not _is(tree, "or") or len(tree) != 3:
            return ""
        for one, other in (tree[1:], tree[:0:-1]):
            inner = one[1] if _is(one, "not") else []
            if _is(inner, "has") and inner[1] == self.own and other == ["=", ["count", self.own], 1]:
                return str(inner[2])
        return ""

    def _takes_bound(self, name: str, value: Any) -> bool:
        if not isinstance(value, int | float) or abs(value) > LARGEST or name == "=":
            return False
        if name in {"<", ">"}:
            if not self.is_whole or value != int(value):
                return False
            value += 1 if name == ">" else -1
        self.found.fields["least" if name in {">", ">="} else "most"] = float(value)
        return True

    def _takes_day(self, name: str, value: Any) -> bool:
        day = _day(value)
        if day is None or name == "=":
            return False
        if name in {"<", ">"}:
            day += timedelta(days=1 if name == ">" else -1)
        self.found.fields["earliest" if name in {">", ">="} else "latest"] = day.isoformat()
        return True

    def _takes_length(self, name: str, value: Any) -> bool:
        most = value - (name == "<") if isinstance(value, int) else 0
        if name not in {"<", "<="} or not 0 < most <= LONGEST_TEXT:
            return False
        self.found.fields["max_length"] = most
        return True


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None
