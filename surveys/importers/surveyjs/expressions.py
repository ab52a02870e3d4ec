"""Reads the expressions of SurveyJS into trees.

Source: the grammar of SurveyJS (survey-core, expressions/grammar.pegjs) and its documentation of conditional logic.
"""

import re
from collections.abc import Callable
from typing import Any

from surveys.importers.surveyjs.document import word
from surveys.importers.surveyjs.variables import Variables
from surveys.logic.expressions import Expression, as_number
from surveys.logic.parsing import Dialect, Unreadable, joined, read
from surveys.questionnaire import Kind

OR, AND, COMPARE, ADD, MULTIPLY, HAS, SIGN = range(1, 8)
"""How strongly operators bind: "contains" more than arithmetic."""

EQUAL = {"=": "=", "==": "=", "equal": "=", "!=": "!=", "<>": "!=", "notequal": "!="}
ORDERS = {
    "<": "<",
    "less": "<",
    "<=": "<=",
    "lessorequal": "<=",
    ">": ">",
    "greater": ">",
    ">=": ">=",
    "greaterorequal": ">=",
}
CALCULATIONS = {"+": ADD, "-": ADD, "*": MULTIPLY, "/": MULTIPLY}
WORDS = {"true": True, "false": False, "null": None, "undefined": None}
TRUTHS = {"and", "or", "not"}
LIST = "["


def condition(text: str, variables: Variables) -> Expression:
    """The tree of a condition; None where it always holds. Raises Unreadable."""
    if not text.strip():
        return None
    tree = as_truth(value(text, variables), variables)
    return None if tree is True else tree


def value(text: str, variables: Variables) -> Expression:
    """The tree of a calculation. Raises Unreadable."""
    return read(text.strip(), _dialect(variables))


def as_truth(tree: Expression, variables: Variables) -> Expression:
    """The tree where only yes or no matters: there a question of two answers means its "yes"."""
    if not isinstance(tree, list):
        return tree
    if tree[0] in TRUTHS:
        return [tree[0], *(as_truth(part, variables) for part in tree[1:])]
    code = variables.code_of(tree)
    return ["=", tree, variables.choices[code]["true"]] if code in variables.yes else tree


def _dialect(variables: Variables) -> Dialect:
    reader = _Operators(variables)
    infix: dict[str, tuple[str | Callable[[Any, Any], Expression], int]] = {
        "or": ("or", OR),
        "||": ("or", OR),
        "and": ("and", AND),
        "&&": ("and", AND),
    }
    infix |= {sign: (reader.equal if name == "=" else reader.unequal, COMPARE) for sign, name in EQUAL.items()}
    infix |= {sign: (name, COMPARE) for sign, name in ORDERS.items()}
    infix |= {sign: (reader.calculating(sign), power) for sign, power in CALCULATIONS.items()}
    infix |= dict.fromkeys(("contains", "contain", "*=", "allof"), (reader.all_of, HAS))
    infix |= dict.fromkeys(("notcontains", "notcontain"), (reader.not_all_of, HAS))
    infix |= {"anyof": (reader.any_of, HAS), "noneof": (reader.none_of, HAS)}
    return Dialect(
        answer=r"\{([^{}]+)\}",
        refer=variables.tree,
        infix=infix,
        prefix={"!": ("not", SIGN), "negate": ("not", SIGN), "not": ("not", SIGN), "-": ("-", SIGN)},
        postfix={"notempty": lambda part: ["answered", part], "empty": lambda part: ["not", ["answered", part]]},
        functions={LIST: lambda *parts: [LIST, *parts], "today": _today, "currentdate": _today, "iif": _branch},
        word=lambda text: WORDS.get(text.lower(), text),
        escaped="""['"]""",
    )


def _today(*shift: Expression) -> Expression:
    if shift:
        raise Unreadable("days from today are not known here")
    return ["today"]


def _branch(when: Expression, then: Expression, otherwise: Expression) -> Expression:
    if then is True and otherwise is False:
        return when
    raise Unreadable("a choice between two values cannot be said here")


class _Operators:
    """Operators on values of the form, which are called by our codes here."""

    def __init__(self, variables: Variables) -> None:
        self.variables = variables

    def equal(self, left: Expression, right: Expression) -> Expression:
        if not isinstance(left, list) and isinstance(right, list) and right[0] != LIST:
            left, right = right, left
        if isinstance(right, list) and right[0] == LIST:
            wanted = [self._has(left, part) for part in right[1:]]
            return _together("and", [*wanted, ["=", ["count", left], len(wanted)]])
        return self._is(left, right)

    def unequal(self, left: Expression, right: Expression) -> Expression:
        tree = self.equal(left, right)
        return ["!=", *tree[1:]] if tree[0] == "=" else tree[1] if tree[0] == "not" else ["not", tree]

    def calculating(self, sign: str) -> Callable[[Expression, Expression], Expression]:
        return lambda left, right: [sign, _no_text(left), _no_text(right)]

    def all_of(self, left: Expression, right: Expression) -> Expression:
        return _together("and", [self._has(left, part) for part in _items(right)])

    def not_all_of(self, left: Expression, right: Expression) -> Expression:
        return ["not", self.all_of(left, right)]

    def any_of(self, left: Expression, right: Expression) -> Expression:
        return _together("or", [self._has(left, part) for part in _items(right)])

    def none_of(self, left: Expression, right: Expression) -> Expression:
        return ["not", self.any_of(left, right)]

    def _is(self, left: Expression, right: Expression) -> Expression:
        """Equal to one value. A box that is not ticked has no answer here."""
        code = self.variables.code_of(left)
        if isinstance(right, list):
            return ["=", left, right]
        if code in self.variables.ticked:
            return self._is_ticked(left, word(right), *self.variables.ticked[code])
        if code in self.variables.yes and isinstance(right, bool):
            return ["=", left, self.variables.choices[code][word(right)]]
        return ["=", left, self._code(code, right)]

    def _is_ticked(self, left: Expression, value: str, yes: str, no: str) -> Expression:
        if value in {yes, "true"}:
            return ["=", left, True]
        return ["not", ["=", left, True]] if value in {no, "false"} else ["=", left, value]

    def _has(self, left: Expression, part: Expression) -> Expression:
        """What was chosen, or a part of what was written."""
        kind, code = self.variables.kind_of(left), self.variables.code_of(left)
        if isinstance(part, list):
            raise Unreadable("only fixed values can be looked for here")
        if kind in {Kind.LINE, Kind.TEXT}:
            return ["matches", left, re.escape(word(part))]
        if kind in {Kind.MULTIPLE, Kind.RANKING, Kind.MATRIX, Kind.STATEMENTS}:
            return ["has", left, self._code(code, part)]
        return self._is(left, part)

    def _code(self, code: str, value: Expression) -> Expression:
        """The value as it is called here; values that the question does not have stay."""
        return self.variables.choices.get(code, {}).get(word(value), value)


def _no_text(part: Expression) -> Expression:
    """SurveyJS also joins texts with a plus."""
    if isinstance(part, str) and as_number(part) is None:
        raise Unreadable("texts cannot be joined here")
    return part


def _items(right: Expression) -> list[Expression]:
    return right[1:] if isinstance(right, list) and right[0] == LIST else [right]


def _together(name: str, trees: list[Expression]) -> Expression:
    if not trees:
        raise Unreadable("the list of values is empty")
    tree = trees[0]
    for part in trees[1:]:
        tree = joined(name, tree, part)
    return tree
