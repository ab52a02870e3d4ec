"""What all rows of an export share: names, languages, lists, and the notes about what XLSForm cannot say."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from surveys.exporters.exported import Left
from surveys.exporters.xlsform.lists import Lists
from surveys.exporters.xlsform.wording import has_foreign_pipe, language_header, written
from surveys.exporters.xlsform.xpath import Unsayable, Writer
from surveys.importers.texts import shortened
from surveys.logic.expressions import Expression
from surveys.logic.syntax import write
from surveys.questionnaire import Kind, Question, Questionnaire
from surveys.sheets.piping import PIPE
from surveys.texts import texts_of

Cells = dict[str, str]


class Ground:
    """`languages` are those of the questionnaire, the main one first. `names` are by code and row."""

    def __init__(self, questionnaire: Questionnaire, languages: Sequence[str]) -> None:
        self.left: list[Left] = []
        self.lists = Lists()
        spoken = {code: None for wording in texts_of(questionnaire) for code, text in wording.texts.items() if text}
        self.languages = [code for code in languages if code in spoken] + [c for c in spoken if c not in languages]
        self.languages = self.languages or list(languages[:1])
        self.written = _written(questionnaire)
        self.taken = {section.code for section in questionnaire.sections} | {q.code for q in questionnaire.questions}
        self.names = self._names(questionnaire)
        self.pipes = {code: name for (code, row), name in self.names.items() if not row}
        self.writer = Writer(self.names, {question.code: question.kind for question in questionnaire.questions})

    @property
    def header(self) -> str:
        """How a column names the main language."""
        return language_header(self.languages[0])

    def unused(self, wanted: str) -> str:
        """A name that nothing in the file has yet."""
        name, number = wanted, 1
        while name in self.taken:
            number += 1
            name = f"{wanted}_{number}"
        self.taken.add(name)
        return name

    def say(self, where: str, sentence: str) -> None:
        """Something is not in the file, or reads differently there."""
        left = Left(where, sentence)
        if left not in self.left:
            self.left.append(left)

    def texts(self, field: str, texts: Mapping[str, str], where: str = "") -> Cells:
        """The cells of a text in all its languages."""
        for text in texts.values():
            if has_foreign_pipe(text):
                self.say(where, _("“${” means something in XLSForm. It became “$ {”."))
            for name in PIPE.findall(text):
                if name in {code for code, row in self.names if row}:
                    self.say(where, _("The text repeats the table “%(name)s”. XLSForm cannot do that.", name=name))
        return {f"{field}::{language_header(code)}": written(text, self.pipes) for code, text in texts.items() if text}

    def condition(self, tree: Expression, code: str, own: str = "") -> str:
        """The condition in XLSForm's words; nothing, and a note, where it has none."""
        if tree is None:
            return ""
        try:
            return self.writer.written(tree, own)
        except Unsayable:
            condition = shortened(write(tree))
            self.say(code, _("XLSForm has no words for the condition “%(condition)s”.", condition=condition))
            return ""

    def part(self, tree: Expression, own: str, *, is_alone: bool) -> str:
        """A condition that `condition` could write, as one of several."""
        return self.writer.written(tree, own) if is_alone else self.writer.part(tree, own)

    def is_written(self, question: Question) -> bool:
        """True where the file holds the question: it has what its kind needs, and its code to itself."""
        return id(question) in self.written

    def _names(self, questionnaire: Questionnaire) -> dict[tuple[str, str], str]:
        names: dict[tuple[str, str], str] = {}
        for question in questionnaire.questions:
            if id(question) not in self.written:
                continue
            if question.kind.has_rows:
                names |= {
                    (question.code, row.code): self.unused(f"{question.code}_{row.code}") for row in question.rows
                }
            elif question.kind is not Kind.NOTE:
                names[question.code, ""] = question.code
        return names


def _is_whole(question: Question) -> bool:
    """True where it has the options and rows that its kind needs, each with a code of its own."""
    options, rows = ([part.code for part in parts] for parts in (question.options, question.rows))
    is_complete = bool(options or not question.kind.has_options) and bool(rows or not question.kind.has_rows)
    return is_complete and all(len(codes) == len(set(codes)) for codes in (options, rows))


def _written(questionnaire: Questionnaire) -> set[int]:
    """The questions that the file can hold; of two with the same code, the first."""
    taken = {section.code for section in questionnaire.sections}
    found = set()
    for question in questionnaire.questions:
        if _is_whole(question) and question.code not in taken:
            taken.add(question.code)
            found.add(id(question))
    return found
