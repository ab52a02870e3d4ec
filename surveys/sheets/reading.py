"""What somebody typed, as values. Reading never refuses: what cannot be read stays text, for the check to explain."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from surveys.questionnaire import DONT_KNOW, OTHER, Kind, OptionRole, Question, Questionnaire

Typed = Mapping[str, Sequence[str]]
"""The fields of a form as they were sent, each with its values."""

Values = dict[str, Any]
SPACES = re.compile(r"[\s\u00a0\u202f]")
PLAIN_NUMBER = re.compile(r"[-+−]?(\d+)([.,]\d+)?", re.ASCII)
GROUPED_NUMBER = re.compile(r"[-+−]?\d{1,3}([.,'])\d{3}(\1\d{3})*(?:(?!\1)[.,]\d+)?", re.ASCII)
LONGEST_NUMBER = 100
"""Signs. What is longer is no number that anybody means, and may be more than `int` reads and `float` holds."""

DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", re.ASCII)


def read(questionnaire: Questionnaire, typed: Typed, *, decimal: str = ".") -> Values:
    """The values of all questions that something was typed for. `decimal` is the sign before the decimals."""
    values: Values = {}
    for question in questionnaire.questions:
        values |= read_question(question, typed, decimal=decimal)
    return values


def read_question(question: Question, typed: Typed, *, decimal: str = ".") -> Values:
    """The value of one question, and the text beside "other"; nothing where nothing was typed."""
    values: Values = {}
    value = READERS[question.kind](question, typed)
    if question.kind is Kind.NUMBER and isinstance(value, str) and value != DONT_KNOW:
        value = number_in(value, decimal)
    if value not in (None, "", [], {}):
        values[question.code] = value
    written = _one(typed, f"{question.code}.{OTHER}")
    if written and _chose_other(question, value):
        values[f"{question.code}.{OTHER}"] = written
    return values


def field_names(question: Question) -> list[str]:
    """The names of all fields that belong to a question, as its page sends them."""
    code = question.code
    if question.kind.has_rows:
        return [f"{code}.{row.code}" for row in question.rows]
    if question.kind is Kind.RANKING:
        return [f"{code}.rank.{option.code}" for option in question.options]
    if question.kind is Kind.PLACE:
        return [f"{code}.district", f"{code}.point"]
    others = [f"{code}.{OTHER}"] if question.options_as(OptionRole.OTHER) else []
    return [code, *others]


def number_in(text: str, decimal: str) -> float | int | str:
    """The number that people mean: "1.234,5" and "1 234.5"; the text itself where it is none."""
    bare = SPACES.sub("", text).replace("−", "-")
    if len(bare) > LONGEST_NUMBER:
        return text
    if PLAIN_NUMBER.fullmatch(bare) and not _is_group(bare, decimal):
        return _number(bare.replace(",", "."))
    if GROUPED_NUMBER.fullmatch(bare):
        whole, sign, rest = _split_decimals(bare, decimal)
        return _number(re.sub(r"[.,']", "", whole) + (f".{rest}" if sign else ""))
    return text


def _is_group(text: str, decimal: str) -> bool:
    """ "1.234" is a thousand where the decimals stand behind a comma."""
    found = re.search(r"[.,]", text)
    return found is not None and found.group() != decimal and len(text) - found.end() == 3


def _split_decimals(text: str, decimal: str) -> tuple[str, str, str]:
    signs = re.findall(r"[.,']", text)
    last = signs[-1]
    is_decimal = signs.count(last) == 1 and (last != signs[0] or last == decimal)
    if not is_decimal:
        return text, "", ""
    whole, _sign, rest = text.rpartition(last)
    return whole, last, rest


def _number(text: str) -> float | int:
    return float(text) if "." in text else int(text)


def _one(typed: Typed, name: str) -> str:
    values = typed.get(name) or [""]
    return values[0].replace("\r\n", "\n").strip()


def _single(question: Question, typed: Typed) -> str:
    """Whoever writes beside "other" and chooses nothing means "other"."""
    chosen, others = _one(typed, question.code), question.options_as(OptionRole.OTHER)
    return others[0] if not chosen and others and _one(typed, f"{question.code}.{OTHER}") else chosen


def _multiple(question: Question, typed: Typed) -> list[str]:
    """In the order of the question; codes that it does not know stay, behind the others."""
    chosen = list(dict.fromkeys(value for value in typed.get(question.code, ()) if value))
    order = {option.code: place for place, option in enumerate(question.options)}
    return sorted(chosen, key=lambda code: order.get(code, len(order)))


def _ranking(question: Question, typed: Typed) -> list[str]:
    """Best first. Two on one place follow each other twice, so that the check finds them."""
    places = [(_place(_one(typed, f"{question.code}.rank.{option.code}")), option.code) for option in question.options]
    ranked = sorted((place, code) for place, code in places if place)
    taken = [place for place, _code in ranked]
    return [code for _place_, code in ranked] + [code for place, code in ranked if taken.count(place) > 1]


def _place(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0


def _rows(question: Question, typed: Typed) -> dict[str, str]:
    answers = {row.code: _one(typed, f"{question.code}.{row.code}") for row in question.rows}
    return {row: value for row, value in answers.items() if value}


def _scale(question: Question, typed: Typed) -> int | str:
    text = _one(typed, question.code)
    return int(text) if re.fullmatch(r"-?\d{1,3}", text, re.ASCII) else text


def _day(question: Question, typed: Typed) -> str:
    text = _one(typed, question.code)
    found = DAY_FIRST.fullmatch(text)
    if found is None:
        return text
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return text


def _where(question: Question, typed: Typed) -> dict[str, Any]:
    """A point that cannot be read is left out: the district counts."""
    district, point = _one(typed, f"{question.code}.district"), _point(_one(typed, f"{question.code}.point"))
    return ({"district": district} if district else {}) | ({"point": point} if point else {})


def _point(text: str) -> list[float] | None:
    """Longitude and latitude to three decimals, about a hundred metres: nobody's door."""
    try:
        longitude, latitude = (round(float(part), 3) for part in text.split(","))
    except ValueError:
        return None
    return [longitude, latitude] if abs(longitude) <= 180 and abs(latitude) <= 90 else None


def _consent(question: Question, typed: Typed) -> bool | None:
    return True if _one(typed, question.code) else None


def _chose_other(question: Question, value: Any) -> bool:
    others = set(question.options_as(OptionRole.OTHER))
    return bool(others & set(value if isinstance(value, list) else [value]))


def _text(question: Question, typed: Typed) -> str:
    return _one(typed, question.code)


def _amount(question: Question, typed: Typed) -> str:
    """The box beside the line has the same name; ticking it says more than what still stands in the line."""
    return DONT_KNOW if DONT_KNOW in typed.get(question.code, ()) else _text(question, typed)


READERS: dict[Kind, Callable[[Question, Typed], Any]] = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.RANKING: _ranking,
    Kind.MATRIX: _rows,
    Kind.STATEMENTS: _rows,
    Kind.SCALE: _scale,
    Kind.NPS: _scale,
    Kind.NUMBER: _amount,
    Kind.DATE: _day,
    Kind.LINE: _text,
    Kind.TEXT: _text,
    Kind.PLACE: _where,
    Kind.CONSENT: _consent,
    Kind.FILE: _text,
    Kind.NOTE: lambda _question, _typed: None,
}
