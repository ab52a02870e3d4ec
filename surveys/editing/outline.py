"""A questionnaire at a glance: its sections and questions, each with what decides whether it is shown."""

from dataclasses import dataclass

from surveys.editing.kinds import ICONS, kind_words
from surveys.editing.words import Told, question_name, section_name
from surveys.questionnaire import Question, Section


@dataclass(frozen=True)
class QuestionLine:
    """`condition` and `skips` are in words; empty where the question is always shown and leads to the next one."""

    code: str
    name: str
    icon: str
    kind: str
    is_required: bool
    condition: str
    skips: tuple[str, ...]


@dataclass(frozen=True)
class SectionLine:
    code: str
    name: str
    condition: str
    questions: tuple[QuestionLine, ...]


def outline_of(told: Told) -> list[SectionLine]:
    return [_section(section, told) for section in told.questionnaire.sections]


def _section(section: Section, told: Told) -> SectionLine:
    questions = tuple(_question(question, told) for question in section.questions)
    return SectionLine(section.code, section_name(section), told.condition(section.show_if), questions)


def _question(question: Question, told: Told) -> QuestionLine:
    return QuestionLine(
        code=question.code,
        name=question_name(question),
        icon=ICONS[question.kind],
        kind=kind_words(question.kind),
        is_required=question.is_required,
        condition=told.condition(question.show_if),
        skips=tuple(told.skip(skip) for skip in question.skips),
    )
