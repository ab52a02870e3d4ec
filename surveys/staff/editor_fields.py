"""The fields of the editor's forms: numbers that may be missing, and rows of options, lines, checks and skips."""

from typing import TYPE_CHECKING, Any

from babel.numbers import get_decimal_symbol
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, FieldList, FileField, Form, FormField, HiddenField, SelectField, StringField
from wtforms.validators import ValidationError
from wtforms.widgets import DateInput

from citizen.core.forms import line, stripped, text
from citizen.core.texts import is_plain
from surveys.editing.lines import Comparison, Line
from surveys.questionnaire import MAX_OPTIONS, MAX_ROWS, OptionRole, is_day
from surveys.sheets.reading import number_in
from surveys.texts import LINE, LONG

MOST_LINES = 20
MOST_AMOUNT = 1e15


class Plain:
    """Refuses signs that nobody can see."""

    def __init__(self, *, lines: bool = False) -> None:
        self.lines = lines

    def __call__(self, _form: Form, field: Field) -> None:
        if not is_plain(field.data or "", lines=self.lines):
            raise ValidationError(_("Please write without invisible special characters."))


class Bounded:
    """Refuses texts that are too long, in our own words."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, _form: Form, field: Field) -> None:
        if len(field.data or "") > self.most:
            raise ValidationError(_("Please write at most %(most)s characters.", most=self.most))


class Needed:
    """Says that a field belongs to the whole; a draft may lack it still."""

    field_flags = {"required": True}

    def __call__(self, _form: Form, _field: Field) -> None: ...


def short_text(label: Any, most: int = LINE, *, is_needed: bool = False) -> StringField:
    return line(label, most, validators=[Bounded(most), Plain(), *([Needed()] if is_needed else [])])


def long_text(label: Any, rows: int = 2, *, is_needed: bool = False) -> StringField:
    checks = [Bounded(LONG), Plain(lines=True), *([Needed()] if is_needed else [])]
    return text(label, LONG, rows=rows, validators=checks)


class Whole(StringField):
    """A whole number within bounds; 0 stands for none where `is_optional`."""

    bounds: tuple[int, int]
    is_optional: bool

    if TYPE_CHECKING:

        def __init__(self, *arguments: Any, **values: Any) -> None: ...

    else:

        def __init__(self, label: str, bounds: tuple[int, int], *, is_optional: bool = False, **values: Any) -> None:
            looks = {"inputmode": "numeric", "maxlength": 8}
            checks = [] if is_optional else [Needed()]
            super().__init__(label, checks, filters=[stripped], render_kw=looks, **values)
            self.bounds, self.is_optional = bounds, is_optional

    @property
    def number(self) -> int | None:
        """The number that was typed; None where it is none."""
        if not self.data and self.is_optional:
            return 0
        typed = (self.data or "").replace("−", "-")
        is_number = typed.removeprefix("-").isascii() and typed.removeprefix("-").isdecimal()
        return int(typed) if is_number else None

    def pre_validate(self, _form: Form) -> None:
        least, most = self.bounds
        if self.number is None:
            raise ValidationError(_("Please write a whole number."))
        if not least <= self.number <= most:
            raise ValidationError(_("Please write a number from %(least)s to %(most)s.", least=least, most=most))


class Amount(StringField):
    """A number with decimals, written as the reader's language does; empty for none."""

    if TYPE_CHECKING:

        def __init__(self, *arguments: Any, **values: Any) -> None: ...

    else:

        def __init__(self, label: str, **values: Any) -> None:
            super().__init__(label, filters=[stripped], render_kw={"inputmode": "decimal", "maxlength": 24}, **values)

    @property
    def number(self) -> float | None:
        found = number_in(self.data or "", decimal_sign())
        return None if isinstance(found, str) else found

    def pre_validate(self, _form: Form) -> None:
        if not self.data:
            return
        if self.number is None or abs(self.number) > MOST_AMOUNT:
            raise ValidationError(_("Please write a number, such as 12."))


class DayField(Field):
    """A day as 2026-01-31; empty for none."""

    widget = DateInput()

    if TYPE_CHECKING:

        def __init__(self, *arguments: Any, **values: Any) -> None: ...

    def _value(self) -> str:
        return self.data or ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0].strip() if valuelist else self.data

    def pre_validate(self, _form: Form) -> None:
        if self.data and not is_day(self.data):
            raise ValidationError(_("Please choose a day."))


class OptionRow(Form):
    """One option; `key` is the code that it has already."""

    key = HiddenField()
    kept = HiddenField()
    label = short_text(_l("Answer"))
    role = SelectField(_l("Kind of answer"), choices=[], validate_choice=False)
    picture = FileField(_l("Picture"))
    without_picture = BooleanField(_l("Remove the picture"))
    picture_alt = short_text(_l("What the picture shows, in words"))

    @property
    def chosen_role(self) -> OptionRole:
        return OptionRole(self.role.data) if self.role.data in set(OptionRole) else OptionRole.PLAIN


class LabelRow(Form):
    """One line of a matrix, or a statement; `key` is the code that it has already."""

    key = HiddenField()
    label = short_text(_l("Text"))


class LineRow(Form):
    """One line of a condition: a comparison, or a text where `is_text` holds something."""

    subject = HiddenField()
    is_text = HiddenField()
    test = SelectField(_l("Comparison"), choices=[], validate_choice=False)
    value = StringField(_l("Value"), filters=[stripped], validators=[Bounded(LINE), Plain()])
    text = long_text(_l("Written condition"))

    def as_line(self) -> Line:
        if self.is_text.data:
            return Line(text=self.text.data or "")
        test = Comparison(self.test.data) if self.test.data in set(Comparison) else Comparison.IS
        return Line(self.subject.data or "", test, (self.value.data or "") if test.has_value else "")


class ConditionForm(Form):
    """Lines that all have to hold, or any of them. `subject` is the question for the next line."""

    joint = SelectField(_l("How the lines belong together"), choices=[], validate_choice=False)
    lines = FieldList(FormField(LineRow), max_entries=MOST_LINES)
    subject = SelectField(_l("Question"), choices=[], validate_choice=False)


class CheckRow(Form):
    """A condition that an answer must meet, and what to say where it does not."""

    that = FormField(ConditionForm)
    message = short_text(_l("What to say where it does not hold"))


class SkipRow(Form):
    """Where to go on after this question."""

    when = FormField(ConditionForm)
    to = SelectField(_l("Go to"), choices=[], validate_choice=False)


def option_list() -> FieldList:
    return FieldList(FormField(OptionRow), _("Answers to choose from"), max_entries=MAX_OPTIONS)


def row_list(label: str) -> FieldList:
    return FieldList(FormField(LabelRow), label, max_entries=MAX_ROWS)


def decimal_sign() -> str:
    """The sign before the decimals, as the reader's language writes it."""
    return str(get_decimal_symbol(get_locale() or "en"))


def amount_text(number: float | None) -> str:
    """A number as `Amount` reads it."""
    return "" if number is None else f"{number:.15g}".replace(".", decimal_sign())
