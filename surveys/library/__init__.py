"""Questionnaires written for cities, to begin with: one JSON file each, in English and German.

docs/survey-templates.md says where their wording comes from. Codes in them stay, so that waves can be compared.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from surveys.questionnaire import Questionnaire, loaded

FOLDER = Path(__file__).parent
ORDER = ("priorities", "solution", "service", "enablers", "mobility")


@dataclass(frozen=True)
class Template:
    """A questionnaire to begin with. `about` says what it is for, by language."""

    code: str
    about: Mapping[str, str]
    questionnaire: Questionnaire


@cache
def templates() -> tuple[Template, ...]:
    """All that come with Plaza, the usual ones first."""
    return tuple(_read(code) for code in ORDER)


def template(code: str) -> Template | None:
    return next((one for one in templates() if one.code == code), None)


def _read(code: str) -> Template:
    document = json.loads((FOLDER / f"{code}.json").read_text("utf-8"))
    return Template(code, document["about"], loaded(document["questionnaire"]))
