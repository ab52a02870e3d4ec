"""A small source of texts for tests, and texts of it in front of the moderators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from citizen.accounts.models import User
from citizen.cities.models import City
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.moderation import deciding, incoming
from citizen.moderation.deciding import Grounds
from citizen.moderation.models import Decision, ModerationItem, Statement, Verdict
from citizen.moderation.sources import Addressee, Submission

INSULT = Grounds("insult", "“Fool” in the second sentence")
NUMBERS = count(1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Note:
    """A text of the test source, with what hiding it must bring back."""

    city_id: int
    submission: Submission
    state: str
    votes: int = 0
    freed: int = 0


@dataclass
class Board:
    """Notes in memory, by subject: "held", "shown" or "hidden". `acts` is what was asked of it, in order."""

    kind: str = "note"
    notes: dict[str, Note] = field(default_factory=dict)
    mails: dict[str, Addressee] = field(default_factory=dict)
    acts: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    reason: Mapping[str, str] = field(default_factory=dict)

    def name(self) -> str:
        return "Note"

    def explanations(self) -> Mapping[str, str]:
        return {"probe": "It looks like a test of our security."}

    def is_public(self, city: City, subject: str) -> bool:
        note = self.notes.get(subject)
        return note is not None and (note.city_id, note.state) == (city.id, "shown")

    def submission(self, city: City, subject: str) -> Submission | None:
        return self.notes[subject].submission if subject in self.notes else None

    def addressees(self, city: City, subjects: Sequence[str]) -> Mapping[str, Addressee]:
        return {subject: self.mails[subject] for subject in subjects if subject in self.mails}

    def publish(self, city: City, subjects: Sequence[str], *, by: Actor) -> None:
        self._set("publish", subjects, "shown")

    def hide(self, city: City, subjects: Sequence[str], reason: Mapping[str, str], *, by: Actor) -> None:
        self.reason = reason
        for note in self._known(subjects):
            note.freed, note.votes = note.votes or note.freed, 0
        self._set("hide", subjects, "hidden")

    def hold(self, city: City, subjects: Sequence[str], *, by: Actor) -> None:
        self._set("hold", subjects, "held")

    def restore(self, city: City, subjects: Sequence[str], *, by: Actor) -> None:
        for note in self._known(subjects):
            note.votes, note.freed = note.freed or note.votes, 0
        self._set("restore", subjects, "shown")

    def _known(self, subjects: Sequence[str]) -> list[Note]:
        return [self.notes[subject] for subject in subjects if subject in self.notes]

    def _set(self, act: str, subjects: Sequence[str], state: str) -> None:
        self.acts.append((act, tuple(subjects)))
        for note in self._known(subjects):
            note.state = state


def make_submission(text: str = "More benches, please.", **values: Any) -> Submission:
    given = {"language": "en", "context": "Where do you miss a bench?", "path": "/riverton/", "author": "ana"}
    return Submission(text, **(given | values))


def make_item(board: Board, city: City, text: str = "More benches, please.", **values: Any) -> ModerationItem:
    """A text that has come in; held, unless it `is_shown`. Its author gets mail where `email` is given."""
    subject, email, votes = values.pop("subject", str(next(NUMBERS))), values.pop("email", ""), values.pop("votes", 0)
    submission = make_submission(text, **values)
    board.notes[subject] = Note(city.id, submission, "shown" if submission.is_shown else "held", votes)
    if email:
        board.mails[subject] = Addressee(email, submission.language)
    item = incoming.waits(city, board.kind, subject, submission)
    db.session.commit()
    db.session.refresh(item)
    return item


def change(board: Board, city: City, item: ModerationItem, text: str) -> ModerationItem:
    """Its author writes something else."""
    note = board.notes[item.subject]
    note.submission = make_submission(text, is_shown=note.state == "shown")
    incoming.waits(city, board.kind, item.subject, note.submission)
    db.session.commit()
    db.session.refresh(item)
    return item


def actor(number: int = 7, name: str = "Bruno") -> Actor:
    return Actor("account", number, name)


def acting(person: User) -> Actor:
    return Actor("account", person.id, person.shown_name)


def decide(
    city: City, item: ModerationItem, verdict: Verdict = Verdict.REJECT, grounds: Grounds = INSULT, **values: Any
) -> Decision:
    """A moderator decides on what they see."""
    values = {"seen": item.digest, "by": actor()} | values
    decision = deciding.decide(city, item, verdict, grounds, **values)
    db.session.commit()
    return decision


def statement_of(decision: Decision) -> Statement:
    """What it says to the author of its one text."""
    return db.session.query(Statement).filter_by(decision_id=decision.id).one()
