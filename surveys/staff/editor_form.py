"""The form of one question: it parses and explains, and never saves. Texts are in the language that is written in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self, cast

from flask_babel import gettext as _
from wtforms import Field, FieldList, Form, FormField, HiddenField, StringField

from citizen.core.forms import PageForm, edition_in
from citizen.core.media import picture_from
from surveys.editing.kinds import ROLES, fresh_choice
from surveys.editing.lines import tree_of
from surveys.editing.parts import is_free
from surveys.editing.published import Published
from surveys.logic.expressions import Expression
from surveys.questionnaire import (
    CHOICE_CODE,
    CODE,
    Check,
    Option,
    OptionRole,
    Picture,
    Question,
    Questionnaire,
    Row,
    Skip,
)
from surveys.staff.editor_conditions import condition_faults, conditions_in, lines_in
from surveys.staff.editor_fields import OptionRow
from surveys.staff.editor_rows import Sent
from surveys.staff.editor_values import AMOUNTS, DAYS, TEXTS, TRUTHS, WHOLES, fields_of, values_of


@dataclass(frozen=True)
class Desk:
    """What the form of a question has to know: the questionnaire around it, what was published, and the language."""

    questionnaire: Questionnaire
    published: Published
    lang: str


class QuestionForm(PageForm):
    """Only the fields that the question's kind uses are there."""

    seen = HiddenField()
    code: StringField
    show: FormField
    question: Question
    desk: Desk

    @classmethod
    def of(cls, question: Question, desk: Desk, edition: int) -> Self:
        values = values_of(question, desk.questionnaire, desk.lang) | {"seen": edition}
        return cast(Self, _form(question, desk)(formdata=None, data=values))

    @classmethod
    def sent(cls, question: Question, desk: Desk, sent: Sent) -> Self:
        """What somebody typed over the question."""
        values = values_of(question, desk.questionnaire, desk.lang)
        return cast(Self, _form(question, desk)(formdata=sent, data=values))

    @property
    def edition(self) -> int:
        """The edition that the editor had before them."""
        return edition_in(self.seen)

    def is_sound(self, problems: Mapping[str, str] | None = None) -> bool:
        """Parse, and note what is wrong beside each field. `problems`: sentences about uploads, by field."""
        self.validate()
        for field, sentence in self._faults():
            field.errors = (*field.errors, sentence)
        for row in self._rows("options"):
            row.picture.errors = tuple(text for name, text in (problems or {}).items() if name == row.picture.name)
        gather_errors(self)
        return not self.errors

    def as_question(self) -> Question:
        """The question as it was typed. Only for a sound form."""
        changes: dict[str, Any] = {}
        for name in self._names(TEXTS):
            changes[name] = self._texts(getattr(self.question, name), self[name].data)
        changes |= {name: bool(self[name].data) for name in self._names(TRUTHS)}
        changes |= {name: self[name].number for name in self._names((*WHOLES, *AMOUNTS))}
        changes |= {name: self[name].data or None for name in self._names(DAYS)}
        changes |= {"options": self._options()} if "options" in self else {}
        changes |= {"rows": self._labels()} if "rows" in self else {}
        changes["show_if"] = self._tree(self.show.form, self.question.show_if)
        changes["skips"] = tuple(self._skips())
        changes |= {"checks": tuple(self._checks())} if "checks" in self else {}
        code = self.code.data if "code" in self else self.question.code
        return Question.model_validate(self.question.model_dump() | changes | {"code": code})

    def _names(self, names: tuple[str, ...]) -> list[str]:
        return [name for name in names if name in self]

    def _rows(self, name: str) -> list[Any]:
        return [row.form for row in self[name]] if name in self else []

    def _texts(self, texts: Mapping[str, str], typed: str | None) -> dict[str, str]:
        """The texts with what was typed in the language of the form."""
        kept = {code: text for code, text in texts.items() if code != self.desk.lang}
        return {self.desk.lang: typed, **kept} if typed else kept

    def _options(self) -> tuple[Option, ...]:
        rows = [row for row in self._rows("options") if row.label.data or row.key.data or _picture_in(row)]
        codes = self._codes([(row.key.data or "", row.chosen_role) for row in rows])
        return tuple(self._option(row, code) for row, code in zip(rows, codes, strict=True))

    def _option(self, row: OptionRow, code: str) -> Option:
        before = self.question.option(code) or Option(code=code)
        role = row.chosen_role if row.chosen_role in ROLES[self.question.kind] else OptionRole.PLAIN
        picture = _picture_in(row)
        alt = self._texts(before.picture_alt, row.picture_alt.data) if picture else {}
        label = self._texts(before.label, row.label.data)
        return Option(code=code, label=label, role=role, picture=picture, picture_alt=alt)

    def _labels(self) -> tuple[Row, ...]:
        rows = [row for row in self._rows("rows") if row.label.data or row.key.data]
        before = {row.code: row.label for row in self.question.rows}
        codes = self._codes([(row.key.data or "", OptionRole.PLAIN) for row in rows])
        return tuple(
            Row(code=code, label=self._texts(before.get(code, {}), row.label.data))
            for row, code in zip(rows, codes, strict=True)
        )

    def _codes(self, rows: list[tuple[str, OptionRole]]) -> list[str]:
        """The codes that the rows have already, and new ones that nothing here had before."""
        known = [key if re.fullmatch(CHOICE_CODE, key) else "" for key, _role in rows]
        taken = {*known, *self.desk.published.choices.get(self.question.code, ())}
        codes: list[str] = []
        for key, (_key, role) in zip(known, rows, strict=True):
            name = "" if role is OptionRole.PLAIN or role.value in taken else role.value
            codes.append(key if key and key not in codes else name or fresh_choice(taken))
            taken.add(codes[-1])
        return codes

    def _skips(self) -> Iterator[Skip]:
        for place, row in enumerate(self._rows("skips")):
            before = self.question.skips[place].when if place < len(self.question.skips) else None
            if row.to.data:
                yield Skip(when=self._tree(row.when.form, before), to=row.to.data)

    def _checks(self) -> Iterator[Check]:
        for place, row in enumerate(self._rows("checks")):
            before = self.question.checks[place] if place < len(self.question.checks) else Check(that=None)
            tree = self._tree(row.that.form, before.that)
            if tree is not None:
                yield Check(that=tree, message=self._texts(before.message, row.message.data))

    def _tree(self, form: Any, before: Expression) -> Expression:
        return tree_of(lines_in(form), self.desk.questionnaire, before)

    def _faults(self) -> Iterator[tuple[Field, str]]:
        """What is wrong beyond single fields."""
        yield from self._code_faults()
        yield from self._bound_faults()
        for form in conditions_in(self):
            yield from condition_faults(form, self.desk.questionnaire)
        for row in self._rows("checks"):
            if row.message.data and not list(lines_in(row.that.form).lines):
                yield row.message, _("Please say what has to hold.")
        for row in self._rows("skips"):
            if not row.to.data:
                yield row.to, _("Please choose where to go on.")

    def _code_faults(self) -> Iterator[tuple[Field, str]]:
        if "code" not in self or self.code.data == self.question.code:
            return
        code = self.code.data or ""
        if not re.fullmatch(CODE, code):
            yield self.code, _("Please use letters from a to z, numbers and underscores, and begin with a letter.")
        elif not is_free(code, self.desk.questionnaire, itself=self.question.code):
            yield self.code, _("Another question or section has this code.")
        else:
            fault = self.desk.published.fault_of(self.question.model_copy(update={"code": code}))
            yield from ((self.code, sentence) for sentence in (fault,) if sentence)

    def _bound_faults(self) -> Iterator[tuple[Field, str]]:
        if self._is_upside_down("low", "high", is_equal_wrong=True):
            yield self["high"], _("Please choose a higher number than that of the first end.")
        if self._is_upside_down("least", "most"):
            yield self["most"], _("The largest number is smaller than the smallest one.")
        if "choose_max" in self and self["choose_max"].number and self._is_upside_down("choose_min", "choose_max"):
            yield self["choose_max"], _("People cannot choose at most fewer than at least.")
        days = [self[name].data for name in DAYS if name in self]
        if all(days) and days != sorted(days):
            yield self["latest"], _("The last day is before the first one.")

    def _is_upside_down(self, low: str, high: str, *, is_equal_wrong: bool = False) -> bool:
        if low not in self or self[low].errors or self[high].errors:
            return False
        least, most = self[low].number, self[high].number
        if least is None or most is None:
            return False
        return bool(most < least or (is_equal_wrong and most == least))


def _form(question: Question, desk: Desk) -> Any:
    """The form's class for this question."""
    fields = fields_of(question.kind) | {"question": question, "desk": desk}
    if question.code in desk.published.kinds:
        del fields["code"]
    return type("FormOfOneQuestion", (QuestionForm,), fields)


def _picture_in(row: OptionRow) -> Picture | None:
    kept = None if row.without_picture.data else picture_from(row.kept.data or "")
    return Picture(name=kept.name, width=kept.width, height=kept.height) if kept else None


def gather_errors(form: Form) -> None:
    """Let each list of rows know the errors within it: what was noted after WTForms had looked."""
    for field in form:
        if isinstance(field, FieldList):
            for entry in field:
                gather_errors(entry.form)
            own = tuple(text for text in field.errors if isinstance(text, str))
            field.errors = (*own, *(entry.errors for entry in field if entry.errors))
        elif isinstance(field, FormField):
            gather_errors(field.form)
