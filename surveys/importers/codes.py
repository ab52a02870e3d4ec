"""Codes of other tools, made to fit ours."""

import re
import unicodedata
from collections.abc import Collection

from flask_babel import gettext as _

from surveys.importers.report import Entry
from surveys.questionnaire import CHOICE_CODE, CODE, RESERVED

LETTERS = {
    "ä": "ae",
    "ö": "oe",
    "ü": "ue",
    "Ä": "Ae",
    "Ö": "Oe",
    "Ü": "Ue",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "þ": "th",
}
LONGEST = 64


class Codes:
    """Hands out codes, each once. One for all questions and sections, and one for each list of options or rows."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def question(self, name: str, entry: Entry) -> str:
        """A code for a question or section. Says on the entry where it is not the name itself."""
        code = _ascii(name).replace("-", "_").strip("_")
        code = code if re.match("[A-Za-z]", code) else f"q_{code}".rstrip("_")
        return self._given(name, name if re.fullmatch(CODE, name) else code, entry, RESERVED)

    def choice(self, name: str, entry: Entry) -> str:
        """A code for an option or a row."""
        return self._given(
            name, name if re.fullmatch(CHOICE_CODE, name) else _ascii(name).strip("_") or "o", entry, set()
        )

    def _given(self, name: str, wanted: str, entry: Entry, reserved: Collection[str]) -> str:
        code = self.unused(wanted, reserved)
        if name and code != name:
            entry.change(_("The code “%(name)s” does not fit here. It is now “%(code)s”.", name=name[:80], code=code))
        return code

    def unused(self, wanted: str, reserved: Collection[str] = RESERVED) -> str:
        """The wanted code, or that with a number behind it where it is taken."""
        code, number = wanted[:LONGEST], 1
        while code in self.taken or code in reserved:
            number += 1
            code = f"{wanted[: LONGEST - len(str(number)) - 1]}_{number}"
        self.taken.add(code)
        return code


def _ascii(name: str) -> str:
    """Letters without their marks, and "_" for everything that may not stand in a code."""
    bare = "".join(LETTERS.get(sign, sign) for sign in unicodedata.normalize("NFC", name.strip()[:200]))
    bare = unicodedata.normalize("NFKD", bare)
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return re.sub(r"[^A-Za-z0-9_-]+", "_", bare)
