"""Forms of citizens: they parse and explain, and never save."""

import hashlib
from typing import Self

from werkzeug.datastructures import MultiDict

from polls.answers import Answer, changed_meanwhile, checked, choice_ids
from polls.models import OTHER, Poll, PollForm


class AnswerForm:
    """What somebody sent, as it was typed, so that a page can show it again beside the error."""

    def __init__(self, poll: Poll, sent: MultiDict[str, str]) -> None:
        self.poll = poll
        self.key = sent.get("key", "").strip().lower()
        self.order = _place(sent.get("order", ""))
        self.edition = sent.get("edition", "").strip()
        self.other = sent.get("other_text", "")[:2000]
        self.chosen = _ranked(poll, sent) if poll.form == PollForm.RANK else sent.getlist("choice")
        self.ranks = {choice: _place(sent.get(f"rank-{choice}", "")) for choice in choice_ids(poll)}
        if self.other.strip() and poll.form == PollForm.SINGLE and not self.chosen:
            self.chosen = [OTHER]

    def answer(self) -> Answer:
        """The checked answer. Raises Refused with a sentence that says what to do."""
        if self.is_stale:
            raise changed_meanwhile()
        return checked(self.poll, self.chosen, self.other)

    @property
    def is_stale(self) -> bool:
        """True where the page was loaded before staff changed the question. A program need not say what it read."""
        return self.poll.is_open and self.edition not in {"", str(self.poll.edition)}

    @classmethod
    def blank(cls, poll: Poll, order: int | None = None) -> Self:
        """An empty form; `order` is the number of the order that shuffled options stand in."""
        return cls(poll, MultiDict({} if order is None else {"order": str(order)}))


def shuffled(poll: Poll, order: int | None) -> list[str]:
    """The choices in the order of this number, the same each time; "other" stays last. None: the poll's own order."""
    ids = choice_ids(poll)
    if order is None or not poll.is_shuffled:
        return ids
    return sorted(ids, key=lambda choice: (choice == OTHER, hashlib.sha256(f"{order}:{choice}".encode()).digest()))


def _place(text: str) -> int | None:
    return int(text) if text.strip().isdecimal() and len(text) < 4 else None


def _ranked(poll: Poll, sent: MultiDict[str, str]) -> list[str]:
    """The ranked ids, best first. Two options on one rank both stay, so that the check can speak of it."""
    placed = [(_place(sent.get(f"rank-{choice}", "")), choice) for choice in choice_ids(poll)]
    numbered = [(place, choice) for place, choice in placed if place is not None]
    foreign = [name.removeprefix("rank-") for name in sent if name.startswith("rank-") and sent[name].strip()]
    known = set(choice_ids(poll))
    return [choice for _, choice in sorted(numbered)] + [name for name in foreign if name not in known]
