"""The types of an XLSForm's rows, in every spelling that pyxform knows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyxform import aliases, constants
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
from pyxform.xls2json import RE_BEGIN_CONTROL, RE_END_CONTROL, RE_SELECT

SELECT = re.compile(RE_SELECT.pattern, re.IGNORECASE)
BEGIN = re.compile(RE_BEGIN_CONTROL.pattern, re.IGNORECASE)
END = re.compile(RE_END_CONTROL.pattern, re.IGNORECASE)

SELECTS = {
    constants.SELECT_ONE: "select_one",
    constants.SELECT_ALL_THAT_APPLY: "select_multiple",
    constants.RANK: "rank",
    constants.SELECT_ONE_EXTERNAL: "select_external",
}
NOTES = {"note", "add note prompt", "q note"}
UPLOADS = {"image/*": "image", "audio/*": "audio", "video/*": "video", "application/*": "file"}
INPUTS = {
    "string": "text",
    "int": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "dateTime": "datetime",
    "geopoint": "geopoint",
    "geotrace": "area",
    "geoshape": "area",
    "barcode": "barcode",
}
CALCULATIONS = {"calculate", "add calculate prompt", "q calculate"}
DESCRIPTIONS: Mapping[str, Any] = QUESTION_TYPE_DICT
TYPES = {name.lower(): question for name, question in DESCRIPTIONS.items()}


@dataclass(frozen=True)
class Type:
    """What a row is: "begin", "end", "select_one", "integer" …, "measured" (what a device notes), "unknown".

    `list_name` of what is chosen from; `has_other` where XLSForm adds "other"; `control` is group or repeat.
    """

    name: str
    list_name: str = ""
    has_other: bool = False
    control: str = ""

    @property
    def is_choice(self) -> bool:
        return self.name in {"select_one", "select_multiple", "rank"}

    @property
    def is_asked(self) -> bool:
        """True for what somebody answers."""
        return self.name not in {"begin", "end", "note", "calculate", "hidden", "measured"}


def type_of(written: str) -> Type:
    """The type in one of its spellings, such as "select one from list" or "Begin Group"."""
    text = " ".join(written.split())
    for pattern, name in ((BEGIN, "begin"), (END, "end")):
        if found := pattern.match(text):
            return Type(name, control="group" if aliases.control[found["type"].lower()] == "group" else "repeat")
    if found := SELECT.match(text):
        return _choice(found["select_command"].lower(), found["list_name"], bool(found["specify_other"]))
    return Type(_plain(text.lower()))


def _choice(command: str, list_name: str, has_other: bool) -> Type:
    is_outside = command in aliases.select_from_file or list_name.startswith("${")
    name = "select_external" if is_outside else SELECTS[aliases.select[command]]
    return Type(name, list_name, has_other)


def _plain(text: str) -> str:
    question = TYPES.get(text)
    if text in NOTES | CALCULATIONS:
        return "note" if text in NOTES else "calculate"
    if question is None or text in {"osm", "rank"}:
        return "unknown"
    tag, kind = question.get("control", {}).get("tag"), question.get("bind", {}).get("type", "")
    if tag == "upload":
        return UPLOADS.get(question["control"].get("mediatype", ""), "unknown")
    if tag == "trigger" and kind != "geopoint":
        return "acknowledge"
    if tag == "range":
        return "range"
    return INPUTS.get(kind, "unknown") if tag == "input" else _silent(text)


def _silent(text: str) -> str:
    return "hidden" if text == "hidden" else "measured"
