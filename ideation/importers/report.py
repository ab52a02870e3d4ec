"""What a table of ideas holds, and what becomes of each of its rows."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class RowOutcome(StrEnum):
    """What becomes of a row."""

    CAME = "came"
    CHANGED = "changed"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass
class Row:
    """One idea of the table. `line` is where its row begins in the file; `notes` say what was changed or refused."""

    line: int
    came_from: str
    title: str
    text: str
    supports: int = 0
    created_at: datetime | None = None
    is_withdrawn: bool = False
    category: str | None = None
    district: str | None = None
    cost: int | None = None
    author_name: str = ""
    flags: list[str] = field(default_factory=list)
    outcome: RowOutcome = RowOutcome.CAME
    notes: list[str] = field(default_factory=list)

    @property
    def is_coming(self) -> bool:
        return self.outcome in {RowOutcome.CAME, RowOutcome.CHANGED}

    def change(self, note: str) -> None:
        self.notes.append(note)
        if self.outcome is RowOutcome.CAME:
            self.outcome = RowOutcome.CHANGED

    def refuse(self, note: str) -> None:
        self.notes.append(note)
        self.outcome = RowOutcome.REFUSED

    def skip(self, note: str) -> None:
        self.notes.append(note)
        self.outcome = RowOutcome.SKIPPED


@dataclass
class ImportReport:
    """Everything about one file. `unknown` names the columns that were not read."""

    rows: list[Row]
    unknown: list[str]

    def number(self, outcome: RowOutcome) -> int:
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def coming(self) -> list[Row]:
        return [row for row in self.rows if row.is_coming]
