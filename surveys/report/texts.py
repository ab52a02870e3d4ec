"""Texts that the public may read, some at a time."""

from dataclasses import dataclass

from markupsafe import Markup

from surveys.models import SurveyWave
from surveys.questionnaire import OTHER, Question
from surveys.report.words import title_of
from surveys.statistics import approved
from surveys.versions import questionnaire_of
from surveys.written import text_page

KEY_SIGNS = 32
"""Hexadecimal signs of a text's key."""


@dataclass(frozen=True)
class TextsShown:
    """Some texts of one field, in their random order. `is_beside`: they stand beside "something else"."""

    field: str
    question: Question
    is_beside: bool
    texts: tuple[str, ...]
    following: str

    @property
    def title(self) -> Markup:
        return title_of(self.question)


def texts_shown(wave: SurveyWave, field: str, after: str) -> TextsShown | None:
    """Those that follow the key, which an earlier page gave. None for a field where nobody writes, or a made-up key."""
    code, _dot, beside = field.partition(".")
    question = questionnaire_of(wave).question(code)
    key = _key(after)
    if question is None or key is None or beside not in {"", OTHER} or not (beside or question.kind.is_written):
        return None
    found = text_page(wave, approved(field), key)
    texts = tuple(text.text for text in found.texts)
    return TextsShown(field, question, bool(beside), texts, found.last.hex() if found.last else "")


def _key(text: str) -> bytes | None:
    if text and len(text) != KEY_SIGNS:
        return None
    try:
        return bytes.fromhex(text)
    except ValueError:
        return None
