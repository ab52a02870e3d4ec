"""The form of a city's settings. It parses and explains, and never saves."""

from typing import Any
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    ColorField,
    Field,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Email, InputRequired, NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from citizen.accounts.forms import PageForm, choices, one_line
from citizen.cities.models import City
from citizen.core.forms import at_most, stripped, text
from citizen.core.i18n import CITY_LANGUAGES, own_name

MAX_NAME, MAX_MAIL, MAX_TEXT, MAX_ALT = 100, 254, 10_000, 200
MAX_POPULATION = 100_000_000
REGIONS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")

TEXTS = ("welcome", "imprint", "privacy", "logo_alt")
ROWS = {"welcome": 3, "imprint": 5, "privacy": 8, "logo_alt": 1}


def language_choices() -> list[SelectChoice]:
    names = {code: own_name(code) for code in CITY_LANGUAGES}
    return choices(dict(sorted(names.items(), key=lambda pair: pair[1].casefold())))


def zone_choices() -> list[SelectChoice]:
    """Zones that are named after places, by continent; the others are spellings of the past."""
    places = (zone.partition("/") for zone in sorted(available_timezones()))
    return [
        SelectChoice(f"{region}/{place}", place.replace("_", " "), optgroup=region)
        for region, _slash, place in places
        if region in REGIONS
    ]


class SettingsForm(PageForm):
    """What does not depend on the language. `form_for` adds the texts in the languages of the city."""

    name = StringField(
        _l("Name of the city"),
        filters=[one_line],
        validators=[DataRequired(_l("Please write the name of the city.")), at_most(MAX_NAME)],
    )
    contact = StringField(
        _l("Email address for questions"),
        description=_l("We show it on the pages “About” and “Accessibility”."),
        filters=[stripped],
        validators=[
            Optional(),
            at_most(MAX_MAIL),
            Email(_l("Please type an email address like name@example.org.")),
        ],
        render_kw={"type": "email", "autocomplete": "off"},
    )
    population = IntegerField(
        _l("Number of residents"),
        description=_l("We show it beside results, so that readers can judge how many took part."),
        validators=[Optional(), NumberRange(1, MAX_POPULATION, _l("Please type a whole number above zero."))],
        render_kw={"inputmode": "numeric"},
    )
    main_language = SelectField(
        _l("Main language"),
        description=_l("A text that is missing in another language is shown in this one."),
        validators=[InputRequired()],
    )
    further_languages = SelectMultipleField(
        _l("Further languages"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    time_zone = SelectField(_l("Time zone"), validators=[InputRequired()])
    accent = ColorField(
        _l("Colour"),
        description=_l("For buttons, bars and links. Where it would be hard to read, we make it lighter or darker."),
        validators=[
            InputRequired(),
            Regexp(r"^#[0-9a-fA-F]{6}$", message=_l("Please choose a colour, such as #0b5f66.")),
        ],
    )
    logo = FileField(
        _l("New logo"),
        description=_l("A square picture works best: JPEG, PNG or WebP."),
        render_kw={"accept": "image/jpeg,image/png,image/webp"},
    )

    @property
    def languages(self) -> list[str]:
        """The main language first, the others in the order of their codes."""
        main = str(self.main_language.data)
        return [main, *(code for code in sorted(self.further_languages.data or []) if code != main)]

    def texts(self, name: str) -> dict[str, Field]:
        """The fields of one text, by language."""
        return {key.removeprefix(f"{name}-"): bound for key, bound in self._fields.items() if _is_text(name, key)}

    def written(self, name: str) -> dict[str, str]:
        return {code: bound.data for code, bound in self.texts(name).items() if bound.data}

    def values(self) -> dict[str, Any]:
        """What the form says, under the names of the columns. The logo is a file and not among them."""
        plain = {name: self[name].data for name in ("name", "population", "time_zone")}
        texts = {name: self.written(name) for name in TEXTS}
        look = {"accent": self.accent.data.lower(), "languages": self.languages}
        return plain | texts | look | {"contact": self.contact.data or None}


def _is_text(name: str, key: str) -> bool:
    return key.startswith(f"{name}-")


def form_for(city: City) -> SettingsForm:
    """The form with the city's settings in it, and a field for each text in each of its languages."""
    fields = {f"{name}-{code}": _text_field(name, code) for name in TEXTS for code in city.languages}
    form = type("CitySettings", (SettingsForm,), fields)(obj=city, data=_values_of(city))
    form.main_language.choices = form.further_languages.choices = language_choices()
    form.time_zone.choices = zone_choices()
    return form


def _text_field(name: str, code: str) -> TextAreaField:
    most = MAX_ALT if name == "logo_alt" else MAX_TEXT
    return text(own_name(code), most, ROWS[name], validators=[Optional(), at_most(most)])


def _values_of(city: City) -> dict[str, Any]:
    """The city under the names of the fields, where they differ from the columns."""
    texts = {f"{name}-{code}": getattr(city, name).get(code, "") for name in TEXTS for code in city.languages}
    return texts | {"main_language": city.languages[0], "further_languages": city.languages[1:]}
