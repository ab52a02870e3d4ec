"""The script that fills in a sheet without the server: small enough for a phone at a bus stop."""

import json

from citizen.core.config import ROOT

BUILD = ROOT / "static" / "build"
MOST = 14 * 1024
"""Bytes, compressed."""


def test_the_script_is_small() -> None:
    name = json.loads((BUILD / "manifest.json").read_text())["survey.js"]
    assert (BUILD / f"{name}.br").stat().st_size <= MOST
    assert (BUILD / f"{name}.gz").stat().st_size <= MOST


def test_it_brings_no_library() -> None:
    parts = (ROOT / "static" / "src" / "parts").glob("sheet-*.js")
    imported = [line for part in parts for line in part.read_text().splitlines() if line.startswith("import ")]
    assert [line for line in imported if '"./' not in line] == []
