"""The forms of citizens: what somebody sent, as they typed it. They parse and explain, and never save."""

from collections.abc import Iterable

from werkzeug.datastructures import FileStorage, MultiDict

from surveys.questionnaire import MAX_OPTIONS, Question
from surveys.sheets.reading import field_names

LONGEST_FIELD = 20_000
"""Characters of one field that we keep: twice what any question allows, so that whoever wrote too much can cut it."""


class SheetForm:
    """One page of a sheet, or all of it. Fields of unknown questions are not looked at.

    `clears` is the code of a question whose answer is to be removed; `is_only_kept` where the browser keeps a copy here
    without going anywhere; `kept` is when it last changed something, by its own clock, in milliseconds.
    """

    def __init__(
        self, sent: MultiDict[str, str], uploads: MultiDict[str, FileStorage] | None = None, *, is_whole: bool = False
    ) -> None:
        self.sent = sent
        self.uploads = uploads if uploads is not None else MultiDict()
        self.added: dict[str, list[str]] = {}
        self.key = sent.get("key", "").strip().lower()
        self.began = sent.get("began", "")
        self.version = _number(sent.get("version", ""))
        self.page = _number(sent.get("page", ""))
        self.goes_back = sent.get("go") == "back"
        self.is_whole = is_whole or sent.get("whole") == "1"
        self.is_only_kept = sent.get("go") == "keep"
        self.clears = sent.get("clear", "")
        self.kept = _number(sent.get("kept", ""), digits=15)

    def typed(self, questions: Iterable[Question]) -> dict[str, list[str]]:
        """The fields of these questions, each with what was typed into it."""
        names = (name for question in questions for name in field_names(question))
        found = {name: self._values(name) for name in names if name in self.sent or name in self.added}
        return {name: [text[:LONGEST_FIELD] for text in texts] for name, texts in found.items()}

    def add(self, fields: dict[str, list[str]]) -> None:
        """Fields that stand for what was sent as files."""
        self.added |= fields

    def _values(self, name: str) -> list[str]:
        return self.added.get(name) or self.sent.getlist(name)[: MAX_OPTIONS + 1]


def _number(text: str, *, digits: int = 5) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else None
