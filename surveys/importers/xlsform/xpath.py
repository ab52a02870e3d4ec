"""The conditions of XLSForm: the part of XPath 1.0 that our trees can say."""

import re
from collections.abc import Callable

from surveys.logic.expressions import Expression
from surveys.logic.parsing import Dialect, Unreadable

OR, AND, EQUAL, ORDER, ADD, MULTIPLY, SIGN = range(1, 8)
"""How strongly operators bind (XPath 1.0, 3.4 and 3.5)."""

ANCHORED = re.compile(r"\^.*\$", re.DOTALL)
WHOLE = ("^(?:", ")$")
ANYWHERE = ("^.*(?:", ").*$")
"""How a pattern is written that has to match the whole text, or something in it (ODK XForms, "regex": the whole)."""


def dialect(refer: Callable[[str], Expression]) -> Dialect:
    """The dialect in which "${name}" and "." mean what `refer` makes of "name" and of "."."""
    return Dialect(
        answer=r"\$\{\s*([^{}]*?)\s*\}|(\.)(?![\w./])",
        refer=refer,
        infix={"or": ("or", OR), "and": ("and", AND), "div": ("/", MULTIPLY)}
        | {sign: (sign, EQUAL) for sign in ("=", "!=")}
        | {sign: (sign, ORDER) for sign in ("<", "<=", ">", ">=")}
        | {"+": ("+", ADD), "-": ("-", ADD), "*": ("*", MULTIPLY)},
        prefix={"-": ("-", SIGN)},
        functions=FUNCTIONS,
        escaped="(?!)",
    )


def _written(value: Expression) -> str:
    """A text that stands in the condition itself."""
    if not isinstance(value, str):
        raise Unreadable("no text in quotes")
    return value


def _literally(part: Expression) -> str:
    """A pattern for the text itself, in the signs that browsers know too."""
    return re.sub(r"[\\^$.*+?()\[\]{}|]", r"\\\g<0>", _written(part))


def _matches(value: Expression, pattern: Expression) -> Expression:
    pattern = _written(pattern)
    if pattern.startswith(ANYWHERE[0]) and pattern.endswith(ANYWHERE[1]):
        return ["matches", value, pattern.removeprefix(ANYWHERE[0]).removesuffix(ANYWHERE[1])]
    return ["matches", value, pattern if ANCHORED.fullmatch(pattern) else pattern.join(WHOLE)]


FUNCTIONS: dict[str, Callable[..., Expression]] = {
    "selected": lambda values, wanted: ["has", values, wanted],
    "count-selected": lambda values: ["count", values],
    "string-length": lambda text: ["length", text],
    "regex": _matches,
    "contains": lambda text, part: ["matches", text, _literally(part)],
    "starts-with": lambda text, part: ["matches", text, f"^{_literally(part)}"],
    "ends-with": lambda text, part: ["matches", text, f"{_literally(part)}$"],
    "not": lambda value: ["not", value],
    "today": lambda: ["today"],
    "true": lambda: True,
    "false": lambda: False,
    "date": lambda text: text,
    "number": lambda value: value,
    "string": lambda value: value,
}
