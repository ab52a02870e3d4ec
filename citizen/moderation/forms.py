"""Forms about how a city moderates: they parse and explain, and never save."""

from collections.abc import Iterable
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from citizen.cities.models import City
from citizen.core.forms import Number, PageForm, at_most, text, texts_in
from citizen.core.i18n import own_name
from citizen.moderation.settings import Reason

NEEDED = _l("Please fill this in.")
IN_BOUNDS = _l("Please choose a number from %(min)s to %(max)s.")
TEXTS = {"name": 80, "sentence": 600, "basis": 300}


class RulesForm(PageForm):
    """What rules look at, and the clocks."""

    on = SelectMultipleField(
        _l("Point moderators to"), choices=[], option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    most_links = Number(_l("Links that are fine in one text"), [InputRequired(NEEDED), NumberRange(0, 50, IN_BOUNDS)])
    burst = Number(
        _l("Texts of one author within ten minutes that are many"),
        [InputRequired(NEEDED), NumberRange(2, 1000, IN_BOUNDS)],
    )
    appeal_days = Number(
        _l("Days within which an appeal is answered"), [InputRequired(NEEDED), NumberRange(1, 90, IN_BOUNDS)]
    )
    sends_digest = BooleanField(_l("Tell moderators by mail once a day what waits"))

    def values(self, known: Iterable[str]) -> dict[str, Any]:
        """What the form says, by column."""
        numbers = {name: self[name].data for name in ("most_links", "burst", "appeal_days", "sends_digest")}
        return numbers | {"off": sorted(set(known) - set(self.on.data or []))}


class ReasonForm(PageForm):
    """One reason in the city's languages: `name_de`, `sentence_de`, `basis_de`."""

    languages: list[str]
    is_legal = BooleanField(_l("It is about a law, not about house rules"))
    is_offered = BooleanField(_l("Moderators can choose it"), default=True)

    def reason(self, code: str) -> Reason:
        name, sentence, basis = (texts_in(self, field, self.languages) for field in TEXTS)
        return Reason(code, name, sentence, basis, self.is_legal.data, self.is_offered.data)


def reason_form(city: City, reason: Reason | None) -> ReasonForm:
    """The form in the city's languages, filled with the reason."""
    fields: dict[str, Any] = {
        f"{name}_{code}": text(own_name(code), most, rows=2, validators=[at_most(most)])
        for name, most in TEXTS.items()
        for code in city.languages
    }
    form = type("CityReasonForm", (ReasonForm,), fields | {"languages": city.languages})
    return cast(ReasonForm, form(data=_typed(city, reason) if reason else None))


def _typed(city: City, reason: Reason) -> dict[str, Any]:
    texts = {f"{name}_{code}": getattr(reason, name).get(code, "") for name in TEXTS for code in city.languages}
    return texts | {"is_legal": reason.is_legal, "is_offered": reason.is_offered}
