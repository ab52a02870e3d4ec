"""The fields of the translation page, in the order in which people read the survey."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask_babel import gettext as _

from surveys.editing.words import question_name, section_name
from surveys.questionnaire import Questionnaire
from surveys.translating import Line, Progress


@dataclass(frozen=True)
class Field:
    """A text to translate, with what stands in its field. `note`: what to know before it is saved."""

    line: Line
    typed: str
    error: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        return self.line.wording.name

    @property
    def id(self) -> str:
        return f"t-{self.name.replace('#', '-')}"

    @property
    def rows(self) -> int:
        """Lines of the field, about as many as the text needs."""
        return min(12, max(2, len(self.line.source.value) // 50 + self.line.source.value.count("\n") + 1))


@dataclass(frozen=True)
class Group:
    """The fields of one section, in parts: each with the name of its question, or none."""

    id: str
    title: str
    parts: tuple[tuple[str, tuple[Field, ...]], ...]
    progress: Progress


def groups_of(questionnaire: Questionnaire, fields: Sequence[Field]) -> list[Group]:
    names = {section.code: section_name(section) for section in questionnaire.sections}
    asked = {question.code: question_name(question) for question in questionnaire.questions}
    places: dict[str, list[Field]] = {}
    for field in fields:
        places.setdefault(field.line.wording.section or "", []).append(field)
    return [
        _group(f"in-{code}" if code else "frame", names.get(code) or _("Title, introduction, thanks"), inside, asked)
        for code, inside in places.items()
    ]


def _group(group_id: str, title: str, fields: list[Field], asked: dict[str, str]) -> Group:
    parts = tuple(
        (asked.get(code or "", ""), tuple(inside))
        for code, inside in groupby(fields, key=lambda field: field.line.wording.question)
    )
    return Group(group_id, title, parts, Progress.of([field.line for field in fields]))


def part_words() -> dict[str, str]:
    """What each text is of its question or section."""
    return {
        "title": _("Title of the survey"),
        "intro": _("Introduction"),
        "thanks": _("Thanks"),
        "section title": _("Title of the section"),
        "section text": _("Text of the section"),
        "text": _("Question"),
        "hint": _("Help for answering"),
        "option": _("Answer to choose from"),
        "row": _("Line"),
        "picture_alt": _("What the picture shows"),
        "low_label": _("What the first number means"),
        "high_label": _("What the last number means"),
        "unit": _("Unit"),
        "message": _("What people read where the check fails"),
    }
