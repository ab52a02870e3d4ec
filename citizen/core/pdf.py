"""Pages as PDF, for screen readers and for paper; and small ones as pictures."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst


def compiled(template: Path, values: Mapping[str, str], root: Path | None = None) -> bytes:
    """A tagged PDF (PDF/UA-1). Texts are values, never markup; pictures are read from the folder `root`.

    That standard refuses a text with a sign that no font of this machine has, such as an emoji. A page with a box in
    the place of that sign is better than none.
    """
    given: dict[str, Any] = {"root": root, "sys_inputs": dict(values)}
    try:
        return bytes(typst.compile(template.read_bytes(), **given, pdf_standards=["ua-1"]))
    except typst.TypstError:
        return bytes(typst.compile(template.read_bytes(), **given))


def picture(template: Path, values: Mapping[str, str]) -> bytes:
    """One page as a PNG picture of 1200 pixels across. Texts are values, never markup."""
    return bytes(typst.compile(template.read_bytes(), sys_inputs=dict(values), format="png", ppi=144))
