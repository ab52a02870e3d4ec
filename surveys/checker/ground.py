"""What all checks of a questionnaire stand on: where each question is, and how a finding looks."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from flask_babel import gettext as _

from citizen.core.faults import Path
from citizen.core.i18n import own_name, quoted, text_in
from surveys.questionnaire import Question, Questionnaire, Section

Severity = Literal["error", "warning"]
Place = tuple[int, int]
"""Section and question, counted from 0; a section itself stands before its first question, at -1."""

LONGEST_NAME = 50


@dataclass(frozen=True)
class Finding:
    """What is wrong, and where: `path` leads into the document, `question` is the code of the one it belongs to."""

    severity: Severity
    path: Path
    sentence: str
    question: str | None = None


def place_in(path: Path) -> Place:
    """Section and question that a path leads to; what is about the whole stands before them."""
    steps = [step for step in path[:4] if isinstance(step, int)] if path[:1] == ("sections",) else []
    section, question, *_rest = [*steps, -1, -1]
    return section, question


@dataclass(frozen=True)
class Spot:
    """A question, and where it stands."""

    place: Place
    section: Section
    question: Question

    @property
    def path(self) -> Path:
        return ("sections", self.place[0], "questions", self.place[1])

    def error(self, sentence: str, *steps: str | int) -> Finding:
        return Finding("error", (*self.path, *steps), sentence, self.question.code)

    def warning(self, sentence: str, *steps: str | int) -> Finding:
        return Finding("warning", (*self.path, *steps), sentence, self.question.code)


@dataclass(frozen=True)
class Ground:
    """The questionnaire and what the checks may know of the city."""

    questionnaire: Questionnaire
    languages: tuple[str, ...]
    districts: frozenset[str] = frozenset()

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        return tuple(
            Spot((place, index), section, question)
            for place, section in enumerate(self.questionnaire.sections)
            for index, question in enumerate(section.questions)
        )

    @cached_property
    def by_code(self) -> dict[str, Spot]:
        """Where a code is used twice, the first one."""
        return {spot.question.code: spot for spot in reversed(self.spots)}

    @cached_property
    def places(self) -> dict[str, Place]:
        """Where each question and each section stands, by code: what a skip can lead to."""
        sections = {section.code: (place, -1) for place, section in self.numbered_sections()}
        return sections | {code: spot.place for code, spot in self.by_code.items()}

    def numbered_sections(self) -> Iterator[tuple[int, Section]]:
        return iter(enumerate(self.questionnaire.sections))

    @property
    def first_language(self) -> str:
        return self.languages[0]

    @property
    def first_language_name(self) -> str:
        return own_name(self.first_language)

    def called(self, code: str) -> str:
        """How a sentence names a question: by its text, shortened, and its code."""
        spot = self.by_code.get(code)
        text = str(text_in(spot.question.text, self.first_language, self.languages)) if spot else ""
        if not text:
            return quoted(code)
        short = text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME].rstrip()} …"
        return _("“%(text)s” (%(code)s)", text=short, code=code)
