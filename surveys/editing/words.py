"""What stands in a questionnaire, in words that staff read: questions, conditions, skips."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from citizen.core.i18n import localized, quoted
from surveys.editing.lines import Line, comparison_words, lines_of, subject_question, values_of
from surveys.logic.expressions import Expression
from surveys.questionnaire import END, Question, Questionnaire, Section, Skip
from surveys.sheets.words import Districts

LONGEST = 60


def short(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rstrip()} …"


def question_name(question: Question) -> str:
    """The question as a list names it: by its text, else by its code."""
    return short(str(localized(question.text))) or question.code


def section_name(section: Section) -> str:
    return short(str(localized(section.title))) or section.code


@dataclass(frozen=True)
class Told:
    """Says conditions of one questionnaire. `districts` are the names of the city's districts by code."""

    questionnaire: Questionnaire
    districts: Districts

    def condition(self, tree: Expression) -> str:
        """The condition as a sentence's part; empty without one."""
        lines = lines_of(tree, self.questionnaire)
        joint = _(" or ") if lines.is_any else _(" and ")
        return joint.join(self.line(line) for line in lines.lines)

    def line(self, line: Line) -> str:
        if line.text:
            return line.text
        question = subject_question(line.subject, self.questionnaire)
        if question is None:
            return line.subject
        words = [quoted(self.subject(line.subject)), comparison_words(line.test, question.kind)]
        return " ".join([*words, *([quoted(self.value(line, question))] if line.test.has_value else [])])

    def subject(self, subject: str) -> str:
        """The question, and its row where the subject names one."""
        code, _dot, row = subject.partition(".")
        question = self.questionnaire.question(code)
        if question is None:
            return subject
        label = next((localized(line.label) for line in question.rows if line.code == row), None)
        return f"{question_name(question)}: {short(str(label))}" if label else question_name(question)

    def value(self, line: Line, question: Question) -> str:
        return (values_of(question, self.districts) or {}).get(line.value, line.value)

    def skip(self, skip: Skip) -> str:
        return _("If %(condition)s: go to %(place)s", condition=self.condition(skip.when), place=self.place(skip.to))

    def place(self, code: str) -> str:
        """Where a skip leads."""
        if code == END:
            return _("the end")
        question = self.questionnaire.question(code)
        if question is not None:
            return quoted(question_name(question))
        section = next((section for section in self.questionnaire.sections if section.code == code), None)
        return quoted(section_name(section)) if section else code


def act_words(act: str) -> str:
    """What somebody did, as the history says it; other acts are plain changes."""
    words: dict[str, Callable[[], str]] = {
        "created": lambda: _("Survey made"),
        "imported": lambda: _("Survey imported"),
        "copied": lambda: _("Survey made as a copy"),
        "begun from a template": lambda: _("Survey made from a template"),
        "kept as a template": lambda: _("Kept as a template"),
        "translated": lambda: _("Translation written"),
        "settings changed": lambda: _("Title and introduction changed"),
        "question added": lambda: _("Question added"),
        "question changed": lambda: _("Question changed"),
        "question moved": lambda: _("Question moved"),
        "question copied": lambda: _("Question copied"),
        "question deleted": lambda: _("Question deleted"),
        "kind changed": lambda: _("Kind of question changed"),
        "section added": lambda: _("Section added"),
        "section changed": lambda: _("Section changed"),
        "section moved": lambda: _("Section moved"),
        "section copied": lambda: _("Section copied"),
        "section deleted": lambda: _("Section deleted"),
        "undone": lambda: _("Change undone"),
        "redone": lambda: _("Change done again"),
        "went back": lambda: _("Went back to an earlier state"),
    }
    return words.get(act, lambda: _("Survey changed"))()


def part_name(document: dict[str, Any], code: str) -> str:
    """What a question or section is called in a document; empty where it is not there."""
    for section in document.get("sections", ()):
        if section["code"] == code:
            return short(str(localized(section.get("title")))) or code
        for question in section.get("questions", ()):
            if question["code"] == code:
                return short(str(localized(question.get("text")))) or code
    return ""
