"""Languages as people write them above a column: "German (de)", "Deutsch", "de-AT"."""

import re
from functools import cache

from babel import Locale, UnknownLocaleError

from citizen.core.i18n import CITY_LANGUAGES, own_name

WRITTEN_IN = ("en", "de", "fr", "es", "it")
"""Languages in which we know how the others are called."""

CODED = re.compile(r"\(\s*([A-Za-z]{2,3})(?:[-_][A-Za-z0-9-]+)?\s*\)\s*$|^\s*([A-Za-z]{2,3})(?:[-_][A-Za-z0-9-]+)?\s*$")
"""A code in brackets at the end, or alone; a country behind it does not matter."""


def language_code(name: str) -> str | None:
    """The code of the language; None where it is not known."""
    found = CODED.search(name)
    code = (found[1] or found[2]).lower() if found else ""
    if code in _known_codes():
        return code
    bare = re.sub(r"\(.*?\)", "", name).strip().casefold()
    return _names().get(bare)


@cache
def _known_codes() -> frozenset[str]:
    return frozenset(code for code in map(str, Locale("en").languages) if len(code) <= 3)


@cache
def _names() -> dict[str, str]:
    """Codes by name, in several languages; each of the city's languages also by its own name."""
    names = {own_name(code).casefold(): code for code in CITY_LANGUAGES}
    for spoken in WRITTEN_IN:
        for code, name in Locale(spoken).languages.items():
            if len(code) <= 3:
                names.setdefault(name.casefold(), code)
    return names


def language_name(code: str) -> str:
    """How the language is called in itself; the code where we do not know."""
    try:
        return own_name(code)
    except (UnknownLocaleError, ValueError):
        return code
