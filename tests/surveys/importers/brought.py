"""Reads a file as staff would, and looks things up in what came out."""

from collections.abc import Sequence
from typing import Any

from surveys import importers
from surveys.importers.report import Import
from surveys.questionnaire import Question

BOTH = ("en", "de")


def bring(content: bytes, languages: Sequence[str] = BOTH, name: str = "file") -> Import:
    return importers.read(name, content, languages)


def question(found: Import, code: str) -> Question:
    assert found.questionnaire is not None, found.report.refused
    asked = found.questionnaire.question(code)
    assert asked is not None, [other.code for other in found.questionnaire.questions]
    return asked


def codes(found: Import) -> list[str]:
    assert found.questionnaire is not None, found.report.refused
    return [asked.code for asked in found.questionnaire.questions]


def said(found: Import, name: str) -> str:
    """All sentences about the element that the file calls so."""
    return " ".join(
        note.sentence for outcome in found.report.outcomes if outcome.name == name for note in outcome.notes
    )


def option_codes(asked: Question) -> list[str]:
    return [option.code for option in asked.options]


def show_if(found: Import, code: str) -> Any:
    return question(found, code).show_if
