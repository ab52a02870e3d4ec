"""The form of a wave: it parses and explains, and never saves."""

from collections.abc import Iterator
from datetime import timedelta
from enum import Enum
from typing import Any, Self, TypeVar, cast

from flask_babel import force_locale
from flask_babel import gettext as _
from wtforms import Field, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.faults import Fault
from citizen.core.forms import CityMoment, PageForm, line, text, texts_in
from citizen.core.i18n import WRITTEN, own_name
from citizen.participation.models import Assurance, ResultsRule
from citizen.participation.words import levels, results_rules
from surveys.models import SurveyWave
from surveys.waves import LENGTHS, USUAL_GRACE, WavePlan, faults, mark_of, plan_after, plan_of

DAYS_OPEN = 21
MINUTES_A_DAY = 24 * 60
TEXTS = ("name", "paper_return")
Choice = TypeVar("Choice", bound=Enum)


class WaveForm(PageForm):
    """Everything that staff decide about a wave. Its texts are added for each language of the city: `name_de`."""

    slug: StringField
    opens_at: CityMoment
    closes_at: CityMoment
    assurance: RadioField
    results: RadioField
    grace_minutes: SelectField
    seen = HiddenField()
    languages: list[str]

    @classmethod
    def blank(cls, city: City, after: SurveyWave | None = None) -> Self:
        """For a new wave: open from now on for three weeks; or the plan of an earlier one, moved on."""
        return cast(Self, _form(city)(formdata=None, data=_data_of(_plan_after(after) if after else _usual_plan())))

    @classmethod
    def sent(cls, city: City) -> Self:
        """What somebody typed for a new wave."""
        return cast(Self, _form(city)(data=_data_of(_usual_plan())))

    @classmethod
    def of(cls, wave: SurveyWave) -> Self:
        """For a draft that is there, with what somebody typed over it."""
        data = _data_of(plan_of(wave)) | {"seen": mark_of(wave)}
        return cast(Self, _form(wave.city, wave.grace_minutes)(data=data))

    def is_sound(self) -> bool:
        """Parse, and note what is wrong beside each field."""
        self.validate()
        if not (self.opens_at.errors or self.closes_at.errors):
            for fault in faults(self.as_plan(), self.languages):
                self._note(fault)
        return not self.errors

    def as_plan(self) -> WavePlan:
        """What was typed, with something harmless for what could not be read."""
        opens_at = self.opens_at.data or clock.now()
        return WavePlan(
            opens_at=opens_at,
            closes_at=self.closes_at.data or opens_at + timedelta(days=1),
            name=texts_in(self, "name", self.languages),
            slug=self.slug.data or "",
            results=_one_of(ResultsRule, self.results.data, ResultsRule.AFTER_CLOSE),
            assurance=_one_of(Assurance, self.assurance.data, Assurance.DEVICE),
            grace_minutes=self.grace_minutes.data if isinstance(self.grace_minutes.data, int) else USUAL_GRACE,
            paper_return=texts_in(self, "paper_return", self.languages),
        )

    def _note(self, fault: Fault) -> None:
        field: Field = self["_".join(str(step) for step in fault.path)]
        if not field.errors:
            field.errors = (fault.sentence,)


def _one_of(kind: type[Choice], value: Any, otherwise: Choice) -> Choice:
    """The member with this value; `otherwise` where there is none, which the field has an error for then."""
    return kind(value) if value in {member.value for member in kind} else otherwise


def suggestions(language: str) -> list[str]:
    """Usual names of waves in a language; none where Plaza does not speak it."""
    if language not in WRITTEN:
        return []
    with force_locale(language):
        return [_("Before"), _("During"), _("After")]


def _usual_plan() -> WavePlan:
    start = clock.now().replace(second=0)
    return WavePlan(start, start + timedelta(days=DAYS_OPEN))


def _plan_after(wave: SurveyWave) -> WavePlan:
    """With the next of the usual names, where the wave had one of them."""
    plan = plan_after(wave)
    for code, name in wave.name.items():
        names = suggestions(code)
        if name in names[:-1]:
            plan.name[code] = names[names.index(name) + 1]
    return plan


def _data_of(plan: WavePlan) -> dict[str, Any]:
    """The plan as the values of the form's fields."""
    values: dict[str, Any] = {"opens_at": plan.opens_at, "closes_at": plan.closes_at, "slug": plan.slug}
    values |= {"results": plan.results.value, "assurance": int(plan.assurance), "grace_minutes": plan.grace_minutes}
    for name in TEXTS:
        values |= {f"{name}_{code}": words for code, words in getattr(plan, name).items()}
    return values


def _form(city: City, grace: int = USUAL_GRACE) -> Any:
    """The form's class with a field for each text and language of the city, and words for its choices."""
    fields: dict[str, Any] = {"languages": city.languages}
    fields |= dict(_text_fields(city)) | dict(_plain_fields(grace))
    return type("CityWaveForm", (WaveForm,), fields)


def _text_fields(city: City) -> Iterator[tuple[str, Any]]:
    labels = {"name": _("Name of this wave"), "paper_return": _("Where paper sheets go")}
    for name, label in labels.items():
        for code in city.languages:
            words = label if len(city.languages) == 1 else own_name(code)
            yield f"{name}_{code}", _name_field(words, code) if name == "name" else text(words, LENGTHS[name])


def _name_field(label: str, language: str) -> Any:
    """With the usual names as suggestions."""
    field: Any = line(label, LENGTHS["name"])
    field.kwargs["render_kw"]["list"] = f"names-{language}"
    return field


def _plain_fields(grace: int) -> Iterator[tuple[str, Any]]:
    needed = [InputRequired(_("Please fill this in."))]
    yield "opens_at", CityMoment(_("Opens"), needed)
    yield "closes_at", CityMoment(_("Closes"), needed)
    yield "results", RadioField(_("When does the public see the result?"), choices=results_rules())
    yield "assurance", RadioField(_("Who may answer?"), choices=levels(), coerce=int)
    yield "grace_minutes", SelectField(_("Time for late answers and paper"), needed, choices=graces(grace), coerce=int)
    yield "slug", line(_("Short name in the address"), 80)


def graces(current: int = USUAL_GRACE) -> dict[int, str]:
    """How long late sheets are taken, in minutes and in words; `current` is always among them."""
    words = {
        0: _("None: nothing counts after the closing time"),
        15: _("15 minutes"),
        USUAL_GRACE: _("1 hour (usual)"),
        MINUTES_A_DAY: _("1 day"),
        3 * MINUTES_A_DAY: _("3 days"),
        7 * MINUTES_A_DAY: _("1 week, for paper"),
        14 * MINUTES_A_DAY: _("2 weeks, for paper that comes by post"),
    }
    words.setdefault(current, _("%(minutes)s minutes", minutes=current))
    return dict(sorted(words.items()))
