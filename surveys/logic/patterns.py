r"""Patterns for `matches`: the part of the language of regular expressions that Python and every browser read alike.

Allowed are signs, `.`, classes as `[a-z]`, `\d \w \s` and their opposites, `\b \B ^ $`, groups `(…)` and `(?:…)`,
looking ahead with `(?=…)` and `(?!…)`, `|`, and `* + ? {2} {2,} {2,5}`, each also lazy. They mean what ECMAScript with
its flag "u" takes them for, so that a browser may use the pattern as it stands (but for backslashes before signs that
need none); `compiled` says the same in Python's words. Source: ECMA-262, "Patterns" and "CharacterClassEscape".
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

import regex

LONGEST = 500
SPACES = "\\t\\n\\v\\f\\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
SETS = {"d": "0-9", "w": "A-Za-z0-9_", "s": SPACES}
ANY = "[^\\n\\r\u2028\u2029]"

ESCAPED = r"\\[\W_nrtfv]"
IN_CLASS = rf"(?:{ESCAPED}|[^\\\]])"
PIECES = re.compile(
    rf"""(?P<set>\[\^?(?:\\[dws]|{IN_CLASS})+\])"""
    r"""|(?P<short>\\[dwsDWS])"""
    r"""|(?P<edge>\\[bB]|\^|\$)"""
    r"""|(?P<open>\((?:\?[:=!])?)"""
    r"""|(?P<close>\))"""
    r"""|(?P<or>\|)"""
    r"""|(?P<times>(?:[*+?]|\{\d{1,3}(?:,\d{0,3})?\})\??)"""
    r"""|(?P<any>\.)"""
    rf"""|(?P<sign>{ESCAPED}|[^\\{{}}\[\]])""",
    re.DOTALL,
)
CLASS_ITEMS = re.compile(rf"(\\[dws])|({IN_CLASS})-({IN_CLASS})|({IN_CLASS})", re.DOTALL)


class Unusual(ValueError):
    """Not a pattern, or one that Python and browsers read in different ways."""


@lru_cache(maxsize=500)
def compiled(pattern: str) -> regex.Pattern[str]:
    """The pattern as Python reads it. Raises Unusual."""
    if len(pattern) > LONGEST:
        raise Unusual
    try:
        return regex.compile("".join(_translated(pattern)), regex.ASCII)
    except regex.error:
        raise Unusual from None


@dataclass
class _Group:
    """What stands in a group so far: its pieces, which of them repeat or may be missing, and whether it is a choice."""

    pieces: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    optional: list[str] = field(default_factory=list)
    is_choice: bool = False

    def repeat(self, times: str) -> None:
        """Note what the last piece does."""
        (self.repeated if _repeats(times) else self.optional).append(self.pieces[-1])

    @property
    def is_divided(self) -> bool:
        """True where each turn begins or ends with a sign that none of its repeats can take, as in `(\\.[a-z]+)+`."""
        edges = [piece for piece in (self.pieces[:1] + self.pieces[-1:]) if PIECES.match(piece)["sign"]]  # type: ignore[index]
        signs = [edge[-1] for edge in edges if edge not in self.repeated + self.optional]
        return not self.is_choice and any(
            all(not compiled(piece).fullmatch(sign) for piece in self.repeated) for sign in signs
        )


def may_run_away(pattern: str) -> bool:
    """True where a repeat stands in a repeat with nothing between the turns, as in `(a+)+`.

    Such repeats try every way of dividing a run of signs between them, and some texts keep a browser busy for ever. Not
    all such patterns are found: a choice of equal signs, `(a|a)*`, is as bad, and nobody writes it.
    """
    groups, closed = [_Group()], None
    for found in PIECES.finditer(pattern):
        kind, text = str(found.lastgroup), found.group()
        if kind == "times":
            if _repeats(text) and closed is not None and closed.repeated and not closed.is_divided:
                return True
            groups[-1].repeat(text)
        closed = _read_on(groups, kind, text)
    return False


def _read_on(groups: list[_Group], kind: str, text: str) -> _Group | None:
    """Put the piece where it belongs. Gives the group that it closes."""
    if kind == "open":
        groups.append(_Group())
    elif kind == "or":
        groups[-1].is_choice = True
    elif kind in {"set", "short", "any", "sign"}:
        groups[-1].pieces.append(text)
    if kind != "close" or len(groups) == 1:
        return None
    closed = groups.pop()
    groups[-1].pieces.append(".")
    groups[-1].repeated += ["."] if closed.repeated else []
    return closed


def _repeats(times: str) -> bool:
    """True for what may repeat once or often: `*`, `+`, `{2,}`, `{2,5}`; not for `?` and `{2}`."""
    return times[0] in "*+" or "," in times


def _translated(pattern: str) -> list[str]:
    """Piece by piece. Only what stands for signs can be repeated: no edge, and nothing that looks ahead."""
    written: list[str] = []
    opened: list[bool] = []
    at, can_repeat = 0, False
    while at < len(pattern):
        piece = PIECES.match(pattern, at)
        if piece is None:
            raise Unusual
        kind, text, at = str(piece.lastgroup), piece.group(), piece.end()
        if kind == "times" and not can_repeat:
            raise Unusual
        if kind == "open":
            opened.append(text in {"(", "(?:"})
        can_repeat = opened.pop() if kind == "close" and opened else kind in {"set", "short", "any", "sign"}
        written.append(_piece(kind, text))
    return written


def _piece(kind: str, text: str) -> str:
    if kind == "set":
        return _set(text)
    if kind == "short":
        return f"[{'^' if text[1].isupper() else ''}{SETS[text[1].lower()]}]"
    if kind == "sign":
        return _sign(text)
    return {".": ANY, "$": r"\Z"}.get(text, text)


def _set(text: str) -> str:
    if text == "[^]":
        raise Unusual
    begin = "[^" if text.startswith("[^") else "["
    items = CLASS_ITEMS.findall(text[len(begin) : -1])
    if any(single == "-" for _short, _first, _last, single in items[1:-1]):
        raise Unusual
    return begin + "".join(_item(*item) for item in items) + "]"


def _item(short: str, first: str, last: str, single: str) -> str:
    if short:
        return SETS[short[1]]
    return _sign(single) if single else f"{_sign(first)}-{_sign(last)}"


def _sign(text: str) -> str:
    """One sign; a backslash before n, r, t, f and v makes a control sign, before any other only that sign itself."""
    if len(text) == 2 and text[1] in "nrtfv":
        return text
    return str(regex.escape(text[-1], special_only=False))
