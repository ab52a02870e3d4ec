"""The editor of campaigns: it parses and explains, and never saves."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Self

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, HiddenField, RadioField, StringField, TextAreaField

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.faults import Fault
from citizen.core.forms import CityMoment, Number, PageForm, edition_in, line, stripped, text, texts_in
from citizen.core.i18n import own_name
from citizen.participation.models import Assurance, ResultsRule
from citizen.participation.words import levels, results_rules
from ideation.models import BallotForm, Campaign, Method, Rule, StageKind
from ideation.planning import CampaignPlan, CategoryPlan, StagePlan, faults, gaps, plan_of
from ideation.planning.plan import LENGTHS, LEVEL_PARTS
from ideation.words import ballot_form_words, method_words, rule_words, stage_words

TEXTS = ("title", "background", "guidelines")
NUMBERS = ("votes_max", "per_idea_max", "budget")
FLAGS = ("asks_place", "asks_cost", "asks_picture")


class CampaignEditor(PageForm):
    """Everything that staff decide about a campaign: `title_de`, `collect_opens_at`, a line for each category."""

    edition = HiddenField()
    languages: list[str]
    known: dict[str, str]

    @classmethod
    def blank(cls, city: City) -> Self:
        """For a new campaign: ideas for four weeks from now on, then a vote for two."""
        return _editor(city)(formdata=None, data=_defaults())

    @classmethod
    def sent(cls, city: City, sent: MultiDict[str, str]) -> Self:
        return _editor(city)(formdata=sent, data=_plain_defaults())

    @classmethod
    def of(cls, campaign: Campaign, sent: MultiDict[str, str] | None = None) -> Self:
        """For a campaign that is there; `sent` is what somebody typed over it."""
        form = _editor(campaign.city)(formdata=sent, data=_data_of(plan_of(campaign)) | {"edition": campaign.edition})
        form.known = {row.name.get(campaign.city.languages[0], ""): row.code for row in campaign.categories}
        return form

    def is_sound(self, *, whole: bool) -> bool:
        """Parse, and note what is wrong beside each field. `whole`: nothing may be missing, the public comes next."""
        self.validate()
        self._forget_what_is_hidden()
        if not self.errors:
            for fault in (gaps if whole else faults)(self.as_plan(), self.languages):
                self._note(fault)
        return not self.errors

    def as_plan(self) -> CampaignPlan:
        """What was typed, with something harmless for what could not be read."""
        parts: dict[str, Any] = {name: texts_in(self, name, self.languages) for name in TEXTS}
        parts |= {name: bool(self[name].data) for name in FLAGS}
        parts |= {name: Assurance(self[name].data) for name in LEVEL_PARTS}
        return CampaignPlan(
            **parts,
            stages=dict(self._stages()),
            slug=(self["slug"].data or "").strip(),
            categories=tuple(self._categories()),
            premoderates=tuple(name for name in ("ideas", "comments") if self[f"premoderates_{name}"].data),
            method=Method(self["method"].data),
            votes_max=self["votes_max"].data or 1,
            per_idea_max=self["per_idea_max"].data or 1,
            budget=self["budget"].data,
            currency=(self["currency"].data or "EUR").strip().upper(),
            ballot_form=BallotForm(self["ballot_form"].data),
            rule=Rule(self["rule"].data),
            results=ResultsRule(self["results"].data),
        )

    @property
    def seen(self) -> int:
        """The edition that the editor had before them."""
        return edition_in(self.edition)

    def _stages(self) -> Iterator[tuple[StageKind, StagePlan]]:
        for kind in StageKind:
            opens_at = self[f"{kind}_opens_at"].data
            if opens_at is not None:
                yield kind, StagePlan(opens_at, self[f"{kind}_closes_at"].data)

    def _categories(self) -> Iterator[CategoryPlan]:
        """A category for each line; the lines of other languages belong to those of the first, in their order."""
        lines = {code: (self[f"categories_{code}"].data or "").split("\n") for code in self.languages}
        for place, name in enumerate(lines[self.languages[0]]):
            names = {
                code: rows[place].strip() for code, rows in lines.items() if place < len(rows) and rows[place].strip()
            }
            if name.strip():
                yield CategoryPlan(names, self.known.get(name.strip(), ""))

    def _forget_what_is_hidden(self) -> None:
        """A number that this way of voting does not use cannot be wrong."""
        for name in NUMBERS:
            if self[name].raw_data == [""]:
                self[name].errors, self[name].data = (), None if name == "budget" else 1
        for kind in StageKind:
            for end in ("opens_at", "closes_at"):
                if self[f"{kind}_{end}"].raw_data == [""]:
                    self[f"{kind}_{end}"].errors = ()

    def _note(self, fault: Fault) -> None:
        field = self._field(fault)
        if not field.errors:
            field.errors = (fault.sentence,)

    def _field(self, fault: Fault) -> Field:
        """("title", "de") → title_de; ("stages", "vote", "closes_at") → vote_closes_at; all categories stand in one."""
        first = str(fault.path[0])
        if first == "categories":
            return self[f"categories_{self.languages[0]}"]
        if first == "stages":
            return self["_".join(str(step) for step in fault.path[1:]) or "collect_opens_at"]
        if first == "premoderates":
            return self["premoderates_ideas"]
        return self["_".join(str(step) for step in fault.path)]


def _editor(city: City) -> Any:
    """The form's class, with a field for each text and language of the city."""
    fields: dict[str, Any] = {"languages": city.languages, "known": {}}
    for code in city.languages:
        for name, label in _labels().items():
            make = line if name == "title" else text
            fields[f"{name}_{code}"] = make(label if len(city.languages) == 1 else own_name(code), LENGTHS[name])
        fields[f"categories_{code}"] = _lines(own_name(code) if len(city.languages) > 1 else _("Categories"))
    return type("CityCampaignEditor", (CampaignEditor,), fields | dict(_plain_fields()))


def _labels() -> dict[str, str]:
    return {"title": _("Question"), "background": _("Background"), "guidelines": _("Rules and criteria")}


def _lines(label: str) -> TextAreaField:
    return TextAreaField(label, filters=[stripped], render_kw={"rows": 6, "maxlength": 3000})


def _plain_fields() -> Iterator[tuple[str, Field]]:
    for kind in StageKind:
        yield f"{kind}_opens_at", CityMoment(_("%(stage)s: from", stage=stage_words(kind)))
        yield f"{kind}_closes_at", CityMoment(_("until"))
    confirmed = {level: words for level, words in levels().items() if level >= Assurance.DEVICE}
    yield "submit_level", RadioField(_("Who may suggest ideas?"), choices=confirmed, coerce=int)
    yield "support_level", RadioField(_("Who may support ideas?"), choices=confirmed, coerce=int)
    yield "comment_level", RadioField(_("Who may comment?"), choices=confirmed, coerce=int)
    yield "assurance", RadioField(_("Who may vote?"), choices=levels(), coerce=int)
    yield "premoderates_ideas", BooleanField(_("A moderator reads ideas before they show"))
    yield "premoderates_comments", BooleanField(_("A moderator reads comments before they show"))
    yield "asks_place", BooleanField(_("Ask for a place or district"))
    yield "asks_cost", BooleanField(_("Ask what it could cost"))
    yield "asks_picture", BooleanField(_("Allow a picture"))
    yield from _voting_fields()
    yield "slug", StringField(_("Short name in the address"), filters=[stripped], render_kw={"maxlength": 80})


def _voting_fields() -> Iterator[tuple[str, Field]]:
    yield "method", RadioField(_("How do people vote?"), choices={kind.value: method_words(kind) for kind in Method})
    yield "votes_max", Number(_("How many ideas, places or points does one person have?"))
    yield "per_idea_max", Number(_("How many points can one idea get from one person?"))
    yield "budget", Number(_("How large is the budget?"))
    yield "currency", line(_("Currency"), 3)
    forms = {kind.value: ballot_form_words(kind) for kind in BallotForm}
    yield "ballot_form", RadioField(_("What do people do on the ballot?"), choices=forms)
    yield "rule", RadioField(_("How are the winners found?"), choices={kind.value: rule_words(kind) for kind in Rule})
    shown = {name: words for name, words in results_rules().items() if name != ResultsRule.AFTER_ANSWER}
    yield "results", RadioField(_("When does the public see the result?"), choices=shown)


def _plain_defaults() -> dict[str, Any]:
    return _plain_data(CampaignPlan({}, {}))


def _defaults() -> dict[str, Any]:
    start = clock.now().replace(second=0)
    middle, end = start + timedelta(days=28), start + timedelta(days=56)
    return _plain_defaults() | {
        "collect_opens_at": start,
        "collect_closes_at": middle,
        "curate_opens_at": middle,
        "curate_closes_at": end - timedelta(days=14),
        "vote_opens_at": end - timedelta(days=14),
        "vote_closes_at": end,
        "answer_opens_at": end,
    }


def _plain_data(plan: CampaignPlan) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(plan, name) for name in (*FLAGS, *NUMBERS, "currency")}
    values |= {name: int(getattr(plan, name)) for name in LEVEL_PARTS}
    values |= {name: getattr(plan, name).value for name in ("method", "ballot_form", "rule", "results")}
    return values | {f"premoderates_{name}": name in plan.premoderates for name in ("ideas", "comments")}


def _data_of(plan: CampaignPlan) -> dict[str, Any]:
    """The plan as the values of the form's fields."""
    values = _plain_data(plan) | {"slug": plan.slug}
    for name in TEXTS:
        values |= {f"{name}_{code}": words for code, words in getattr(plan, name).items()}
    for kind, stage in plan.stages.items():
        values |= {f"{kind}_opens_at": stage.opens_at, f"{kind}_closes_at": stage.closes_at}
    codes = {code for category in plan.categories for code in category.name}
    for code in codes:
        values[f"categories_{code}"] = "\n".join(category.name.get(code, "") for category in plan.categories)
    return values
