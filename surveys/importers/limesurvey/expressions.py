"""Reads conditions in LimeSurvey's ExpressionScript into trees.

Source: the operators and functions that LimeSurvey's manual lists under "ExpressionScript - Presentation".
"""

from collections.abc import Callable
from typing import Any

from surveys.importers.limesurvey.variables import Chosen, Several, Variables
from surveys.importers.patterns import between_slashes
from surveys.logic.expressions import Expression
from surveys.logic.parsing import Dialect, Unreadable, read

OR, AND, EQUAL, COMPARE, ADD, MULTIPLY, SIGN = range(1, 8)
ORDERS = {"<": "<", "lt": "<", "<=": "<=", "le": "<=", ">": ">", "gt": ">", ">=": ">=", "ge": ">="}
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
CALCULATIONS = {"+": ADD, "-": ADD, "*": MULTIPLY, "/": MULTIPLY}
WORDS = {"true": True, "false": False, "null": None}
OLD_ADDRESS = r"(\d+X\d+X\d+[\w#]*(?:\.\w+)?)"
NAME = r"[A-Za-z_][\w#]*(?:\.[A-Za-z_]\w*)*"
YES, NO = {"Y", "1", 1}, {"", " ", "N", "0", 0, None}
NO_ANSWER = {"", " ", None}


def condition(text: str, variables: Variables, own: Expression = None) -> Expression:
    """The tree of a condition; None where it always holds. `own` is what "self" and "this" mean. Raises Unreadable."""
    bare = without_braces(text)
    if bare in {"", "1", "true"}:
        return None
    tree = plain(read(bare, _dialect(variables, own)))
    return tree if isinstance(tree, list) else bool(tree) and tree != "0"


def value(text: str, variables: Variables) -> Expression:
    """The tree of a calculation. Raises Unreadable."""
    return plain(read(without_braces(text), _dialect(variables, None)))


def without_braces(text: str) -> str:
    """Conditions are sometimes written as they would stand in a text: in curly brackets."""
    bare = text.strip()
    while len(bare) > 1 and bare[0] == "{" and bare[-1] == "}":
        bare = bare[1:-1].strip()
    return bare


def plain(tree: Expression) -> Expression:
    """The tree in lists only, and nothing denied twice."""
    if not isinstance(tree, list):
        return tree
    made = [plain(part) for part in tree]
    is_twice = made[0] == "not" and isinstance(made[1], list) and made[1][0] == "not"
    return made[1][1] if is_twice else made


def _dialect(variables: Variables, own: Expression) -> Dialect:
    return Dialect(
        answer=OLD_ADDRESS,
        refer=variables.tree,
        infix=_infix(variables),
        prefix={"!": ("not", SIGN), "not": ("not", SIGN), "-": ("-", SIGN)},
        functions=_functions(variables),
        word=_words(variables, own),
        name=NAME,
        escaped=r"""['"\\]""",
    )


def _infix(variables: Variables) -> dict[str, tuple[str | Callable[[Any, Any], Expression], int]]:
    def comparing(name: str) -> Callable[[Any, Any], Expression]:
        return lambda left, right: compared(name, left, right, variables)

    signs: dict[str, tuple[str | Callable[[Any, Any], Expression], int]] = {
        "or": ("or", OR),
        "||": ("or", OR),
        "and": ("and", AND),
        "&&": ("and", AND),
    }
    signs |= {sign: (comparing("="), EQUAL) for sign in ("==", "eq")}
    signs |= {sign: (comparing("!="), EQUAL) for sign in ("!=", "ne")}
    signs |= {sign: (comparing(name), COMPARE) for sign, name in ORDERS.items()}
    return signs | {sign: (sign, power) for sign, power in CALCULATIONS.items()}


def _words(variables: Variables, own: Expression) -> Callable[[str], Expression]:
    def meaning(word: str) -> Expression:
        if word.lower() in WORDS:
            return WORDS[word.lower()]
        bare, _dot, suffix = word.partition(".")
        if bare in {"self", "this"} and own is not None and suffix in {"", "NAOK", "code", "value", "valueNAOK"}:
            return own
        return variables.tree(word)

    return meaning


def compared(name: str, left: Expression, right: Expression, variables: Variables) -> Expression:
    """Two things compared, with the codes of the file as they are called here."""
    if not isinstance(left, list) and isinstance(right, list):
        return compared(TURNED[name], right, left, variables)
    if isinstance(left, Chosen):
        return _chosen(name, left, right)
    if isinstance(left, Several):
        return _counted(name, left, right)
    if isinstance(right, list):
        return [name, left, right]
    return _with_code(name, left, right, variables)


def _chosen(name: str, left: Chosen, right: Expression) -> Expression:
    """ "Y" means chosen, nothing means not chosen."""
    if name in {"=", "!="} and not isinstance(right, list) and right in YES | NO:
        is_meant = (right in YES) == (name == "=")
        return left if is_meant else ["not", left]
    raise Unreadable("a choice is either made or not")


def _counted(name: str, left: Several, right: Expression) -> Expression:
    """How many of several were answered, as far as "one at least" and "all" say it."""
    answered = [made_out(part) for part in left]
    least = {"=": right, ">=": right, ">": right + 1}.get(name) if isinstance(right, int) else None
    if (name in {"!=", ">"} and right == 0) or (name == ">=" and right == 1):
        return ["or", *answered]
    if (name == "=" and right == 0) or (name == "<" and right == 1) or (name == "<=" and right == 0):
        return ["not", ["or", *answered]]
    if least is not None and least == len(answered):
        return ["and", *answered]
    raise Unreadable("how many of these were answered cannot be said here")


def made_out(tree: Expression) -> Expression:
    """True where there is an answer."""
    return tree if isinstance(tree, Chosen) else ["answered", tree]


def _with_code(name: str, left: Expression, right: Expression, variables: Variables) -> Expression:
    if right in NO_ANSWER and name in {"=", "!="}:
        return ["not", ["answered", left]] if name == "=" else ["answered", left]
    choices = variables.choices_of(left)
    if choices is None or name not in {"=", "!="}:
        return [name, left, right]
    code = choices.get(str(right), choices.get(str(right).strip(), str(right)))
    if variables.is_multiple(left):
        return ["has", left, code] if name == "=" else ["not", ["has", left, code]]
    return [name, left, code]


def _functions(variables: Variables) -> dict[str, Callable[..., Expression]]:
    return {
        "count": lambda *parts: _count(parts, variables),
        "is_empty": lambda part: ["not", made_out(part)],
        "empty": lambda part: ["not", made_out(part)],
        "isset": made_out,
        "strlen": lambda part: ["length", part],
        "regexmatch": lambda pattern, part: ["matches", part, between_slashes(pattern)],
        "if": _branch,
        "iif": _branch,
        "intval": lambda part: part,
        "floatval": lambda part: part,
        "trim": lambda part: part,
        "date": _today,
    }


def _count(parts: tuple[Expression, ...], variables: Variables) -> Expression:
    """How many of these were answered. All choices of one question together are the answer to it."""
    if len(parts) == 1 and not isinstance(parts[0], Chosen):
        return ["count", parts[0]]
    questions = {part[1][1] for part in parts if isinstance(part, Chosen)}
    codes = {part[2] for part in parts if isinstance(part, Chosen)}
    for question in questions if len(questions) == 1 and len(codes) == len(parts) else ():
        if codes >= set(variables.choices[question].values()):
            return ["count", ["answer", question]]
    return Several(parts)


def _branch(when: Expression, then: Expression, otherwise: Expression) -> Expression:
    if then in YES and otherwise in NO:
        return when
    if then in NO and otherwise in YES:
        return ["not", when]
    raise Unreadable("a choice between two values cannot be said here")


def _today(shape: Expression) -> Expression:
    if shape != "Y-m-d":
        raise Unreadable("this form of a date is not known here")
    return ["today"]
