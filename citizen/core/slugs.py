"""The short name of something in its address."""

import re
import unicodedata
from collections.abc import Callable

LONGEST = 80
SPELLED = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "æ": "ae",
        "ø": "oe",
        "œ": "oe",
        "å": "aa",
        "ł": "l",
        "đ": "d",
    }
    | {"ð": "d", "þ": "th", "ħ": "h", "ı": "i"}
)
"""Letters that have a spelling of their own without their marks; all other marks are simply left out."""


def slug_from(text: str) -> str:
    """ "Wie müsste der Platz heißen?" → "wie-muesste-der-platz-heissen"; empty where no letter is Latin."""
    spelled = unicodedata.normalize("NFC", text).casefold().translate(SPELLED)
    ascii_only = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", ascii_only.replace("'", ""))
    return _joined(words)


def free_slug(wish: str, is_taken: Callable[[str], bool]) -> str:
    """The wish itself, or with the first number behind it that nobody has."""
    number, slug = 1, wish
    while is_taken(slug):
        number += 1
        slug = f"{wish[: LONGEST - 6].rstrip('-')}-{number}"
    return slug


def _joined(words: list[str]) -> str:
    """As many whole words as fit; at least the beginning of the first."""
    slug = ""
    for word in words:
        if len(slug) + len(word) + 1 > LONGEST - 10:
            break
        slug = f"{slug}-{word}" if slug else word
    return slug or "".join(words)[: LONGEST - 10]
