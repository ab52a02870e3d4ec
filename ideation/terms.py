"""The words of ideas, as the index keeps them: stems without accents, so that all forms of a word are one.

The stemmers are Snowball's, which know most languages of the EU; in the others the beginning of a word stands for it.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

import snowballstemmer
from sqlalchemy import delete, insert

from citizen.core.db import db
from ideation.models import Idea, IdeaTerm

STEMMERS = {
    "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hu": "hungarian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "nl": "dutch", "no": "norwegian", "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
BEGINNING = 6
"""Letters of a word that stand for it where no stemmer knows its language."""
LONGEST = 40
MOST = 200
"""Words of one idea in the index; what a text says after so many different ones is not found."""
WORD = re.compile(r"\w{3,60}|\d{1,60}")
LOOK_ALIKES = str.maketrans("аеорсухіјѕԁһԛԝαορνικ", "aeopcyxijsdhqwaopvik")
"""Letters of other alphabets that look like ours: in a word of both they are what they look like."""


def stems(text: str, language: str) -> list[str]:
    """The stems of the text, each once, in the order in which they come."""
    words = (_same_alphabet(word) for word in WORD.findall(unicodedata.normalize("NFC", text).casefold()))
    return list(dict.fromkeys(stem(word, language)[:LONGEST] for word in words))[:MOST]


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    stemmer = _stemmer(language)
    return _plain(stemmer.stemWord(word)) if stemmer else _plain(word)[:BEGINNING]


@cache
def _stemmer(language: str) -> Any:
    name = STEMMERS.get(language.partition("-")[0].partition("_")[0])
    return snowballstemmer.stemmer(name) if name else None


def _plain(word: str) -> str:
    """Without accents: people leave them out on phones."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))


def _same_alphabet(word: str) -> str:
    has_latin = any("a" <= sign <= "z" for sign in word)
    return word.translate(LOOK_ALIKES) if has_latin and not word.isascii() else word


def digest_of(text: str) -> bytes:
    """The same for two texts that differ only in capital letters, accents, signs and spaces. 32 bytes."""
    words = (_plain(_same_alphabet(word)) for word in re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold()))
    return hashlib.sha256(" ".join(words).encode()).digest()


def index_idea(idea: Idea) -> None:
    """Write the idea's words anew. The idea needs its id."""
    drop_idea(idea)
    rows = term_rows(idea.city_id, idea.campaign_id, [(idea.id, idea.title, idea.text, idea.language)])
    if rows:
        db.session.execute(insert(IdeaTerm), rows)


def drop_idea(idea: Idea) -> None:
    """Let the idea be found no more."""
    place = {"city_id": idea.city_id, "campaign_id": idea.campaign_id, "idea_id": idea.id}
    db.session.execute(delete(IdeaTerm).filter_by(**place))


def term_rows(city_id: int, campaign_id: int, ideas: Iterable[tuple[int, str, str, str]]) -> list[dict[str, Any]]:
    """Rows of the index for many ideas: id, title, text and language each."""
    rows = []
    for idea_id, title, text, language in ideas:
        in_title = set(stems(title, language))
        for term in stems(f"{title} {text}", language):
            place = {"city_id": city_id, "campaign_id": campaign_id, "term": term, "idea_id": idea_id}
            rows.append(place | {"in_title": term in in_title})
    return rows
