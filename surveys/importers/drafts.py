"""A question while it is read from a file: first what it asks, then its conditions, which may name any other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from pydantic import ValidationError

from surveys.importers.report import Entry
from surveys.logic.expressions import Expression, fault_of
from surveys.questionnaire import MAX_OPTIONS, MAX_ROWS, Check, Kind, Option, OptionRole, Question

MOST_CHECKS = 20


@dataclass
class Draft:
    """A question to be; `values` as `Question` takes them. `entry` is the file's element that it comes from."""

    entry: Entry
    code: str
    kind: Kind
    values: dict[str, Any] = field(default_factory=dict)
    conditions: list[Expression] = field(default_factory=list)
    """All must hold for the question to be shown."""
    checks: list[Check] = field(default_factory=list)

    @property
    def answer(self) -> Expression:
        return ["answer", self.code]

    def add_check(self, that: Expression, message: Mapping[str, str]) -> None:
        """What an answer must meet, once; said on the entry where it is more than we can hold."""
        if fault_of(that) or len(self.checks) >= MOST_CHECKS:
            self.entry.miss(_("A check of the answer is too long, or there are too many of them. We left it out."))
        elif that not in [check.that for check in self.checks]:
            self.checks.append(Check(that=that, message=dict(message)))

    def made(self) -> Question | None:
        """The question; None, and said on the entry, where it is beyond what we can hold."""
        self.values["options"] = tuple(in_order(self.values.get("options", ())))
        if len(self.values["options"]) > MAX_OPTIONS or len(self.values.get("rows", ())) > MAX_ROWS:
            most = {"options": MAX_OPTIONS, "rows": MAX_ROWS}
            self.entry.lose(_("This question has more than %(options)s answers or %(rows)s rows.", **most))
            return None
        logic = {"show_if": shown_where(self.conditions, self.entry), "checks": tuple(self.checks)}
        try:
            return Question(code=self.code, kind=self.kind, **self.values, **logic)
        except ValidationError:
            self.entry.lose(_("This question is beyond what a survey here can hold. Please look at its numbers."))
            return None


def in_order(options: Iterable[Option]) -> list[Option]:
    """Those with a role of their own stand last."""
    return sorted(options, key=lambda option: option.role is not OptionRole.PLAIN)


def shown_where(conditions: Iterable[Expression], entry: Entry) -> Expression:
    """One condition that holds where all do; None where there is none, or, said on the entry, one that is too long."""
    found = [condition for condition in conditions if condition is not None]
    tree = ["and", *(part for tree in found for part in _parts(tree))] if len(found) > 1 else next(iter(found), None)
    if fault_of(tree):
        entry.miss(_("The conditions together are too long. Everybody sees this now."))
        return None
    return tree


def _parts(tree: Expression) -> list[Expression]:
    return tree[1:] if isinstance(tree, list) and tree[0] == "and" else [tree]
