"""What became of a questionnaire that somebody brought as a file: row by row, in sentences for staff."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from surveys.questionnaire import Questionnaire


class Severity(StrEnum):
    """What became of something in the file."""

    KEPT = "kept"
    CHANGED = "changed"
    LOST = "lost"


class Element(StrEnum):
    """What something in the file is. Only questions count in the summary."""

    QUESTION = "question"
    TEXT = "text"  # explains something, and asks nothing
    SECTION = "section"
    OPTION = "option"
    SETTING = "setting"
    CALCULATION = "calculation"
    OTHER = "other"


@dataclass(frozen=True)
class Source:
    """A file as it was brought. `languages` are those of the city, the main one first."""

    filename: str
    content: bytes
    languages: Sequence[str]


@dataclass(frozen=True)
class Note:
    """A sentence about one place of the file: "survey!B12", "row 12", a question's code."""

    where: str
    severity: Severity
    sentence: str


@dataclass
class Entry:
    """One row or element of the file, while it is read. `name` and `text` are the file's own."""

    where: str
    element: Element
    name: str = ""
    text: str = ""
    code: str | None = None
    notes: list[Note] = field(default_factory=list)
    is_lost: bool = False

    def keep(self, sentence: str, *, where: str = "") -> None:
        """It came over as it was, and there is something to say about it."""
        self._note(Severity.KEPT, sentence, where)

    def change(self, sentence: str, *, where: str = "") -> None:
        """It came over in another form."""
        self._note(Severity.CHANGED, sentence, where)

    def miss(self, sentence: str, *, where: str = "") -> None:
        """It came over, but without a part of it."""
        self._note(Severity.LOST, sentence, where)

    def lose(self, sentence: str, *, where: str = "") -> None:
        """It did not come over at all."""
        self.is_lost, self.code = True, None
        self._note(Severity.LOST, sentence, where)

    @property
    def severity(self) -> Severity:
        if self.is_lost:
            return Severity.LOST
        is_as_it_was = all(note.severity is Severity.KEPT for note in self.notes)
        return Severity.KEPT if is_as_it_was else Severity.CHANGED

    def _note(self, severity: Severity, sentence: str, where: str) -> None:
        note = Note(where or self.where, severity, sentence)
        if note not in self.notes:
            self.notes.append(note)


class Ledger:
    """Where a reader writes down what becomes of every row and element, in the order of the file."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def entry(self, where: str, element: Element, name: str = "", text: str = "") -> Entry:
        """Begin to tell of a row or an element. Each gets one entry, and so one outcome."""
        self.entries.append(Entry(where, element, name, text))
        return self.entries[-1]

    def of(self, code: str) -> Entry | None:
        """The entry that became the question or section with this code of ours."""
        return next((entry for entry in self.entries if entry.code == code), None)


@dataclass(frozen=True)
class Outcome:
    """What became of one row or element, for good. `code` is the question's or section's in our questionnaire."""

    where: str
    element: Element
    name: str
    text: str
    severity: Severity
    code: str | None
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class ImportReport:
    """Everything that staff read before a questionnaire is made. `refused` says why none can be."""

    format: str
    refused: str | None = None
    outcomes: tuple[Outcome, ...] = ()

    @property
    def notes(self) -> list[Note]:
        return [note for outcome in self.outcomes for note in outcome.notes]

    @property
    def questions_imported(self) -> int:
        """Questions of the file that came over, changed ones among them."""
        return sum(outcome.severity is not Severity.LOST for outcome in self._questions())

    @property
    def questions_changed(self) -> int:
        return self._count(Severity.CHANGED)

    @property
    def questions_skipped(self) -> int:
        return self._count(Severity.LOST)

    def as_data(self) -> dict[str, Any]:
        """The whole report as JSON values."""
        return {
            "format": self.format,
            "refused": self.refused,
            "questions_imported": self.questions_imported,
            "questions_changed": self.questions_changed,
            "questions_skipped": self.questions_skipped,
            "outcomes": [_outcome_data(outcome) for outcome in self.outcomes],
            "notes": [_note_data(note) for note in self.notes],
        }

    def _questions(self) -> Iterator[Outcome]:
        """None of a file that was refused came over."""
        if self.refused:
            return iter(())
        return (outcome for outcome in self.outcomes if outcome.element is Element.QUESTION)

    def _count(self, severity: Severity) -> int:
        return sum(outcome.severity is severity for outcome in self._questions())


@dataclass(frozen=True)
class Import:
    """What was read. Without a questionnaire the report says why."""

    questionnaire: Questionnaire | None
    report: ImportReport


def settled(ledger: Ledger) -> tuple[Outcome, ...]:
    """The outcome of every entry."""
    return tuple(
        Outcome(entry.where, entry.element, entry.name, entry.text, entry.severity, entry.code, tuple(entry.notes))
        for entry in ledger.entries
    )


def _outcome_data(outcome: Outcome) -> dict[str, Any]:
    return {
        "where": outcome.where,
        "element": outcome.element.value,
        "name": outcome.name,
        "text": outcome.text,
        "outcome": outcome.severity.value,
        "code": outcome.code,
        "sentences": [note.sentence for note in outcome.notes],
    }


def _note_data(note: Note) -> dict[str, str]:
    return {"where": note.where, "severity": note.severity.value, "sentence": note.sentence}
