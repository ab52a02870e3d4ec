"""What staff should look at before anybody else: signs in a text, and in how ideas came. A flag decides nothing."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from statistics import median

from flask_babel import gettext as _
from sqlalchemy import select

from citizen.core.db import db
from ideation.models import Campaign, Idea
from ideation.terms import digest_of

PROBES = re.compile(
    r"\bssrf\b|\bxss\b|<\s*script|javascript:|\bon(?:error|load|click)\s*=|union\s+select|' or '?1|\.\./\.\./"
    r"|\$\{.{0,80}\}|\{\{.{0,80}\}\}|169\.254\.169\.254|\b127\.0\.0\.1\b|\blocalhost\b|/etc/passwd"
    r"|\b(?:url|youtube|video|image|flag|webhook|payload|redirect|encoding)\b.{0,30}\btest\b.{0,20}\d{9,}"
    r"|\btest\b[^\n]{0,20}[- ]\d{10}\b|\btest proposal\b|\bsecurity research\b|\bhx-(?:get|post|on|vals)\b",
    re.IGNORECASE,
)
LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
MANY_LINKS = 3
SHOUTED = 0.7
LETTERS_OF_A_SHOUT = 20
BURST, BURST_LEAST = 30, 30
"""A day with more than 30 times the ideas of a usual day, and at least 30, is a burst."""

EXPLAINED: dict[str, Callable[[], str]] = {
    "probe": lambda: _("It looks like an automated test of our security, not like an idea."),
    "no_text": lambda: _("It has a title and nothing more."),
    "repeated_title": lambda: _("Another idea has the same title."),
    "repeated_text": lambda: _("Another idea has the same text."),
    "links": lambda: _("It holds many links."),
    "shouted": lambda: _("It is written in capital letters."),
    "mixed_alphabets": lambda: _("A word in it mixes letters of different alphabets."),
    "burst": lambda: _("On this day far more ideas came than usual."),
}
"""Every flag, and why it is there, in words."""


def flags_for(campaign: Campaign, title: str, text: str, *, without: int | None = None) -> list[str]:
    """What an idea that comes in shows. `without` is the id of the idea itself, where it is there already."""
    digests = digest_of(title), digest_of(text)
    others = Idea.in_campaign(campaign).where(Idea.id != (without or 0))
    repeated = {
        "repeated_title": others.where(Idea.title_digest == digests[0]),
        "repeated_text": others.where(Idea.text_digest == digests[1]) if text else None,
    }
    found = [
        name
        for name, query in repeated.items()
        if query is not None and db.session.scalar(select(query.limit(1).exists()))
    ]
    return [*text_flags(title, text), *found]


def text_flags(title: str, text: str) -> list[str]:
    """What the words alone show."""
    whole = f"{title}\n{text}"
    signs = {
        "probe": PROBES.search(whole) is not None,
        "no_text": not text.strip(),
        "links": len(LINK.findall(whole)) >= MANY_LINKS,
        "shouted": _is_shouted(whole),
        "mixed_alphabets": any(_is_mixed(word) for word in re.findall(r"\w{3,}", whole)),
    }
    return [name for name, is_there in signs.items() if is_there]


def burst_days(days: Iterable[date]) -> set[date]:
    """The days on which far more ideas came than on a usual day with any."""
    counts = Counter(days)
    if not counts:
        return set()
    limit = max(BURST * median(counts.values()), BURST_LEAST)
    return {day for day, number in counts.items() if number > limit}


def _is_shouted(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) >= LETTERS_OF_A_SHOUT and sum(sign.isupper() for sign in letters) / len(letters) > SHOUTED


def _is_mixed(word: str) -> bool:
    """Latin beside Greek or Cyrillic letters in one word, as in look-alike names."""
    alphabets = {unicodedata.name(sign, "?").partition(" ")[0] for sign in word if sign.isalpha()}
    return "LATIN" in alphabets and bool(alphabets & {"GREEK", "CYRILLIC"})
