"""A whole questionnaire as a SurveyJS form."""

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import gettext as _

from surveys.exporters.exported import Left
from surveys.exporters.surveyjs.conditions import Conditions, Unsayable
from surveys.exporters.surveyjs.elements import Element, Elements, as_html, without_usual
from surveys.exporters.surveyjs.names import ENGLISH, Languages
from surveys.logic.expressions import Expression, references
from surveys.questionnaire import END, Check, Layout, Question, Questionnaire, Section, Skip

LENGTHS = {">=": "minLength", "<=": "maxLength"}


class Form:
    """Writes one questionnaire; `left` fills with what SurveyJS cannot say."""

    def __init__(self, questionnaire: Questionnaire, languages: Sequence[str]) -> None:
        self.questionnaire, self.languages = questionnaire, Languages(languages)
        self.elements = Elements(self.languages)
        self.conditions = Conditions({question.code: question for question in questionnaire.questions})
        self.order = [question.code for question in questionnaire.questions]
        self.left: list[Left] = []
        self.triggers: list[Element] = []

    def written(self) -> dict[str, Any]:
        whole, text = self.questionnaire, self.languages.text
        main = self.languages.codes[0]
        thanks = {code: as_html(words) for code, words in whole.thanks.items()}
        pages = [self._page(section) for section in whole.sections]
        form = {
            "locale": main if main != ENGLISH else "",
            "title": text(whole.title),
            "description": text(whole.intro),
            "completedHtml": text(thanks),
            "questionsOnPageMode": "questionPerPage" if whole.layout is Layout.QUESTION else "",
            "triggers": self.triggers,
            "clearInvisibleValues": "onHidden",  # as here, conditions do not see answers that nobody sees
        }
        return without_usual(form) | {"pages": pages}

    def _page(self, section: Section) -> Element:
        text = self.languages.text
        page = {"name": section.code, "title": text(section.title), "description": text(section.text)}
        shown = self._shown_if(section.show_if, section.code)
        return without_usual(page | shown | {"elements": [self._element(q) for q in section.questions]})

    def _element(self, question: Question) -> Element:
        element = self.elements.element(question, self._says(question.code))
        validators = [found for check in question.checks if (found := self._validator(check, question))]
        for skip in question.skips:
            self._add_trigger(skip, question)
        return element | self._shown_if(question.show_if, question.code) | without_usual({"validators": validators})

    def _says(self, code: str) -> Callable[[str], None]:
        return lambda sentence: self.left.append(Left(code, sentence))

    def _shown_if(self, tree: Expression, code: str) -> Element:
        if tree is None or tree is False:
            return {"visible": False} if tree is False else {}
        try:
            return {"visibleIf": self.conditions.written(tree)}
        except Unsayable:
            self._says(code)(_("SurveyJS cannot say the condition. Everybody sees this there."))
            return {}

    def _validator(self, check: Check, question: Question) -> Element:
        text = self.languages.text(check.message)
        found = _own_validator(check.that, question)
        try:
            found = found or {"type": "expression", "expression": self.conditions.written(check.that)}
        except Unsayable:
            self._says(question.code)(_("SurveyJS cannot say the check of the answer. It did not go into the file."))
            return {}
        return found | without_usual({"text": text})

    def _add_trigger(self, skip: Skip, question: Question) -> None:
        """SurveyJS jumps as soon as the condition holds, wherever people are then."""
        last = max((code for code, _row in references(skip.when)), key=self._place, default="")
        goal = self._goal(skip.to)
        try:
            when = self.conditions.written(skip.when)
        except Unsayable:
            last = ""
        if last != question.code or not goal:
            self._says(question.code)(_("SurveyJS cannot say this jump. It did not go into the file."))
            return
        to = {"type": "complete"} if goal == END else {"type": "skip", "gotoName": goal}
        self.triggers.append(to | {"expression": when})

    def _place(self, code: str) -> int:
        return self.order.index(code) if code in self.order else -1

    def _goal(self, to: str) -> str:
        """A question: SurveyJS jumps to no page."""
        sections = {
            section.code: section.questions[0].code for section in self.questionnaire.sections if section.questions
        }
        return to if to == END or to in self.order else sections.get(to, "")


def _own_validator(tree: Expression, question: Question) -> Element:
    """Checks that SurveyJS has validators of their own for: patterns and lengths."""
    own = ["answer", question.code]
    if not isinstance(tree, list) or len(tree) != 3:
        return {}
    name, left, right = tree
    if name == "matches" and left == own:
        return {"type": "regex", "regex": right}
    if name in LENGTHS and left == ["length", own] and isinstance(right, int) and right > 0:
        return {"type": "text", LENGTHS[name]: right}
    return {}
