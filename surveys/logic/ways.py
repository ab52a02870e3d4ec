"""The paths of many sheets through one questionnaire: what is shown hangs on few answers, which are mostly the same."""

from collections.abc import Hashable, Iterator
from datetime import date
from typing import Any

from surveys.logic.expressions import Answers, references
from surveys.logic.path import follow
from surveys.questionnaire import Question, Questionnaire, Section

REMEMBERED = 20_000

Shown = tuple[tuple[Section, Question], ...]


class Ways:
    """Gives what `follow` gives, in a fraction of the time; of sheets that go the same way, the very same tuple."""

    def __init__(self, questionnaire: Questionnaire, today: date) -> None:
        self.questionnaire, self.today = questionnaire, today
        self.deciding = sorted({code for tree in _conditions(questionnaire) for code, _row in references(tree)})
        self._known: dict[Hashable, Shown] = {}

    def shown(self, answers: Answers) -> Shown:
        """What somebody sees who gave these answers."""
        key = tuple(_frozen(answers.get(code)) for code in self.deciding)
        found = self._known.get(key)
        if found is None:
            found = follow(self.questionnaire, answers, self.today).shown
            if len(self._known) < REMEMBERED:
                self._known[key] = found
        return found


def _conditions(questionnaire: Questionnaire) -> Iterator[Any]:
    for section in questionnaire.sections:
        yield section.show_if
        for question in section.questions:
            yield question.show_if
            yield from (skip.when for skip in question.skips)


def _frozen(value: Any) -> Hashable:
    """Kinds of values apart, which would be equal otherwise: 1 and true."""
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return tuple((key, str(inner)) for key, inner in value.items())
    return type(value), value
