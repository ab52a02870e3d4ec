"""Texts that a file has in its own languages, brought into those of the city."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from surveys.importers import texts
from surveys.importers.languages import language_code, language_name
from surveys.importers.report import Entry
from surveys.texts import LINE, LONG

SIMPLE_MARKUP = re.compile(r"</?(?:p|br|div)\b[^<>]*/?>|&(?:nbsp|amp|quot|lt|gt|#39);", re.IGNORECASE)
"""HTML that does nothing but break lines: as plain text nothing of it is lost."""

Texts = Mapping[str, str]

UNKNOWN = "…"
MOST_SAID = 5
"""So many of the pieces of one text that we cannot read are told one by one."""


class Translations:
    """Which language of the file becomes which of the city's; counts the texts that no language was found for.

    `named` are the languages as the texts of the file name them, and `base` is the one that the file was written in.
    `tags` say which language a name means that is none itself, such as SurveyJS' "default".
    """

    def __init__(
        self, languages: Sequence[str], base: str, named: Iterable[str], tags: Mapping[str, str] | None = None
    ) -> None:
        self.languages, self.base, self.tags = languages, base, tags or {}
        self.into: dict[str, str] = {}
        self.left: Counter[str] = Counter()
        for name in dict.fromkeys((base, *sorted(named, key=lambda name: name not in languages))):
            self._assign(name)
        if not self.into:
            self.into[base] = languages[0]

    def _assign(self, name: str) -> None:
        """Under its own language, where no other form of that ("de", "de-informal") stands there already."""
        code = self._code(name)
        others = {self.tag(other) for other, taken in self.into.items() if taken == code}
        if code in self.languages and others <= {self.tag(name)}:
            self.into[name] = code

    def tag(self, name: str) -> str:
        """How the file calls the language."""
        return self.tags.get(name, name)

    def _code(self, name: str) -> str:
        return language_code(self.tag(name)) or self.tag(name)

    def chosen(self, texts: Texts) -> dict[str, str]:
        """The texts by the city's languages, the main one first; those in other languages are counted."""
        found: dict[str, str] = {}
        for name, text in texts.items():
            if text.strip() and name in self.into:
                found.setdefault(self.into[name], text)
            elif text.strip():
                self.left[name] += 1
        return {code: found[code] for code in self.languages if code in found}

    def say(self, entry: Entry) -> None:
        """Says in the report what became of each language."""
        for name, code in self.into.items():
            names = {"name": self.tag(name), "language": language_name(code)}
            if self._code(name) != code:
                sentence = _(
                    "The city does not write in “%(name)s”. These texts stand under %(language)s now.", **names
                )
                entry.change(" ".join((sentence, _("Please translate them."))))
            elif self.tag(name) != code:
                entry.change(_("The texts in “%(name)s” stand under %(language)s now.", **names))
        for name, number in self.left.items():
            entry.miss(_left_out(self.tag(name), number, is_double=self._code(name) in self.into.values()))


def _left_out(name: str, number: int, *, is_double: bool) -> str:
    if is_double:
        return ngettext(
            "We left out %(num)s text in “%(name)s”: the file has another form of the same language.",
            "We left out %(num)s texts in “%(name)s”: the file has another form of the same language.",
            number,
            name=name,
        )
    return ngettext(
        "We left out %(num)s text in “%(name)s”: the city does not write in this language.",
        "We left out %(num)s texts in “%(name)s”: the city does not write in this language.",
        number,
        name=name,
    )


class Wording:
    """Makes the texts of a file plain texts in the languages of the city.

    `filled` puts the codes of our questions where a text repeats an answer; it may note something on the entry.
    """

    def __init__(self, translations: Translations, filled: Callable[[str, Entry], str]) -> None:
        self.translations, self.filled = translations, filled

    def line(self, found: Texts, entry: Entry, *, where: str = "") -> dict[str, str]:
        """Texts of at most 500 characters on one line."""
        return self._each(texts.line, LINE, found, entry, where)

    def long(self, found: Texts, entry: Entry, *, where: str = "") -> dict[str, str]:
        """Texts of at most 5000 characters on several lines."""
        return self._each(texts.long, LONG, found, entry, where)

    def main(self, found: Texts) -> str:
        """The text by which staff find it again in the report."""
        into = self.translations.into
        chosen = [text for name, text in found.items() if text.strip() and name in into]
        return texts.shortened(texts.plain(next(iter(chosen), next(iter(found.values()), ""))))

    def _each(self, make: Callable[..., str], most: int, found: Texts, entry: Entry, where: str) -> dict[str, str]:
        chosen = self.translations.chosen(found)
        made = {code: make(_simple(text), entry, where=where) for code, text in chosen.items()}
        return {code: self.filled(text, entry)[:most] for code, text in made.items() if text}


def repeated(
    text: str, pieces: re.Pattern[str], code_of: Callable[[str], str | None], say: Callable[[str], None]
) -> str:
    """The text with `{code}` for each piece that repeats an answer. Others become "…", and are told to `say`."""
    found = {piece: code_of(piece) for piece in dict.fromkeys(pieces.findall(text))}
    for piece in [piece for piece, code in found.items() if code is None][:MOST_SAID]:
        say(texts.shortened(piece))
    return pieces.sub(lambda piece: f"{{{found[piece.group()]}}}" if found[piece.group()] else UNKNOWN, text)


def _simple(text: str) -> str:
    """The text without the HTML that only breaks lines."""
    return texts.plain(text) if not texts.MARKUP.search(SIMPLE_MARKUP.sub("", text)) else text
