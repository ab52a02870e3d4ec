"""Texts of an XLSForm in our form: Markdown made plain, "${name}" made "{code}"."""

import re
from collections.abc import Callable, Mapping

from flask_babel import gettext as _

from surveys.importers import texts
from surveys.importers.report import Entry
from surveys.importers.xlsform.columns import Row

BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
LINK = re.compile(r"(?<!\\)\[([^\[\]]+)\]\((\S+?)\)")
HEADING = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)
ESCAPED = re.compile(r"\\([*_#\[\\])")
"""The Markdown that XLSForm allows. Single stars and lines below stay: "Bürger*innen" is a word, "my_name" a name."""

PIPED = re.compile(r"\$\{\s*([^{}]*?)\s*\}")

Fit = Callable[..., str]
Pipe = Callable[[str], str | None]
"""From the name of a question to what stands for its answer in a text; None where there is none."""


def nothing_piped(_name: str) -> None:
    """For texts that stand outside of all questions."""


def worded(row: Row, name: str, fit: Fit, entry: Entry, pipe: Pipe = nothing_piped) -> dict[str, str]:
    """The texts of a field by language. `fit` is texts.line or texts.long; the entry says what had to be changed."""
    found = {}
    for language, written in row.text(name).items():
        text = _piped(_without_markdown(written, entry, row.place(name)), pipe, entry, row.place(name))
        text = fit(text, entry, where=row.place(name))
        if text:
            found[language] = text
    return found


def joined(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    """Both texts below each other, in each language."""
    languages = dict.fromkeys((*first, *second))
    return {code: "\n\n".join(filter(None, (first.get(code), second.get(code)))) for code in languages}


def quoted(row: Row) -> str:
    """The first text of a row, short, for the report."""
    return next((texts.shortened(texts.plain(text)) for text in row.text("label").values()), "")


def _without_markdown(text: str, entry: Entry, where: str) -> str:
    """Bold and headings lose their signs, links keep their address in brackets."""
    bare = BOLD.sub(r"\1", HEADING.sub("", text))
    bare = LINK.sub(_link, bare)
    if bare != text:
        entry.change(_("Bold type and links became plain text. Addresses still stand in the text."), where=where)
    return ESCAPED.sub(r"\1", bare)


def _link(found: re.Match[str]) -> str:
    shown, address = found[1], found[2]
    return address if shown == address else f"{shown} ({address})"


def _piped(text: str, pipe: Pipe, entry: Entry, where: str) -> str:
    def put(found: re.Match[str]) -> str:
        code = pipe(found[1])
        if code is None:
            name = texts.shortened(found[1], 60)
            sentence = _("The text repeats “%(name)s”, which is no answer here. It now says “…” there.", name=name)
            entry.miss(sentence, where=where)
            return "…"
        return f"{{{code}}}"

    return PIPED.sub(put, text)
