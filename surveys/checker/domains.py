"""All values that a question's answer can take, as far as some conditions can tell them apart.

A list is complete: whatever somebody answers, one value of it makes these conditions as true or as false. Where no
such list can be made, or it would be too long, there is none, and nothing is proved with the question.
"""

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import combinations, product
from typing import Any, NamedTuple

from surveys.logic.expressions import Expression, as_number
from surveys.questionnaire import AGREEMENT, DONT_KNOW, Kind, OptionRole, Question

MOST_VALUES = 300
MOST_SUBSETS = 8
"""Options of which every selection is tried: 2 to the power of this."""

Values = list[Any]
COMPARISONS = {"=", "!=", "<", "<=", ">", ">="}
TRUTH = {"and", "or", "not", "answered", ""}
"""Operations that ask no more of a list than whether it is empty; "" stands for the condition itself."""


class Use(NamedTuple):
    """One place where a condition looks at an answer: the row it names, the operation, and the fixed other side."""

    row: str | None
    operation: str
    other: Expression


def uses(tree: Expression, code: str, operation: str = "", other: Expression = None) -> Iterator[Use]:
    """Where the tree looks at the answer to this question."""
    if not isinstance(tree, list):
        return
    if tree[0] == "answer":
        if tree[1] == code:
            yield Use(tree[2] if len(tree) > 2 else None, operation, other)
        return
    for index, part in enumerate(tree[1:]):
        sibling = tree[2 - index] if len(tree) == 3 else None
        yield from uses(part, code, tree[0], sibling)


def values_of(question: Question, asked: Collection[Use], districts: Collection[str]) -> Values | None:
    """Every value that these uses can tell apart, null among them; None where that cannot be listed."""
    found = LISTED[question.kind](question, asked, districts)
    return [None, *found] if found is not None and len(found) <= MOST_VALUES else None


def _single(question: Question, _asked: Collection[Use], _districts: Collection[str]) -> Values:
    return [option.code for option in question.options]


def _scale(question: Question, _asked: Collection[Use], _districts: Collection[str]) -> Values:
    return [*question.scale, *([DONT_KNOW] if question.has_dont_know else [])]


def _consent(_question: Question, _asked: Collection[Use], _districts: Collection[str]) -> Values:
    return [True]


def _nothing(_question: Question, _asked: Collection[Use], _districts: Collection[str]) -> Values:
    return []


def _open(_question: Question, asked: Collection[Use], _districts: Collection[str]) -> Values | None:
    """Of what is written freely, only whether something is."""
    return ["…"] if all(use.operation == "answered" for use in asked) else None


def _selections(question: Question, asked: Collection[Use], _districts: Collection[str]) -> Values | None:
    """Selections of the options that are asked for, and of one that stands for all others."""
    if not all(_is_about_members(use) for use in asked):
        return None
    named = {str(use.other) for use in asked if use.other is not None}
    codes = [option.code for option in question.options]
    if len(codes) > MOST_SUBSETS:
        if any(use.operation == "count" for use in asked):
            return None
        codes = [*(code for code in codes if code in named), *[code for code in codes if code not in named][:1]]
    if len(codes) > MOST_SUBSETS:
        return None
    return [chosen for chosen in _subsets(codes) if _is_allowed(question, chosen)]


def _is_about_members(use: Use) -> bool:
    is_fixed = use.operation in {"has", "=", "!="} and not isinstance(use.other, list)
    return use.row is None and (is_fixed or use.operation in TRUTH | {"count"})


def _subsets(codes: list[str]) -> Iterator[list[str]]:
    return (list(chosen) for size in range(1, len(codes) + 1) for chosen in combinations(codes, size))


def _is_allowed(question: Question, chosen: list[str]) -> bool:
    alone = {*question.options_as(OptionRole.NONE), *question.options_as(OptionRole.DONT_KNOW)}
    if question.kind is Kind.MULTIPLE and alone & set(chosen):
        return len(chosen) == 1
    return len(chosen) <= question.most_chosen


def _rows(question: Question, asked: Collection[Use], _districts: Collection[str]) -> Values | None:
    """Answers to the rows that are asked for, none where only others were answered; to all where a use is about all."""
    columns = AGREEMENT if question.kind is Kind.STATEMENTS else [option.code for option in question.options]
    is_whole = any(use.row is None for use in asked)
    rows = [row.code for row in question.rows if is_whole or any(use.row == row.code for use in asked)]
    if (len(columns) + 1) ** len(rows) > MOST_VALUES or not all(_is_about_rows(use) for use in asked):
        return None
    filled = (dict(zip(rows, answers, strict=True)) for answers in product([None, *columns], repeat=len(rows)))
    return [kept for answers in filled if (kept := _without_gaps(answers)) or not is_whole]


def _is_about_rows(use: Use) -> bool:
    return use.row is not None or use.operation in TRUTH | {"has", "count"}


def _without_gaps(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {row: answer for row, answer in answers.items() if answer is not None}


def _place(_question: Question, asked: Collection[Use], districts: Collection[str]) -> Values | None:
    is_listable = all(use.row == "district" or use.operation in TRUTH for use in asked)
    return [{"district": district} for district in sorted(districts)] if is_listable else None


def _number(question: Question, asked: Collection[Use], _districts: Collection[str]) -> Values | None:
    """Numbers at and beside every one that an answer is compared with: between them nothing changes."""
    compared = [as_number(use.other) for use in asked if use.operation in COMPARISONS]
    if None in compared or not all(use.operation in COMPARISONS | {"answered"} for use in asked):
        return None
    edges = [*(number for number in compared if number is not None), question.least, question.most]
    numbers = _beside((edge for edge in edges if edge is not None), question.decimals)
    least = -math.inf if question.least is None else question.least
    most = math.inf if question.most is None else question.most
    possible = [number for number in numbers or [0.0] if least <= number <= most]
    return [*possible, *([DONT_KNOW] if question.has_dont_know else [])]


def _beside(edges: Iterable[float], decimals: int) -> list[float]:
    step = 10**decimals
    return sorted({(math.floor(edge * step) + shift) / step for edge in edges for shift in (-1, 0, 1, 2)})


LISTED: dict[Kind, Callable[[Question, Collection[Use], Collection[str]], Values | None]] = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _selections,
    Kind.RANKING: _selections,
    Kind.MATRIX: _rows,
    Kind.STATEMENTS: _rows,
    Kind.SCALE: _scale,
    Kind.NPS: _scale,
    Kind.NUMBER: _number,
    Kind.DATE: _open,
    Kind.LINE: _open,
    Kind.TEXT: _open,
    Kind.PLACE: _place,
    Kind.CONSENT: _consent,
    Kind.FILE: _open,
    Kind.NOTE: _nothing,
}
