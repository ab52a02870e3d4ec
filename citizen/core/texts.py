"""What people type: which signs may stand in a text, and in the short name of something in an address."""

import re
import unicodedata

NEVER = {"Cc", "Cs", "Co", "Cn"}
"""Categories that are no text: control signs, halves of signs, private and unassigned ones. Joiners are text."""

SLUG_PATTERN = "[a-z0-9]+(?:-[a-z0-9]+)*"
"""Small letters and digits, with single hyphens between them."""


def is_slug(text: str) -> bool:
    return re.fullmatch(SLUG_PATTERN, text) is not None


def is_plain(text: str, *, lines: bool = False) -> bool:
    """True where the text holds nothing but signs that can be read; line breaks only where `lines` allows them."""
    allowed = {"\n", "\r"} if lines else set()
    return all(sign in allowed or unicodedata.category(sign) not in NEVER for sign in text)


def can_be_seen(text: str) -> bool:
    """True where the text holds more than spaces and signs that only steer others, such as joiners and directions."""
    return any(unicodedata.category(sign)[0] not in "ZC" for sign in text)
