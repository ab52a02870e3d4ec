"""Real files that lie beside the project, and are no part of it."""

from pathlib import Path

import pytest

from citizen.core.config import ROOT

FOLDER = ROOT.parent / "shared" / "data" / "questionnaires"


def questionnaire_path(name: str) -> Path:
    """Where the file lies. Skips the test, saying so, where it does not."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"{path} is not here")
    return path


def questionnaire_file(name: str) -> bytes:
    return questionnaire_path(name).read_bytes()
