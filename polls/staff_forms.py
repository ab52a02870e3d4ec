"""Small forms of the console: a closing time, a reason, corrections; and how texts in many languages are read."""

from collections.abc import Iterable
from typing import Self, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import Field, Form, HiddenField
from wtforms.validators import InputRequired

from citizen.cities.models import City
from citizen.core.forms import CityMoment, PageForm, line, text
from citizen.core.i18n import own_name
from polls.correcting import Part, parts_of
from polls.drafts import LENGTHS
from polls.models import Poll


class ClosingTime(PageForm):
    """Another moment to close."""

    closes_at = CityMoment(lazy_gettext("Closes"), [InputRequired(lazy_gettext("Please fill this in."))])


class Reasons(PageForm):
    """A public reason in the city's languages: `reason_de`."""

    languages: list[str]

    @classmethod
    def of(cls, city: City) -> Self:
        fields = {f"reason_{code}": text(own_name(code), 1000) for code in city.languages}
        form = type("CityReasons", (cls,), fields | {"languages": city.languages})
        return cast(Self, form())

    @property
    def texts(self) -> dict[str, str]:
        return texts_in(self, "reason", self.languages)

    def is_sound(self) -> bool:
        first = self[f"reason_{self.languages[0]}"]
        if self.validate() and not first.data:
            first.errors = (_("Please write a reason. The public will read it."),)
        return not self.errors


class Corrections(PageForm):
    """Every text that may be mended, in each language: `question_de`, `option 12ab34cd_de`."""

    edition = HiddenField()
    parts: list[Part]
    languages: list[str]

    @classmethod
    def of(cls, poll: Poll) -> Self:
        parts, languages = parts_of(poll), poll.city.languages
        names = [(part, code) for part in parts for code in languages]
        fields = {_name(part, code): line(own_name(code), LENGTHS[part.attribute]) for part, code in names}
        values = {_name(part, code): part.texts.get(code, "") for part, code in names}
        form = type("PollCorrections", (cls,), fields | {"parts": parts, "languages": languages})
        return cast(Self, form(data=values | {"edition": poll.edition}))

    @property
    def texts(self) -> dict[tuple[str, str], str]:
        return {(part.name, code): self[_name(part, code)].data for part in self.parts for code in self.languages}

    @property
    def seen(self) -> int:
        return edition_in(self.edition)

    def fields_of(self, part: Part) -> list[tuple[str, Field]]:
        """For the page: each language's code and field."""
        return [(code, self[_name(part, code)]) for code in self.languages]


def edition_in(field: HiddenField) -> int:
    """The number in the field; 0, which no poll has, for anything else."""
    typed = str(field.data)
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def texts_in(form: Form, name: str, languages: Iterable[str]) -> dict[str, str]:
    """The texts `<name>_<language>` that are not empty."""
    return {code: form[f"{name}_{code}"].data for code in languages if form[f"{name}_{code}"].data}


def _name(part: Part, code: str) -> str:
    return f"{part.name.replace(' ', '_')}_{code}"
