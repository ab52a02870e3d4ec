"""Our texts as XLSForm writes them: "{code}" as "${name}", and nothing that it would take for Markdown or HTML."""

import html
import re
from collections.abc import Mapping

from babel import Locale

from surveys.importers.texts import MARKUP
from surveys.importers.xlsform.wording import HEADING, LINK
from surveys.sheets.piping import PIPE

STARS = re.compile(r"\*{2,}")
BACKSLASH = re.compile(r"\\(?=[*_#\[\\])")
FOREIGN_PIPE = re.compile(r"\$(?=\{)")


def written(text: str, pipes: Mapping[str, str]) -> str:
    """`pipes`: names of answers in the file, by how our texts repeat them."""
    text = html.escape(text, quote=False) if MARKUP.search(text) else text
    text = FOREIGN_PIPE.sub("$ ", text)
    text = PIPE.sub(lambda found: _piped(found, pipes), text)
    text = BACKSLASH.sub(r"\\\\", text)
    text = STARS.sub(lambda found: r"\*" * len(found[0]), text)
    text = HEADING.sub(lambda found: f"\\{found[0]}", text)
    return LINK.sub(lambda found: f"\\{found[0]}", text)


def has_foreign_pipe(text: str) -> bool:
    """True where a text has a sign of XLSForm that means something else there."""
    return FOREIGN_PIPE.search(text) is not None


def _piped(found: re.Match[str], pipes: Mapping[str, str]) -> str:
    name = pipes.get(found[1])
    return f"${{{name}}}" if name else found[0]


def language_header(code: str) -> str:
    """ "German (de)", as XLSForm names a language."""
    return f"{Locale.parse(code).english_name} ({code})"
