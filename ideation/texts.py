"""Texts of citizens: cleaned as they come in, and made safe where they are shown."""

import html
import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from citizen.core.web import safe_next

TURNS = dict.fromkeys((0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""Signs that turn the direction of the text around them: names could pose as others with them."""
TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "a", "blockquote"}
SCHEMES = {"http", "https", "mailto"}
REL = "nofollow ugc noopener noreferrer"
BLOCKS = re.compile(r"<\s*/?\s*(?:p|div|br|ul|ol|h[1-6]|tr|table|blockquote)\b[^>]*>", re.IGNORECASE)
ITEMS = re.compile(r"<\s*li\b[^>]*>", re.IGNORECASE)
LONGEST_LINK = 300
MOST_LINES = re.compile(r"\n{3,}")

_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(
    ["image", "heading", "lheading", "code", "fence", "html_block", "html_inline", "hr", "reference", "backticks"]
)


def clean_line(text: str) -> str:
    """One line: no control signs, none that turn the direction, single spaces."""
    return " ".join(_readable(text).split())


def clean_text(text: str) -> str:
    """Lines as they were written, without what nobody can read, and never more than one empty one."""
    lines = (line.rstrip() for line in _readable(text, keep="\n").replace("\r", "").split("\n"))
    return MOST_LINES.sub("\n\n", "\n".join(lines)).strip()


def _readable(text: str, keep: str = "") -> str:
    turned = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).translate(TURNS)
    return "".join(
        sign if sign in keep or unicodedata.category(sign) not in {"Cc", "Cs", "Co", "Cn"} else " " for sign in turned
    )


@lru_cache(maxsize=2000)
def render(text: str) -> Markup:
    """The text with its emphasis, lists and links; everything else in it is shown as it was typed."""
    made = nh3.clean(
        _markdown.render(text),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        link_rel=REL,
    )
    return Markup(made)  # noqa: S704


def without_markup(source: str) -> str:
    """The words of a piece of HTML, with its paragraphs and lists as lines. Nothing in it is fetched."""
    lines = ITEMS.sub("\n- ", BLOCKS.sub("\n", source))
    return clean_text(html.unescape(nh3.clean(lines, tags=set())))


def is_safe_link(text: str) -> bool:
    """True for an address under https, and for one of this site; never for one that a browser takes elsewhere."""
    if safe_next(text, ""):
        return len(text) <= LONGEST_LINK
    try:
        parts = urlsplit(text)
        is_host = bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False
    is_clean = text.isprintable() and not set(text) & {"\\", " "}
    return text.startswith("https://") and is_host and is_clean and len(text) <= LONGEST_LINK


def excerpt(text: str, most: int = 160) -> str:
    """The beginning, in one line, cut between words."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"
