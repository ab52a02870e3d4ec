"""Groups and questions of a LimeSurvey file, the same whichever generation of LimeSurvey wrote it.

Texts stand in the rows themselves, one row a language (before LimeSurvey 4), or in tables of their own that end in
`_l10ns`; subquestions have both. What is ranked stands among the answers, or (since 7) among the subquestions. So
both places are looked at always, and the version of the file is never asked for.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from surveys.importers.limesurvey.document import Document, Row

Texts = dict[str, str]
"""Texts by language, as the file names it."""

ANY = ""
"""The language of what holds in all of them."""


@dataclass
class Choice:
    """An answer to choose from, or a subquestion: `scale` tells the two scales of an array apart."""

    code: str
    texts: Texts
    scale: int = 0
    id: int = 0
    relevance: str = ""
    is_required: bool = False


@dataclass
class Asked:
    """A question, with everything that belongs to it."""

    id: int
    type: str
    code: str
    row: Row
    texts: Texts
    help: Texts
    script: Texts
    subquestions: list[Choice] = field(default_factory=list)
    answers: list[Choice] = field(default_factory=list)
    attributes: dict[str, Texts] = field(default_factory=dict)

    @property
    def has_other(self) -> bool:
        return self.row["other"] == "Y"

    @property
    def relevance(self) -> str:
        return self.row["relevance"].strip()

    @property
    def group_id(self) -> int:
        return self.row.number("gid")

    def attribute(self, name: str) -> str:
        """The attribute that holds in all languages, or in the first that has one."""
        texts = self.attributes.get(name, {})
        return texts.get(ANY, "") or next((text for text in texts.values() if text), "")

    def number(self, name: str) -> float | None:
        """The attribute as a number; None where it is not set or is an expression."""
        try:
            found = float(self.attribute(name).replace(",", "."))
        except ValueError:
            return None
        return found if abs(found) <= 1e15 else None

    def scale(self, scale: int) -> list[Choice]:
        """The subquestions of one scale: rows of an array stand on 0, columns of cells to fill in on 1."""
        return [subquestion for subquestion in self.subquestions if subquestion.scale == scale]


@dataclass
class Group:
    """A group of questions, as one page shows them."""

    id: int
    row: Row
    texts: Texts
    description: Texts
    questions: list[Asked] = field(default_factory=list)


@dataclass
class Survey:
    """Everything in the file that is asked, and what goes around it."""

    base: str
    languages: list[str]
    id: str
    settings: Row
    texts: dict[str, Texts]
    groups: list[Group]


def structure(document: Document) -> Survey:
    """The groups with their questions in the order in which people see them."""
    settings = next(iter(document.rows("surveys")), Row(1, {}))
    base = settings["language"].strip() or next(iter(document.languages), "") or "en"
    groups = _groups(document, base)
    for question in _questions(document, base):
        group = next((group for group in groups if group.id == question.group_id), None)
        if group is None:
            group = Group(question.group_id, Row(1, {}), {}, {})
            groups.append(group)
        group.questions.append(question)
    named = [base, *settings["additional_languages"].split(), *document.languages]
    return Survey(
        base, list(dict.fromkeys(named)), _survey_id(document), settings, _survey_texts(document, base), groups
    )


def _survey_id(document: Document) -> str:
    rows = [*document.rows("surveys"), *document.rows("groups"), *document.rows("questions")]
    return next((row["sid"] for row in rows if row["sid"]), "")


def _survey_texts(document: Document, base: str) -> dict[str, Texts]:
    """Each text of the survey by the name that its table has for it."""
    names = ("title", "description", "welcometext", "endtext", "policy_notice", "url")
    rows = document.rows("surveys_languagesettings")
    return {name: {row["surveyls_language"] or base: row[f"surveyls_{name}"] for row in rows} for name in names}


def _groups(document: Document, base: str) -> list[Group]:
    rows, texts = _merged(document, "groups", "gid", base, ["group_l10ns"])
    groups = [
        Group(number, row, texts(number, "group_name"), texts(number, "description")) for number, row in rows.items()
    ]
    return sorted(groups, key=lambda group: group.row.number("group_order"))


def _questions(document: Document, base: str) -> list[Asked]:
    rows, texts = _merged(document, "questions", "qid", base, ["question_l10ns"])
    subquestions, answers = _subquestions(document, base), _answers(document, base)
    attributes = _attributes(document)
    found = [
        Asked(
            id=number,
            type=row["type"].strip() or "T",
            code=row["title"].strip(),
            row=row,
            texts=texts(number, "question"),
            help=texts(number, "help"),
            script=texts(number, "script"),
            subquestions=subquestions.get(number, []),
            answers=answers.get(number, []),
            attributes=attributes.get(number, {}),
        )
        for number, row in rows.items()
        if row.number("parent_qid") == 0
    ]
    return sorted(found, key=lambda question: question.row.number("question_order"))


def _subquestions(document: Document, base: str) -> dict[int, list[Choice]]:
    """By the question that they belong to. Very old files keep them among the answers (LimeSurvey 1.8)."""
    found: dict[int, list[Choice]] = {}
    for table in ("subquestions", "questions"):
        rows, texts = _merged(document, table, "qid", base, ["question_l10ns", "subquestion_l10ns"])
        for number, row in sorted(rows.items(), key=lambda item: item[1].number("question_order")):
            parent = row.number("parent_qid")
            if parent:
                found.setdefault(parent, []).append(_subquestion(number, row, texts(number, "question")))
    return found


def _subquestion(number: int, row: Row, texts: Texts) -> Choice:
    relevance = row["relevance"].strip()
    is_required = row["mandatory"] == "Y"
    return Choice(row["title"].strip(), texts, row.number("scale_id"), number, relevance, is_required)


def _answers(document: Document, base: str) -> dict[int, list[Choice]]:
    """By question. Old rows have no number of their own: question, scale and code make one answer."""
    texts_of: dict[str, Texts] = {}
    for row in document.rows("answer_l10ns"):
        texts_of.setdefault(row["aid"], {})[row["language"] or base] = row["answer"]
    ordered = sorted(document.rows("answers"), key=lambda row: (row.number("sortorder"), row.place))
    found: dict[int, dict[tuple[str, str], Choice]] = {}
    for row in ordered:
        own = found.setdefault(row.number("qid"), {})
        key = (row["scale_id"], row["aid"] or row["code"])
        choice = own.setdefault(
            key, Choice(row["code"].strip(), dict(texts_of.get(row["aid"], {})), row.number("scale_id"))
        )
        if row["answer"]:
            choice.texts[row["language"] or base] = row["answer"]
    return {number: list(choices.values()) for number, choices in found.items()}


def _attributes(document: Document) -> dict[int, dict[str, Texts]]:
    found: dict[int, dict[str, Texts]] = {}
    for row in document.rows("question_attributes"):
        if row["value"].strip():
            own = found.setdefault(row.number("qid"), {}).setdefault(row["attribute"], {})
            own.setdefault(row["language"] or ANY, row["value"].strip())
    return found


def _merged(
    document: Document, table: str, key: str, base: str, named: Iterable[str]
) -> tuple[dict[int, Row], Callable[[int, str], Texts]]:
    """The rows of a table by number, that in the base language where each language has one, and how to get texts."""
    rows: dict[int, Row] = {}
    translated: dict[int, list[Row]] = {}
    for row in document.rows(table):
        number = row.number(key)
        known = rows.get(number, row)
        rows[number] = _filled(row, known) if row["language"] == base else _filled(known, row)
        translated.setdefault(number, []).append(row)
    for name in named:
        for row in document.rows(name):
            translated.setdefault(row.number(key), []).append(row)

    def texts(number: int, name: str) -> Texts:
        return {row["language"] or base: row[name] for row in translated.get(number, ()) if row[name]}

    return rows, texts


def _filled(row: Row, other: Row) -> Row:
    """Old files keep a condition in the row of one language and forget it in that of another."""
    return Row(row.place, {**other.fields, **{name: text for name, text in row.fields.items() if text}})
