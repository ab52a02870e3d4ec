"""Texts of other tools, made plain: no HTML, no signs that cannot be read, no longer than ours may be."""

import re
import unicodedata
from html.parser import HTMLParser

import nh3
from flask_babel import gettext as _

from citizen.core.texts import NEVER
from surveys.importers.report import Entry
from surveys.texts import LINE, LONG

MARKUP = re.compile(r"<\s*/?\s*[A-Za-z][^<>]*>|<!--|<\?|<!\[|&(?:[A-Za-z]{2,8}|#\d{1,6}|#x[0-9A-Fa-f]{1,5});")
"""A tag, a comment, or a character reference. "x < 5" is none of these."""

TAGS = {"a", "br", "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "table"}
BLOCKS = TAGS - {"a", "td"}


MOST_TAGS = 1000
"""With more tags a text is no longer read as HTML: they only break lines. Reading them takes too long."""


class _Readable(dict[int, int | None]):
    """For str.translate: signs that are no text go, and each sign is looked up once."""

    def __missing__(self, sign: int) -> int | None:
        is_text = chr(sign) in "\n\r\t" or unicodedata.category(chr(sign)) not in NEVER
        self[sign] = sign if is_text else None
        return self[sign]


READABLE = _Readable()


def plain(text: str) -> str:
    """The text without HTML, scripts and signs that cannot be read. Links keep their address in brackets."""
    return _tidy(_without_markup(text))


def line(text: str, entry: Entry, *, where: str = "") -> str:
    """A text on one line; what had to be changed is said on the entry."""
    return _fitted(re.sub(r"[ \n]+", " ", _cleaned(text, entry, where)), LINE, entry, where)


def long(text: str, entry: Entry, *, where: str = "") -> str:
    """A text on several lines; what had to be changed is said on the entry."""
    return _fitted(_cleaned(text, entry, where), LONG, entry, where)


def shortened(text: str, most: int = 120) -> str:
    """So much of a text as a sentence about it can hold."""
    text = " ".join(_tidy(text).split())
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _cleaned(text: str, entry: Entry, where: str) -> str:
    bare = _without_markup(text)
    if bare != text:
        entry.change(_("We took HTML out of this text. Plaza shows plain text."), where=where)
    if bare.translate(READABLE) != bare:
        entry.change(_("We took signs out of this text that nobody can read."), where=where)
    return _tidy(bare)


def _fitted(text: str, most: int, entry: Entry, where: str) -> str:
    if len(text) <= most:
        return text
    entry.miss(_("This text is too long. We kept the first %(most)s characters.", most=most), where=where)
    return f"{text[: most - 1].rstrip()}…"


def _tidy(text: str) -> str:
    """One kind of line end, no trailing spaces, no empty lines in a row, nothing that cannot be read."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").translate(READABLE)
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _without_markup(text: str) -> str:
    if not MARKUP.search(text):
        return text
    if text.count("<") > MOST_TAGS:
        text = re.sub(r"<[^<>]*>", "\n", text)
    safe = nh3.clean(
        text, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel=None
    )
    reader = _PlainText()
    reader.feed(safe)
    reader.close()
    return _tidy("".join(reader.parts))


class _PlainText(HTMLParser):
    """Writes HTML that nh3 has made safe as plain text: lines where blocks were, addresses behind links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.href, self.linked = "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.href, self.linked = dict(attrs).get("href") or "", len(self.parts)
        elif tag in BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.href:
            shown = "".join(self.parts[self.linked :]).strip()
            if self.href.removeprefix("mailto:") != shown:
                self.parts.append(f" ({self.href})")
            self.href = ""
        elif tag in BLOCKS - {"br"}:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
