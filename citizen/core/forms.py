"""What forms of every room need: texts of bounded length and in many languages, moments in the city's own time."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, Form, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import Length
from wtforms.widgets import DateTimeLocalInput

from citizen.core.i18n import choose_zone

YEARS = range(2000, 2101)


class PageForm(FlaskForm):
    """A form of a signed-in page: it carries the token of the session."""

    if TYPE_CHECKING:

        def __init__(self, *arguments: Any, **values: Any) -> None: ...
        def validate(self, extra_validators: Any = None) -> bool: ...


def stripped(text: str | None) -> str:
    """Without white space around it, and with one kind of line end."""
    return (text or "").replace("\r\n", "\n").strip()


def at_most(signs: int) -> Length:
    """Bounds the length of a text, in our own words."""
    return Length(max=signs, message=_l("Please write at most %(max)d characters."))


def line(label: str, most: int, **values: Any) -> StringField:
    """A text on one line, stripped."""
    looks = {"maxlength": most, "autocomplete": "off"}
    return StringField(label, filters=[stripped], render_kw=looks, **values)


def text(label: str, most: int, rows: int = 3, **values: Any) -> TextAreaField:
    """A text on several lines, stripped."""
    return TextAreaField(label, filters=[stripped], render_kw={"maxlength": most, "rows": rows}, **values)


def edition_in(field: HiddenField) -> int:
    """The number in the field; 0, which no edition has, for anything else."""
    typed = str(field.data)
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def texts_in(form: Form, name: str, languages: Iterable[str]) -> dict[str, str]:
    """The texts `<name>_<language>` that are not empty."""
    return {code: form[f"{name}_{code}"].data for code in languages if form[f"{name}_{code}"].data}


class Number(IntegerField):
    """A whole number."""

    if TYPE_CHECKING:

        def __init__(self, *arguments: Any, **values: Any) -> None: ...

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        self.data = None
        try:
            self.data = int(valuelist[0])
        except ValueError:
            raise ValueError(_("Please write a whole number.")) from None


class CityMoment(Field):
    """A moment, typed as the city's clocks say it, read as UTC. What nobody changed stays as it was."""

    widget = DateTimeLocalInput()

    if TYPE_CHECKING:

        def __init__(self, *arguments: Any, **values: Any) -> None: ...

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return _on_the_clock(self.data) if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        if self.object_data and valuelist[0] == _on_the_clock(self.object_data):
            self.data = self.object_data
            return
        self.data = None
        self.data = _moment(valuelist[0])


def _on_the_clock(moment: datetime) -> str:
    return moment.astimezone(ZoneInfo(choose_zone())).strftime("%Y-%m-%dT%H:%M")


def _moment(typed: str) -> datetime:
    """The moment that the city's clocks show so; the first of two, ValueError where there is none."""
    try:
        local = datetime.fromisoformat(typed)
    except ValueError:
        raise ValueError(_("Please choose a day and a time.")) from None
    if local.tzinfo or local.year not in YEARS:
        raise ValueError(_("Please choose a day and a time."))
    zone = ZoneInfo(choose_zone())
    moment = local.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != local:
        raise ValueError(_("This time does not exist, because the clocks go forward. Please choose another time."))
    return moment
