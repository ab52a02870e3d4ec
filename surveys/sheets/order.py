"""In which order somebody sees the options and rows of a question: their own, and the same each time."""

import hashlib
from typing import TypeVar

from surveys.questionnaire import Option, OptionRole, Question, Row

Part = TypeVar("Part", Option, Row)


def options_for(question: Question, seed: str) -> tuple[Option, ...]:
    """ "None", "other" and "don't know" stand last. Columns of a matrix go from one end to the other and never move."""
    plain = tuple(option for option in question.options if option.role is OptionRole.PLAIN)
    last = tuple(option for option in question.options if option.role is not OptionRole.PLAIN)
    is_shuffled = question.is_shuffled and not question.kind.has_rows
    return (_shuffled(plain, question, seed) if is_shuffled else plain) + last


def rows_for(question: Question, seed: str) -> tuple[Row, ...]:
    return _shuffled(question.rows, question, seed) if question.is_shuffled else question.rows


def _shuffled(parts: tuple[Part, ...], question: Question, seed: str) -> tuple[Part, ...]:
    """In the order of hashes: nobody has to keep it, and every order is as likely as any other."""
    return tuple(
        sorted(parts, key=lambda part: hashlib.sha256(f"{seed}:{question.code}:{part.code}".encode()).digest())
    )
