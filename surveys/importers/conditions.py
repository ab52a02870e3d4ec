"""What every import ends with: conditions and jumps that can never work are taken out, and the report says so."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import gettext as _

from surveys.importers.report import Ledger
from surveys.logic.expressions import Expression, references, same
from surveys.questionnaire import AGREEMENT, END, Check, Kind, Question, Questionnaire, Section, Skip


def settle(questionnaire: Questionnaire, ledger: Ledger) -> Questionnaire:
    """The questionnaire without conditions that can never hold, and without jumps that lead nowhere."""
    settler = _Settler(questionnaire, ledger)
    return questionnaire.model_copy(update={"sections": tuple(map(settler.section, questionnaire.sections))})


class _Settler:
    """Goes through the questionnaire once; `asked` are the codes that came before."""

    def __init__(self, questionnaire: Questionnaire, ledger: Ledger) -> None:
        self.ledger = ledger
        self.all = {q.code: q for q in questionnaire.questions if q.kind is not Kind.NOTE}
        self.order = _order(questionnaire)
        self.asked: set[str] = set()

    def section(self, section: Section) -> Section:
        show_if = self._kept(section.show_if, section.code)
        questions = tuple(map(self.question, section.questions))
        return section.model_copy(update={"show_if": show_if, "questions": questions})

    def question(self, question: Question) -> Question:
        changes: dict[str, Any] = {"show_if": self._kept(question.show_if, question.code)}
        self.asked.add(question.code)
        changes["checks"] = tuple(check for check in question.checks if self._stays(check, question))
        changes["skips"] = tuple(skip for skip in question.skips if self._leads(skip, question))
        return question.model_copy(update=changes)

    def _kept(self, tree: Expression, code: str) -> Expression:
        problem = self._problem(tree)
        if not problem:
            return tree
        self._say(code, problem, _("We took the condition out, so that everybody sees this."))
        return None

    def _stays(self, check: Check, question: Question) -> bool:
        problem = self._problem(check.that)
        if problem:
            self._say(question.code, problem, _("We took the check of the answer out."))
        return not problem

    def _leads(self, skip: Skip, question: Question) -> bool:
        problem = self._problem(skip.when)
        if not problem and not self._is_ahead(question.code, skip.to):
            problem = _("The jump leads to “%(to)s”, which does not come later.", to=skip.to)
        if problem:
            self._say(question.code, problem, _("We took the jump out."))
        return not problem

    def _is_ahead(self, code: str, target: str) -> bool:
        return target == END or self.order.get(target, -1) > self.order[code]

    def _problem(self, tree: Expression) -> str:
        for code, _row in references(tree):
            if code not in self.all:
                return _("A condition looks at “%(code)s”, which is not in the questionnaire.", code=code)
            if code not in self.asked:
                return _("A condition looks at “%(code)s”, which comes later.", code=code)
        for code, wanted in _sought(tree):
            offered = _offered(self.all[code])
            if offered and not any(same(choice, wanted) for choice in offered):
                place = {"code": code, "wanted": str(wanted)[:60]}
                return _("A condition looks for “%(wanted)s”, which “%(code)s” does not offer.", **place)
        return ""

    def _say(self, code: str, *sentences: str) -> None:
        entry = self.ledger.of(code)
        if entry is not None:
            entry.miss(" ".join(sentences))


def _sought(tree: Expression) -> Iterator[tuple[str, Any]]:
    """Answers that are compared with something fixed: the question's code, and with what."""
    if not isinstance(tree, list):
        return
    if tree[0] in {"=", "!=", "has"}:
        one, other = tree[1:]
        for answer, wanted in ((one, other), (other, one)):
            is_fixed = isinstance(wanted, str | int) and not isinstance(wanted, bool) and wanted != ""
            if is_fixed and isinstance(answer, list) and answer[0] == "answer":
                yield answer[1], wanted
    for part in tree[1:]:
        yield from _sought(part)


def _offered(question: Question) -> Sequence[str]:
    """The codes that people choose from; nothing where they write."""
    if question.kind is Kind.STATEMENTS:
        return AGREEMENT
    return [option.code for option in question.options]


def _order(questionnaire: Questionnaire) -> dict[str, int]:
    """Where each section and question stands."""
    codes = [code for s in questionnaire.sections for code in (s.code, *(q.code for q in s.questions))]
    return {code: place for place, code in enumerate(codes)}
