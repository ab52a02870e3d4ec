"""The JSON of a SurveyJS form, read within bounds; and its values, whatever stands where they should."""

import re
from collections.abc import Iterator
from typing import Any

import orjson
from flask_babel import gettext as _

from citizen.core.errors import Refused

Node = dict[str, Any]
"""An object of the file: a page, an element, a choice."""

BEGIN = re.compile(rb"^(?:\xef\xbb\xbf)?\s*\{")
NAMES = re.compile(rb'"(?:pages|elements|questions)"\s*:')
DEEPEST = 40
MOST_PARTS = 500_000
LONGEST_TEXT = 200_000
DEFAULT = "default"
"""Under this name a text stands in the form's own language."""


def is_surveyjs(content: bytes) -> bool:
    return bool(BEGIN.match(content)) and bool(NAMES.search(content))


def read_document(content: bytes) -> Node:
    """The form. Raises Refused where it is no JSON, or too deep or large."""
    try:
        document = orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as fault:
        place = {"line": fault.lineno, "column": fault.colno}
        sentence = _("The file is no sound JSON: look at line %(line)s, column %(column)s.", **place)
        raise Refused(sentence, status=422) from None
    _check_size(document)
    return document if isinstance(document, dict) else {}


def _check_size(document: Any) -> None:
    waiting, parts = [(document, 1)], 0
    while waiting:
        part, depth = waiting.pop()
        parts += 1
        if parts > MOST_PARTS:
            raise Refused(_("The file has more than %(most)s parts, which is too many.", most=MOST_PARTS), status=422)
        if depth > DEEPEST:
            raise Refused(_("The file is nested too deeply."), status=422)
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        waiting += [(value, depth + 1) for value in inner]


def nodes(value: Any) -> list[Node]:
    """The objects in a list; none where there is no list."""
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def elements(node: Node) -> list[Node]:
    """What stands on a page or panel; old forms call it questions."""
    return nodes(node.get("elements")) or nodes(node.get("questions"))


def name_of(node: Node) -> str:
    return word(node.get("name"))[:200]


def type_of(node: Node) -> str:
    """The type of an element; what names none is a line to write on."""
    return word(node.get("type")) or "text"


def word(value: Any) -> str:
    """A value as SurveyJS would show it; empty where it is no single value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(int(value)) if value == int(value) else str(value)
    return value[:LONGEST_TEXT] if isinstance(value, str) else ""


def flag(node: Node, *names: str) -> bool:
    """True where one of the properties is on; several are names of different ages for the same."""
    return any(node.get(name) is True for name in names)


def number(node: Node, name: str) -> float | None:
    """The property as a number; None where it is none."""
    value = node.get(name)
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,15}(?:\.\d{1,9})?", value, re.ASCII):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e15:
        return None
    return int(value) if value == int(value) else value


def texts(value: Any) -> dict[str, str]:
    """A text by language; a text alone stands in the form's own."""
    if isinstance(value, dict):
        return {str(code)[:40]: word(text) for code, text in value.items() if word(text)}
    return {DEFAULT: word(value)} if word(value) else {}


def languages(document: Any) -> Iterator[str]:
    """The languages that any text names, beside the form's own."""
    waiting = [document]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            if DEFAULT in part and all(isinstance(text, str) for text in part.values()):
                yield from (code for code in part if code != DEFAULT)
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
