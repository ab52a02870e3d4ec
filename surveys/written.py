"""What people wrote freely, as moderators look through it: by question, page by page. Read-only.

Nothing here says on which sheet a text stands: texts come in the order of their random keys.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, or_, select

from citizen.cities.models import City
from citizen.core.db import db
from surveys.models import SurveyText, SurveyWave

PAGE = 50
MOST_WORDS = 8


class TextState(StrEnum):
    """What became of a text."""

    HELD = "held"
    APPROVED = "approved"
    REJECTED = "rejected"


Counts = Mapping[str, Mapping[TextState, int]]
"""How many texts there are, by field and state."""


@dataclass(frozen=True)
class Selection:
    """Texts of one wave in one state: all of a field in which all the words stand, or of those only these keys."""

    field: str
    state: TextState = TextState.HELD
    words: str = ""
    keys: tuple[bytes, ...] | None = None

    def clause(self, wave: SurveyWave) -> ColumnElement[bool]:
        parts = [_of(wave), SurveyText.state == self.state, SurveyText.field == self.field]
        if self.keys is not None:
            parts.append(SurveyText.key.in_(self.keys))
        return and_(*parts, *(_holds(word) for word in self.words.split()[:MOST_WORDS]))


@dataclass(frozen=True)
class TextPage:
    """Some texts, and the key of the last one where more follow."""

    texts: tuple[SurveyText, ...]
    last: bytes | None


def text_page(wave: SurveyWave, selection: Selection, after: bytes = b"", most: int = PAGE) -> TextPage:
    """The texts that follow the key, at most so many."""
    query = select(SurveyText).where(selection.clause(wave), SurveyText.key > after)
    found = list(db.session.scalars(query.order_by(SurveyText.key).limit(most + 1)))
    shown = tuple(found[:most])
    return TextPage(shown, shown[-1].key if len(found) > most else None)


def number_of(wave: SurveyWave, selection: Selection) -> int:
    query = select(func.count()).select_from(SurveyText).where(selection.clause(wave))
    return db.session.scalar(query) or 0


def counts(wave: SurveyWave) -> Counts:
    """Read from the index alone: the texts themselves are not looked at."""
    state, field = SurveyText.state, SurveyText.field
    query = select(state, field, func.count()).where(_of(wave)).group_by(state, field)
    found: dict[str, dict[TextState, int]] = defaultdict(lambda: dict.fromkeys(TextState, 0))
    for name, code, n in db.session.execute(query):
        found[code][TextState(name)] = n
    return found


def text_with(wave: SurveyWave, key: bytes) -> SurveyText | None:
    return db.session.scalar(select(SurveyText).where(_of(wave), SurveyText.key == key))


def waves_with_held_texts(city: City) -> list[tuple[SurveyWave, int]]:
    """Waves whose texts wait for a moderator, and how many."""
    ours = select(SurveyWave.id).where(SurveyWave.city_id == city.id)
    held = SurveyText.wave_id.in_(ours) & (SurveyText.state == TextState.HELD)
    counted = select(SurveyText.wave_id, func.count()).where(SurveyText.city_id == city.id, held)
    numbers: dict[int, int] = {wave: int(n) for wave, n in db.session.execute(counted.group_by(SurveyText.wave_id))}
    waves = db.session.scalars(SurveyWave.in_city(city).where(SurveyWave.id.in_(numbers)))
    return sorted(((wave, numbers[wave.id]) for wave in waves), key=lambda pair: -pair[1])


def _of(wave: SurveyWave) -> ColumnElement[bool]:
    return and_(SurveyText.city_id == wave.city_id, SurveyText.wave_id == wave.id)


def _holds(word: str) -> ColumnElement[bool]:
    """Whatever the case. SQLite knows capital letters of English only, so that others are tried as they may stand."""
    ways = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    return or_(*(SurveyText.text.icontains(way, autoescape=True) for way in sorted(ways)))
