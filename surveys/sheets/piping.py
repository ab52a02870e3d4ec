"""Earlier answers in later texts: staff write `{code}`, and the reader sees what they answered there."""

import re
from collections.abc import Callable, Mapping

from markupsafe import Markup

from citizen.core.i18n import direction_of, localized

PIPE = re.compile(r"\{([A-Za-z][A-Za-z0-9_]{0,63})\}")
NOTHING_YET = "…"

Say = Callable[[str], str]
"""Gives the answer to the question with this code in words; empty where there is none."""


def piped(texts: Mapping[str, str] | None, say: Say) -> Markup:
    """The text in the reader's language, escaped, with each `{code}` as what was answered."""
    text = localized(texts)
    parts = PIPE.split(text.value)
    pieces = (_answer(part, say) if place % 2 else Markup.escape(part) for place, part in enumerate(parts))
    whole = Markup("").join(pieces)
    if not text.is_fallback:
        return whole
    return Markup('<span lang="{}" dir="{}">{}</span>').format(text.lang, direction_of(text.lang), whole)


def _answer(code: str, say: Say) -> Markup:
    """Marked, so that the browser can keep it current; set apart, so that its direction turns nothing around it."""
    return Markup('<bdi data-pipe="{}">{}</bdi>').format(code, say(code) or NOTHING_YET)
