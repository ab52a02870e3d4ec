"""How an idea read before, and what was changed each time. Read-only."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from citizen.core.db import db
from ideation.models import Idea, IdeaVersion


@dataclass(frozen=True)
class Piece:
    """A part of a text: `change` is "same", "out" or "in"."""

    text: str
    change: str


@dataclass(frozen=True)
class Change:
    """One change of an idea: when it was made, by whom, and its title and text with what went out and what came in."""

    edition: int
    at: datetime
    by_staff: bool
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]


def versions_of(idea: Idea) -> list[Change]:
    """The changes of an idea, the latest first; none where it reads as it was sent."""
    query = select(IdeaVersion).filter_by(city_id=idea.city_id, idea_id=idea.id).order_by(IdeaVersion.edition)
    before = list(db.session.scalars(query))
    later: list[IdeaVersion | Idea] = [*before[1:], idea] if before else []
    after = [(row.title, row.text) for row in later]
    changes = [
        Change(row.edition + 1, row.at, row.by_staff, compared(row.title, title), compared(row.text, text))
        for row, (title, text) in zip(before, after, strict=True)
    ]
    return changes[::-1]


def compared(before: str, after: str) -> tuple[Piece, ...]:
    """The texts word by word, as one text with what went out and what came in."""
    old, new = _words(before), _words(after)
    return tuple(_pieces(old, new))


def _words(text: str) -> list[str]:
    return re.findall(r"\S+\s*|\s+", text)


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, start, end, first, last in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("".join(old[start:end]), "same")
            continue
        if end > start:
            yield Piece("".join(old[start:end]), "out")
        if last > first:
            yield Piece("".join(new[first:last]), "in")
