"""A city's own way of moderating: its rules, words and reasons, as they are read and changed. Nothing here commits."""

import json
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from citizen.cities.models import City
from citizen.core import audit
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.moderation.models import ModerationRules, ReasonTemplate, WordList

WORDS_AT_MOST, LONGEST_WORD = 2000, 60
NEW = "new"
WORD = re.compile(r"[^\s*,;]{2,60}\*?")


@dataclass(frozen=True)
class Reason:
    """Why a text may be kept from the public: its name for staff, the sentence for the author, the rule or law."""

    code: str
    name: Mapping[str, str]
    sentence: Mapping[str, str]
    basis: Mapping[str, str]
    is_legal: bool = False
    is_offered: bool = True


def rules_of(city: City) -> ModerationRules:
    """The city's rules; the usual ones, which belong to no session, where it has changed none."""
    found = db.session.get(ModerationRules, city.id)
    return found or ModerationRules(city_id=city.id, off=[], most_links=2, burst=5, appeal_days=14, sends_digest=True)


def change_rules(city: City, values: Mapping[str, Any], *, by: Actor) -> None:
    """Look at other things from now on; what waits already stays as it is."""
    rules = rules_of(city)
    changed = sorted(name for name, value in values.items() if getattr(rules, name) != value)
    for name, value in values.items():
        setattr(rules, name, value)
    db.session.add(rules)
    if changed:
        audit.record("changed moderation rules", f"city {city.slug}", by=by, city_id=city.id, changed=changed)


def words_of(city: City) -> tuple[str, ...]:
    """The words of all languages: people do not always write in the one that the page is in."""
    lists = db.session.scalars(select(WordList.words).filter_by(city_id=city.id).order_by(WordList.language))
    return tuple(dict.fromkeys(word for words in lists for word in words))


def words_in(city: City, language: str) -> list[str]:
    found = db.session.get(WordList, (city.id, language))
    return found.words if found else []


def ensure_spoken(city: City, language: str) -> None:
    """There is a list for each language of the city, and for no other."""
    if language not in city.languages:
        raise Refused(_("This city does not speak that language."), status=404)


def change_words(city: City, language: str, words: Iterable[str], *, by: Actor) -> list[str]:
    """Replace the list of one language. The audit names how many words there are, and none of them."""
    ensure_spoken(city, language)
    cleaned = sorted({word.strip().casefold() for word in words if word.strip()})
    wrong = [word for word in cleaned if not WORD.fullmatch(word)]
    if wrong:
        raise Refused(_("Please write one word on each line. This is none: %(word)s", word=wrong[0][:80]), status=422)
    if len(cleaned) > WORDS_AT_MOST:
        raise Refused(_("Please keep the list to %(most)s words.", most=WORDS_AT_MOST), status=422)
    found = db.session.get(WordList, (city.id, language))
    if found is None:
        db.session.add(WordList(city_id=city.id, language=language, words=cleaned))
    else:
        found.words = cleaned
    detail = {"language": language, "words": len(cleaned)}
    audit.record("changed a list of words", f"city {city.slug}", by=by, city_id=city.id, **detail)
    return cleaned


@cache
def _general() -> dict[str, Reason]:
    """The reasons that every city begins with, in the languages that Plaza is written in."""
    written = json.loads((Path(__file__).parent / "reasons.json").read_text())
    return {code: Reason(code, **values) for code, values in written.items()}


def reasons_of(city: City) -> dict[str, Reason]:
    """All reasons by code; the city's own words stand in place of the general ones."""
    own = db.session.scalars(select(ReasonTemplate).filter_by(city_id=city.id).order_by(ReasonTemplate.code))
    return _general() | {
        row.code: Reason(row.code, row.name, row.sentence, row.basis, row.is_legal, row.is_offered) for row in own
    }


def offered_reasons(city: City) -> dict[str, Reason]:
    return {code: reason for code, reason in reasons_of(city).items() if reason.is_offered}


def reason_with(city: City, code: str) -> Reason | None:
    """The reason to be written anew; None for "new". Refused for a code that cannot be one."""
    found = reasons_of(city).get(code)
    if found is None and code != NEW:
        raise Refused(_("There is no such reason."), status=404)
    return found


def change_reason(city: City, reason: Reason, *, by: Actor) -> None:
    """Write a reason in the city's own words, or add one. Decisions of the past keep what they said."""
    first = city.languages[0]
    if not reason.name.get(first) or not reason.sentence.get(first) or not reason.basis.get(first):
        raise Refused(_("Please fill in all three texts, at least in the city's main language."), status=422)
    code = f"own_{secrets.token_hex(4)}" if reason.code == NEW else reason.code
    found = db.session.get(ReasonTemplate, (city.id, code)) or ReasonTemplate(city_id=city.id, code=code)
    for name in ("name", "sentence", "basis"):
        setattr(found, name, dict(getattr(reason, name)))
    found.is_legal, found.is_offered = reason.is_legal, reason.is_offered
    db.session.add(found)
    audit.record("changed a reason", f"city {city.slug}", by=by, city_id=city.id, reason=code)
