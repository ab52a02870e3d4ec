"""What changed between two readings of a text, word by word: pure functions."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

PIECE = re.compile(r"\s+|\w+|[^\w\s]")
MOST_PIECES = 4000


class Difference(NamedTuple):
    """A stretch of text: "same", "new" or "old"."""

    kind: str
    text: str


def difference(before: str, after: str) -> list[Difference]:
    """The newer text with what is new and what is gone, in reading order."""
    old, new = PIECE.findall(before)[:MOST_PIECES], PIECE.findall(after)[:MOST_PIECES]
    parts: list[Difference] = []
    for tag, begin, end, start, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(Difference("same", "".join(new[start:stop])))
            continue
        gone, come = "".join(old[begin:end]), "".join(new[start:stop])
        parts += [Difference(kind, text) for kind, text in (("old", gone), ("new", come)) if text]
    return parts
