"""Patterns for texts as other tools write them, in a form that both our evaluators read."""

import re

from surveys.logic.parsing import Unreadable

CLOSING = {"(": ")", "{": "}", "[": "]", "<": ">"}
OURS_ONLY = re.compile(r"\\[pPxukN]|\(\?[<P]")
"""What holds letters that are no letters of the text: they cannot be written in both cases."""


def between_slashes(written: object) -> str:
    """The pattern in `/pattern/flags`, as PHP writes it. Raises Unreadable."""
    text = written.strip() if isinstance(written, str) else ""
    if len(text) < 2 or text[0].isalnum() or text[0] == "\\":
        raise Unreadable("a pattern stands between slashes")
    body, sign, flags = text[1:].rpartition(CLOSING.get(text[0], text[0]))
    if not sign or set(flags) - set("iuD"):
        raise Unreadable("this pattern has a setting that is not known here")
    pattern = body.replace(f"\\{text[0]}", text[0]).replace("\\A", "^").replace("\\z", "$").replace("\\Z", "$")
    return in_any_case(pattern) if "i" in flags else pattern


def in_any_case(pattern: str) -> str:
    """The pattern with every letter in both cases: a flag inside a pattern is not read in browsers."""
    if OURS_ONLY.search(pattern):
        raise Unreadable("this pattern cannot be written for both cases")
    written, is_class = [], False
    for piece in re.findall(r"\\.|[A-Za-z]-[A-Za-z]|.", pattern, flags=re.DOTALL):
        written.append(_in_both(piece, is_class=is_class))
        is_class = {"[": True, "]": False}.get(piece, is_class)
    return "".join(written)


def _in_both(piece: str, *, is_class: bool) -> str:
    if piece[0] == "\\" or not piece[0].isalpha():
        return piece
    if len(piece) == 3 and not is_class:
        return "".join(_in_both(sign, is_class=False) for sign in piece)
    both = "".join(dict.fromkeys((piece.lower(), piece.upper())))
    return both if is_class or len(both) == 1 else f"[{both}]"
