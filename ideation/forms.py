"""The form for an idea: it parses and explains, and never saves."""

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import BooleanField, Field, FileField, Form, HiddenField, SelectField

from citizen.cities.districts import District
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.faults import Fault
from citizen.core.forms import edition_in, line, text
from citizen.core.i18n import Text, current_language, localized, own_name
from citizen.core.media import Picture, keep_picture, picture_from, picture_token
from ideation.drafts import MAX_ALT, MAX_NAME, IdeaDraft, draft_of, faults
from ideation.models import MAX_TEXT, MAX_TITLE, Campaign, Idea

PLACES = {"longitude": "place", "latitude": "place", "point": "place", "district": "district"}
"""Beside which field a fault of a place is shown."""


class Needed:
    """Marks a field that cannot stay empty. What is wrong with it is said by the faults of the draft."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, _form: Form, _field: Field) -> None:
        """Nothing to check here."""


class IdeaForm(Form):
    """What an author writes down. The fields that the campaign does not ask for are left out."""

    key = HiddenField()
    edition = HiddenField()
    kept = HiddenField()
    place: HiddenField
    without_picture = BooleanField()
    campaign: Campaign
    districts: dict[str, Text]

    def is_sound(self) -> bool:
        """Parse, keep an uploaded picture, and note what is wrong beside each field."""
        self.validate()
        self._keep_upload()
        for fault in faults(self.as_draft(), self.campaign, self.districts):
            self._note(fault)
        return not self.errors

    def as_draft(self) -> IdeaDraft:
        longitude, latitude = _point(self._typed("place"))
        return IdeaDraft(
            title=self._typed("title"),
            text=self._typed("text"),
            language=self._typed("language") or current_language(),
            category=self._typed("category") or None,
            district=self._typed("district") or None,
            longitude=longitude,
            latitude=latitude,
            cost=_cost(self._typed("cost")),
            author_name=self._typed("author_name"),
            picture=self.picture_kept,
            picture_alt=self._typed("picture_alt") if self.picture_kept else "",
        ).cleaned()

    @property
    def picture_kept(self) -> Picture | None:
        return None if self.without_picture.data else picture_from(self.kept.data or "")

    @property
    def seen(self) -> int:
        return edition_in(self.edition)

    def _typed(self, name: str) -> str:
        return str(self[name].data or "") if name in self else ""

    def _keep_upload(self) -> None:
        upload = self["picture"].data if "picture" in self else None
        if not isinstance(upload, FileStorage) or not upload.filename:
            return
        try:
            self.kept.data = picture_token(keep_picture(upload))
        except Refused as refusal:
            self["picture"].errors = (refusal.sentence,)

    def _note(self, fault: Fault) -> None:
        name = PLACES.get(str(fault.path[0]), str(fault.path[0]))
        field = self[name] if name in self else self["title"]
        if not field.errors:
            field.errors = (fault.sentence,)


def blank_form(campaign: Campaign, kept: Mapping[str, str]) -> IdeaForm:
    """For a new idea; `kept` are the fields of a draft that was begun on another device."""
    return _form(campaign)(data={"language": current_language()} | dict(kept))


def sent_form(campaign: Campaign, sent: MultiDict[str, Any], idea: Idea | None = None) -> IdeaForm:
    return _form(campaign)(formdata=sent, data=_values(idea) if idea else {})


def form_of(campaign: Campaign, idea: Idea) -> IdeaForm:
    """The form that shows the idea as it is."""
    return _form(campaign)(data=_values(idea))


def _values(idea: Idea) -> dict[str, Any]:
    draft = draft_of(idea)
    values = {name: value for name, value in vars(draft).items() if name not in {"longitude", "latitude", "picture"}}
    if draft.longitude is not None:
        values["place"] = f"{draft.longitude},{draft.latitude}"
    return values | {"kept": picture_token(draft.picture), "edition": idea.edition}


def _form(campaign: Campaign) -> type[IdeaForm]:
    rows = db.session.scalars(District.in_city(campaign.city)) if campaign.asks_place else ()
    districts = {row.code: localized(row.name) for row in rows}
    fields: dict[str, Any] = {"campaign": campaign, "districts": districts}
    fields |= _text_fields(campaign)
    fields |= _choice_fields(campaign, districts)
    return type("CampaignIdeaForm", (IdeaForm,), fields)


def _text_fields(campaign: Campaign) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "title": line(_("Your idea in one sentence"), MAX_TITLE, validators=[Needed()]),
        "text": text(_("Describe it"), MAX_TEXT, rows=7, validators=[Needed()]),
        "author_name": line(_("Your name, as others see it"), MAX_NAME),
    }
    if campaign.asks_cost:
        fields["cost"] = line(_("What it could cost, in %(currency)s", currency=campaign.currency), 12)
    if campaign.asks_picture:
        fields["picture"] = FileField(_("File"), [Needed()])
        fields["picture_alt"] = line(_("What the picture shows, in words"), MAX_ALT, validators=[Needed()])
    return fields


def _choice_fields(campaign: Campaign, districts: dict[str, Text]) -> dict[str, Any]:
    fields: dict[str, Any] = {"place": HiddenField()}
    if campaign.categories:
        options = {"": _("Please choose")} | {row.code: str(localized(row.name)) for row in campaign.categories}
        fields["category"] = SelectField(_("What is it about?"), [Needed()], choices=options, validate_choice=False)
    if districts:
        options = {"": _("The whole city, or nowhere special")}
        options |= {code: str(name) for code, name in districts.items()}
        fields["district"] = SelectField(_("Where in the city?"), choices=options, validate_choice=False)
    if len(campaign.city.languages) > 1:
        options = {code: own_name(code) for code in campaign.city.languages}
        fields["language"] = SelectField(_("You write in"), [Needed()], choices=options, validate_choice=False)
    return fields


def _point(typed: str) -> tuple[float | None, float | None]:
    """Longitude and latitude from "9.4,50.1"; not a number, which no place has, for anything else."""
    if not typed:
        return None, None
    try:
        longitude, latitude = (float(part) for part in typed.split(","))
    except ValueError:
        return float("nan"), float("nan")
    return longitude, latitude


def _cost(typed: str) -> int | None:
    """Whole units of the currency, however they are grouped; -1, which nothing costs, for what is no number."""
    digits = typed.translate(str.maketrans("", "", " .,'\u00a0\u202f€"))
    if not digits:
        return None
    return int(digits) if digits.isdecimal() and digits.isascii() else -1
