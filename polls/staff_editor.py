"""The editor of polls: it parses and explains, and never saves."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from enum import Enum
from typing import Any, Self, TypeVar, cast

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    RadioField,
    StringField,
)
from wtforms.validators import InputRequired

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.faults import Fault, Path
from citizen.core.forms import CityMoment, Number, PageForm, edition_in, line, text, texts_in
from citizen.core.i18n import own_name
from citizen.core.media import picture_from, picture_token
from citizen.participation.models import Assurance, ResultsRule
from citizen.participation.words import levels, results_rules
from polls.drafts import LENGTHS, OptionDraft, PollDraft, draft_of, faults, gaps
from polls.models import Poll, PollForm
from polls.rows import blank_rows

BLANK_ROWS = 3
Choice = TypeVar("Choice", bound=Enum)
POLL_TEXTS = ("title", "background", "scale_low", "scale_high")
OPTION_TEXTS = ("label", "picture_alt")


class OptionRow(Form):
    """One option. Its texts are added for each language of the city: `label_de`, `picture_alt_de`."""

    id = HiddenField()
    kept = HiddenField()
    picture = FileField()
    without_picture = BooleanField()

    def as_draft(self, languages: list[str]) -> OptionDraft:
        picture = None if self.without_picture.data else picture_from(self.kept.data or "")
        label, alt = (texts_in(self, name, languages) for name in OPTION_TEXTS)
        return OptionDraft(label, self.id.data or None, picture, alt if picture else {})


class PollEditor(PageForm):
    """Everything that staff decide about a poll. Its texts are added for each language of the city: `title_de`."""

    kind: RadioField
    choose_max: Number
    scale_points: Number
    is_shuffled: BooleanField
    has_other: BooleanField
    slug: StringField
    opens_at: CityMoment
    closes_at: CityMoment
    results: RadioField
    assurance: RadioField
    options: FieldList
    edition = HiddenField()
    languages: list[str]

    @classmethod
    def blank(cls, city: City) -> Self:
        """For a new poll: open from now on for two weeks."""
        start = clock.now().replace(second=0)
        given = {"opens_at": start, "closes_at": clock.two_weeks_after(start, city.time_zone)}
        data = _defaults() | given | {"options": blank_rows(BLANK_ROWS)}
        return cast(Self, _editor(city)(formdata=None, data=data))

    @classmethod
    def of(cls, poll: Poll, sent: MultiDict[str, str] | None = None) -> Self:
        """For a poll that is there; `sent` is what somebody typed over it."""
        data = _data_of(draft_of(poll)) | {"edition": poll.edition}
        return cast(Self, _editor(poll.city)(formdata=sent, data=data))

    @classmethod
    def sent(cls, city: City, sent: MultiDict[str, str]) -> Self:
        """What somebody typed for a new poll."""
        return cast(Self, _editor(city)(formdata=sent, data=_defaults()))

    def is_sound(self, *, whole: bool, problems: Mapping[str, str]) -> bool:
        """Parse, and note what is wrong beside each field. `whole`: nothing may be missing, the public comes next.

        `problems` are sentences about uploads, by the name of their field.
        """
        self.validate()
        self._forget_what_is_hidden()
        draft = self.as_draft()
        for fault in (gaps if whole else faults)(draft, self.languages):
            self._note(fault)
        for row in self.options:
            row.form.picture.errors = tuple(problems[name] for name in (row.form.picture.name,) if name in problems)
        own = [error for error in self.options.errors if isinstance(error, str)]
        self.options.errors = (*own, *(row.errors for row in self.options if row.errors))
        return not self.errors

    def as_draft(self) -> PollDraft:
        """What was typed, with something harmless for what could not be read."""
        opens_at = self.opens_at.data or clock.now()
        texts = {name: texts_in(self, name, self.languages) for name in POLL_TEXTS}
        return PollDraft(
            **texts,
            form=_one_of(PollForm, self.kind.data, PollForm.SINGLE),
            opens_at=opens_at,
            closes_at=self.closes_at.data or opens_at + timedelta(days=1),
            options=tuple(row.form.as_draft(self.languages) for row in self._filled()),
            slug=(self.slug.data or "").strip(),
            choose_max=self.choose_max.data if self.choose_max.data is not None else 1,
            scale_points=self.scale_points.data if self.scale_points.data is not None else 0,
            is_shuffled=self.is_shuffled.data,
            has_other=self.has_other.data,
            results=_one_of(ResultsRule, self.results.data, ResultsRule.ALWAYS),
            assurance=_one_of(Assurance, self.assurance.data, Assurance.DEVICE),
        )

    @property
    def needs_more(self) -> bool:
        """True where something in the folded part was written or has to be looked at."""
        folded = ("slug", "results", "assurance", *(f"background_{code}" for code in self.languages))
        return any(self[name].errors for name in folded) or bool(self.as_draft().background)

    @property
    def seen(self) -> int:
        """The edition that the editor had before them."""
        return edition_in(self.edition)

    def _forget_what_is_hidden(self) -> None:
        """A number that this way of answering does not use cannot be wrong."""
        if self.kind.data not in {PollForm.MULTIPLE, PollForm.RANK}:
            self.choose_max.errors = ()
        if self.kind.data != PollForm.SCALE:
            self.scale_points.errors = ()

    def _filled(self) -> list[FormField]:
        """The rows in which something stands; empty ones are no options."""
        drafts = [(row, row.form.as_draft(self.languages)) for row in self.options]
        return [row for row, draft in drafts if draft.label or draft.picture]

    def _note(self, fault: Fault) -> None:
        field = self._field(fault.path)
        if not field.errors:
            field.errors = (fault.sentence,)

    def _field(self, path: Path) -> Field:
        """("options", 2, "label", "de") → the German label of the third option."""
        if len(path) == 4:
            row = self._filled()[int(path[1])].form
            return cast(Field, row[f"{path[2]}_{path[3]}"])
        return cast(Field, self["_".join(str(step) for step in path)])


def _one_of(kind: type[Choice], value: Any, otherwise: Choice) -> Choice:
    """The member with this value; `otherwise` where there is none, which the field has an error for then."""
    return kind(value) if value in {member.value for member in kind} else otherwise


def _editor(city: City) -> Any:
    """The form's class with a field for each text and language of the city, and words for its choices."""
    fields: dict[str, Any] = {"languages": city.languages}
    fields |= {f"{name}_{code}": field for name in POLL_TEXTS for code, field in _text_fields(name, city)}
    row = {f"{name}_{code}": field for name in OPTION_TEXTS for code, field in _text_fields(name, city)}
    fields["options"] = FieldList(FormField(type("CityOptionRow", (OptionRow,), row)), _("Options"), min_entries=2)
    fields |= dict(_plain_fields())
    return type("CityPollEditor", (PollEditor,), fields)


def _text_fields(name: str, city: City) -> Iterator[tuple[str, StringField]]:
    label = {
        "title": _("Question"),
        "background": _("Background"),
        "scale_low": _("What the lowest number means"),
        "scale_high": _("What the highest number means"),
        "label": _("Option"),
        "picture_alt": _("What the picture shows, in words"),
    }[name]
    make = text if name == "background" else line
    for code in city.languages:
        yield code, make(label if len(city.languages) == 1 else own_name(code), LENGTHS[name])


def _plain_fields() -> Iterator[tuple[str, Any]]:
    needed = [InputRequired(_("Please fill this in."))]
    yield "kind", RadioField(_("How do people answer?"), choices=kinds())
    yield "results", RadioField(_("When does the public see the result?"), choices=results_rules())
    yield "assurance", RadioField(_("Who may answer?"), choices=levels(), coerce=int)
    yield "choose_max", Number(_("How many may be chosen or ranked at most?"), needed)
    yield "scale_points", Number(_("How many points does the scale have?"), needed)
    yield "is_shuffled", BooleanField(_("Show the options in a different order to each person"))
    yield "has_other", BooleanField(_("Offer “Something else” with a line to write on"))
    yield "slug", line(_("Short name in the address"), 80)
    yield "opens_at", CityMoment(_("Opens"), needed)
    yield "closes_at", CityMoment(_("Closes"), needed)


def _defaults() -> dict[str, Any]:
    return {
        "kind": PollForm.SINGLE.value,
        "choose_max": 2,
        "scale_points": 5,
        "results": ResultsRule.ALWAYS.value,
        "assurance": Assurance.DEVICE.value,
    }


def _data_of(draft: PollDraft) -> dict[str, Any]:
    """The draft as the values of the form's fields."""
    values = {name: getattr(draft, name) for name in ("choose_max", "scale_points", "is_shuffled", "has_other", "slug")}
    values |= {"kind": draft.form.value, "results": draft.results.value, "assurance": int(draft.assurance)}
    values |= {"opens_at": draft.opens_at, "closes_at": draft.closes_at}
    for name in POLL_TEXTS:
        values |= {f"{name}_{code}": words for code, words in getattr(draft, name).items()}
    return values | {"options": [_row_of(option) for option in draft.options] or blank_rows(BLANK_ROWS)}


def _row_of(option: OptionDraft) -> dict[str, Any]:
    values = {"id": option.id, "kept": picture_token(option.picture)}
    values |= {f"label_{code}": words for code, words in option.label.items()}
    return values | {f"picture_alt_{code}": words for code, words in option.picture_alt.items()}


def kinds() -> dict[str, str]:
    return {
        PollForm.SINGLE.value: _("Choose one"),
        PollForm.MULTIPLE.value: _("Choose several, up to a limit"),
        PollForm.YES_NO.value: _("Yes, no or “I don't know”"),
        PollForm.SCALE.value: _("Rate on a scale"),
        PollForm.RANK.value: _("Rank by importance"),
    }
