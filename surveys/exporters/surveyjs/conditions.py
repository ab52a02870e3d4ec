"""Trees as SurveyJS expressions."""

from collections.abc import Callable, Mapping
from typing import Any

from surveys.exporters.surveyjs.names import value_of
from surveys.logic.expressions import Expression
from surveys.questionnaire import Kind, Question

COMPARED = {"=": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=", "has": "contains"}
CALCULATED = {"+", "-", "*", "/"}
QUOTES = "'\""
CHOSEN = {Kind.MULTIPLE, Kind.RANKING}


class Unsayable(ValueError):
    """SurveyJS has no way to say this."""


class Conditions:
    """Writes conditions that look at these questions. Everything is put in brackets, so that nothing is misread."""

    def __init__(self, questions: Mapping[str, Question]) -> None:
        self.questions = questions

    def written(self, tree: Expression) -> str:
        """The whole condition. Raises Unsayable."""
        text = self._write(tree)
        is_wrapped = isinstance(tree, list) and tree[0] in {*COMPARED, *CALCULATED, "and", "or"}
        return text[1:-1] if is_wrapped else text

    def _write(self, tree: Expression) -> str:
        if not isinstance(tree, list):
            return literal(tree)
        writers: dict[str, Callable[..., str]] = {
            "answer": lambda *parts: "{" + ".".join(parts) + "}",
            "and": lambda *parts: self._joined("and", parts),
            "or": lambda *parts: self._joined("or", parts),
            "not": self._denied,
            "answered": lambda part: f"{self._answer(part)} notempty",
            "today": lambda: "today()",
            "count": self._counted,
        }
        name, *parts = tree
        if name in COMPARED or name in CALCULATED:
            return self._compared(name, *parts)
        if name not in writers:
            raise Unsayable(name)
        return writers[name](*parts)

    def _joined(self, word: str, parts: tuple[Expression, ...]) -> str:
        written = [self._write(part) for part in parts]
        return f"({f' {word} '.join(written)})"

    def _denied(self, part: Expression) -> str:
        if isinstance(part, list) and part[0] == "answered":
            return f"{self._answer(part[1])} empty"
        return f"!({self.written(part)})"

    def _answer(self, part: Expression) -> str:
        """Only of an answer can be said there whether it is empty."""
        if not isinstance(part, list) or part[0] != "answer":
            raise Unsayable("answered")
        return self._write(part)

    def _counted(self, part: Expression) -> str:
        """Only lists have a length there."""
        question = self._question(part)
        if question is None or question.kind not in CHOSEN:
            raise Unsayable("count")
        return "{" + f"{question.code}.length" + "}"

    def _compared(self, name: str, left: Expression, right: Expression) -> str:
        question = self._question(left)
        if name == "has" and (question is None or question.kind not in CHOSEN):
            raise Unsayable("has")
        if question is not None and isinstance(right, str):
            right = value_of(question, right)
        return f"({self._write(left)} {COMPARED.get(name, name)} {self._write(right)})"

    def _question(self, tree: Expression) -> Question | None:
        is_answer = isinstance(tree, list) and tree[0] == "answer" and len(tree) == 2
        return self.questions.get(tree[1]) if is_answer else None


def literal(value: Any) -> str:
    """A value. In a text, only quotes take a backslash before them; it cannot say a backslash there itself."""
    if not isinstance(value, str):
        return {True: "true", False: "false"}[value] if isinstance(value, bool) else _number(value)
    if value.endswith("\\") or any(f"\\{quote}" in value for quote in QUOTES):
        raise Unsayable(value)
    for quote in QUOTES:
        value = value.replace(quote, f"\\{quote}")
    return f"'{value}'"


def _number(value: float | None) -> str:
    if value is None:
        return "null"
    written = repr(value)
    if "e" in written:
        raise Unsayable(written)
    return written
