"""Writes small LimeSurvey files as its three generations do, from one description."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from surveys.importers.report import Import
from tests.surveys.importers.brought import bring

Texts = Mapping[str, str]
ROWS, TABLES, NEWEST = 177, 641, 717
"""Versions of the database: texts in the rows; texts in tables of their own; what is ranked among the subquestions."""

GENERATIONS = (ROWS, TABLES, NEWEST)


@dataclass
class LimeQuestion:
    """`answers` and `subquestions` by code; a code with "/1" behind it stands on the second scale."""

    code: str
    type: str
    texts: Texts
    answers: Mapping[str, Texts] = field(default_factory=dict)
    subquestions: Mapping[str, Texts] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    translated: Mapping[str, Texts] = field(default_factory=dict)
    help: Texts = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)


def ask(code: str, type_: str, text: str = "", **more: Any) -> LimeQuestion:
    """A question in English and German; answers and subquestions may be given as plain texts."""
    for name in ("answers", "subquestions"):
        more[name] = {part: both(words) for part, words in more.get(name, {}).items()}
    return LimeQuestion(code, type_, both(text or f"What about {code}?"), **more)


def both(text: str | Texts) -> Texts:
    return {"en": text, "de": f"{text} (de)"} if isinstance(text, str) else text


@dataclass
class LimeFile:
    """Groups of questions, each with its name and its condition."""

    groups: Sequence[tuple[str, str, Sequence[LimeQuestion]]]
    languages: Sequence[str] = ("en", "de")
    kind: str = "Survey"
    settings: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    """Further tables, as they are."""

    def xml(self, version: int = TABLES) -> bytes:
        tables = _Tables(self, version)
        parts = [f"<LimeSurveyDocType>{self.kind}</LimeSurveyDocType><DBVersion>{version}</DBVersion>"]
        parts.append(
            "<languages>" + "".join(f"<language>{code}</language>" for code in self.languages) + "</languages>"
        )
        parts += [_table(name, rows) for name, rows in (tables.all() | dict(self.more)).items()]
        return ('<?xml version="1.0" encoding="UTF-8"?>\n<document>' + "\n".join(parts) + "</document>").encode()


def file_of(*questions: LimeQuestion, **more: Any) -> LimeFile:
    """A file of one group."""
    return LimeFile([("First", "", questions)], **more)


def brought(
    *questions: LimeQuestion, version: int = TABLES, languages: Sequence[str] = ("en", "de"), **more: Any
) -> Import:
    """What becomes of these questions in a city of these languages. `more` as `LimeFile` takes it."""
    return bring(file_of(*questions, **more).xml(version), languages)


SURVEY = 123456


class _Tables:
    def __init__(self, file: LimeFile, version: int) -> None:
        self.file, self.version = file, version
        self.found: dict[str, list[dict[str, Any]]] = {}
        self.part = 1000

    def all(self) -> dict[str, list[dict[str, Any]]]:
        for number, (name, condition, questions) in enumerate(self.file.groups, start=1):
            own = {"gid": number, "sid": SURVEY, "group_order": number, "grelevance": condition}
            self._translated("groups", "group_l10ns", own, "gid", {"group_name": both(name), "description": {}})
            for order, question in enumerate(questions, start=1):
                self._question(question, number, number * 100 + order, order)
        if self.file.kind == "Survey":
            self._survey()
        return self.found

    def _survey(self) -> None:
        base, *others = self.file.languages
        own = {"sid": SURVEY, "language": base, "additional_languages": " ".join(others), "format": "G"}
        self._row("surveys", own | self.file.settings)
        for code in self.file.languages:
            texts = {f"surveyls_{name}": f"{text} ({code})" for name, text in self.file.texts.items()}
            self._row("surveys_languagesettings", {"surveyls_survey_id": SURVEY, "surveyls_language": code} | texts)

    def _question(self, question: LimeQuestion, group: int, number: int, order: int) -> None:
        own = {"qid": number, "parent_qid": 0, "sid": SURVEY, "gid": group, "type": question.type}
        own |= {"title": question.code, "question_order": order, "relevance": "1", "mandatory": "N", "other": "N"}
        texts = {"question": question.texts, "help": question.help}
        self._translated("questions", "question_l10ns", own | question.values, "qid", texts)
        for code, words in self._subquestions(question).items():
            self._part("subquestions", own, code, words)
        for place, (code, words) in enumerate(self._answers(question).items()):
            self._answer(number, code, words, place)
        for name, value in question.attributes.items():
            self._row("question_attributes", {"qid": number, "attribute": name, "value": value, "language": ""})
        for name, words in question.translated.items():
            for code, text in words.items():
                row = {"qid": number, "attribute": name, "value": text, "language": code}
                self._row("question_attributes", row)

    def _is_moved(self, question: LimeQuestion) -> bool:
        return question.type == "R" and self.version >= NEWEST

    def _subquestions(self, question: LimeQuestion) -> Mapping[str, Texts]:
        return question.answers if self._is_moved(question) else question.subquestions

    def _answers(self, question: LimeQuestion) -> Mapping[str, Texts]:
        return {} if self._is_moved(question) else question.answers

    def _part(self, table: str, own: Mapping[str, Any], code: str, words: Texts) -> None:
        self.part += 1
        name, _slash, scale = code.partition("/")
        row = {"qid": self.part, "parent_qid": own["qid"], "sid": SURVEY, "gid": own["gid"], "type": own["type"]}
        row |= {"title": name, "question_order": self.part, "scale_id": scale or 0, "relevance": "1"}
        self._translated(table, "question_l10ns", row, "qid", {"question": words})

    def _answer(self, number: int, code: str, words: Texts, place: int) -> None:
        self.part += 1
        name, _slash, scale = code.partition("/")
        row = {"qid": number, "code": name, "sortorder": place, "scale_id": scale or 0}
        row |= {"aid": self.part} if self.version >= TABLES else {}
        self._translated("answers", "answer_l10ns", row, "aid", {"answer": words})

    def _translated(self, table: str, beside: str, row: dict[str, Any], key: str, texts: Mapping[str, Texts]) -> None:
        """One row a language, or one row and its texts in the table beside it."""
        if self.version < TABLES:
            for code in self.file.languages:
                self._row(
                    table, row | {"language": code} | {name: words.get(code, "") for name, words in texts.items()}
                )
            return
        self._row(table, row)
        for code in self.file.languages:
            own = {name: words.get(code, "") for name, words in texts.items()}
            self._row(beside, {key: row[key], "language": code} | own)

    def _row(self, table: str, row: dict[str, Any]) -> None:
        self.found.setdefault(table, []).append(row)


def _table(name: str, rows: Iterable[Mapping[str, Any]]) -> str:
    written = "".join("<row>" + "".join(map(_field, row, row.values())) + "</row>" for row in rows)
    return f"<{name}><fields/><rows>{written}</rows></{name}>"


def _field(name: str, value: Any) -> str:
    text = str(value)
    if not text:
        return f"<{name}/>"
    return f"<{name}><![CDATA[{text}]]></{name}>" if "]]>" not in text else f"<{name}>{escape(text)}</{name}>"
