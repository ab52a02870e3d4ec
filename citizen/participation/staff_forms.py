"""Small forms of the console about every consultation: a closing time, a reason."""

from typing import Self, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms.validators import InputRequired

from citizen.cities.models import City
from citizen.core.forms import CityMoment, PageForm, text, texts_in
from citizen.core.i18n import own_name


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
