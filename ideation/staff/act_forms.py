"""What has to be said before an act on ideas: a reason, a status, a tag. Forms parse and explain, and never save."""

from typing import Any

from flask_babel import gettext as _
from wtforms import Field, SelectField
from wtforms.validators import InputRequired

from citizen.core.forms import PageForm, line, text, texts_in
from citizen.core.i18n import own_name
from ideation.models import MAX_TEXT, MAX_TITLE, Campaign, Idea, Status
from ideation.staff.finding import colleagues
from ideation.words import status_words

SENTENCE = 1000
SETTABLE = [status for status in Status if status != Status.IN_VOTE]


class ActForm(PageForm):
    """The form of one act. Its public sentence is there in each language of the city: `sentence_de`."""

    campaign: Campaign
    languages: list[str]

    @property
    def sentence(self) -> dict[str, str]:
        return texts_in(self, "sentence", self.languages)

    def value(self, name: str) -> Any:
        return self[name].data


def act_form(campaign: Campaign, act: str, ideas: list[Idea]) -> ActForm:
    """The form that belongs to the act; one without fields where nothing has to be said."""
    fields: dict[str, Any] = {"campaign": campaign, "languages": campaign.city.languages}
    fields |= _FIELDS.get(act, lambda _campaign, _ideas: {})(campaign, ideas)
    return type("CampaignActForm", (ActForm,), fields)()


def _sentence(campaign: Campaign) -> dict[str, Field]:
    return {f"sentence_{code}": text(own_name(code), SENTENCE) for code in campaign.city.languages}


def _needed() -> list[Any]:
    return [InputRequired(_("Please fill this in."))]


def _hiding(campaign: Campaign, _ideas: list[Idea]) -> dict[str, Field]:
    return _sentence(campaign)


def _status(campaign: Campaign, _ideas: list[Idea]) -> dict[str, Field]:
    choices = {status.value: status_words(status) for status in SETTABLE}
    fields: dict[str, Field] = {"status": SelectField(_("Status"), choices=choices)}
    return fields | _sentence(campaign) | {"link": line(_("A link to what the city does, or to an indicator"), 300)}


def _tag(_campaign: Campaign, _ideas: list[Idea]) -> dict[str, Field]:
    return {"tag": line(_("Tag"), 40, validators=_needed())}


def _assign(campaign: Campaign, _ideas: list[Idea]) -> dict[str, Field]:
    choices = {"": _("Nobody")} | {str(number): name for number, name in colleagues(campaign).items()}
    return {"person": SelectField(_("Who looks after them?"), choices=choices)}


def _merge(_campaign: Campaign, ideas: list[Idea]) -> dict[str, Field]:
    choices = {str(idea.id): idea.title for idea in ideas}
    return {
        "into": SelectField(_("Which one stays?"), choices=choices, validate_choice=False),
        "other": line(_("Or the number of another idea"), 10),
    }


def _combine(_campaign: Campaign, ideas: list[Idea]) -> dict[str, Field]:
    words = "\n\n".join(idea.text for idea in ideas)[:MAX_TEXT]
    return {
        "title": line(
            _("Title of the proposal"), MAX_TITLE, validators=_needed(), default=ideas[0].title if ideas else ""
        ),
        "text": text(_("Text of the proposal"), MAX_TEXT, rows=12, validators=_needed(), default=words),
    }


_FIELDS = {
    "hide": _hiding,
    "status": _status,
    "tag": _tag,
    "untag": _tag,
    "assign": _assign,
    "merge": _merge,
    "combine": _combine,
}
