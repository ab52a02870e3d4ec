"""What the words of a text show: pure functions. A sign helps a moderator to look; it never decides."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from citizen.moderation import personal_data

LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
SHOUTED, LETTERS_OF_A_SHOUT = 0.7, 20
FEWEST_REPEATS = 4
REPEATED_SIGN = re.compile(r"(\S)\1{9,}")
WORD = re.compile(r"\w+")
WEIGHTLESS = frozenset({"new_author"})
"""What nearly every text shows: moderators are told, and it points to nothing."""
FOUND_AT_MOST = 5
"""What was found is named in a sentence, which has room for so many."""


@dataclass(frozen=True)
class Hit:
    """A rule found something; `found` says what."""

    rule: str
    found: str = ""


def text_signs(text: str, words: Iterable[str], *, most_links: int, off: Collection[str] = ()) -> list[Hit]:
    """What the text shows by itself. `words` are those that somebody should look at; `off` names rules not wanted."""
    hits = (
        *_listed(text, tuple(words)),
        *_links(text, most_links),
        *_capitals(text),
        *_repeats(text),
        *_personal(text),
    )
    return [hit for hit in hits if hit.rule not in off]


def _listed(text: str, words: tuple[str, ...]) -> Iterator[Hit]:
    pattern = _pattern(words)
    found = {match.group() for match in pattern.finditer(_plain(text))} if pattern else ()
    if found:
        yield Hit("words", _named(found))


@lru_cache(maxsize=512)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """One pattern for all words; a star at the end stands for any letters."""
    parts = [re.escape(_plain(word.rstrip("*"))) + (r"\w*" if word.endswith("*") else "") for word in words if word]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else None


def _plain(text: str) -> str:
    """Without case and accents, and with all width forms as one: people write around lists."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _links(text: str, most: int) -> Iterator[Hit]:
    number = len(LINK.findall(text))
    if number > most:
        yield Hit("links", str(number))


def _capitals(text: str) -> Iterator[Hit]:
    letters = [sign for sign in text if sign.isalpha()]
    if len(letters) >= LETTERS_OF_A_SHOUT and sum(sign.isupper() for sign in letters) / len(letters) > SHOUTED:
        yield Hit("capitals")


def _repeats(text: str) -> Iterator[Hit]:
    """The same sign ten times in a row, or a line that stands there again and again."""
    lines = [line.strip().casefold() for line in text.splitlines() if len(line.strip()) > 3]
    most = max((lines.count(line) for line in set(lines)), default=0)
    if most >= FEWEST_REPEATS or REPEATED_SIGN.search(text):
        yield Hit("repeats")


def _personal(text: str) -> Iterator[Hit]:
    kinds = {found.kind.value for found in personal_data.find(text)}
    if kinds:
        yield Hit("personal_data", ",".join(sorted(kinds)))


def _named(found: Collection[str]) -> str:
    return ", ".join(sorted(found)[:FOUND_AT_MOST])[:300]
