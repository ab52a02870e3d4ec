"""Who talks here: found by the browser's cookie or the confirmed address, asked again where neither is there yet."""

from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, request
from flask_babel import gettext as _
from flask_login import current_user

from citizen.core import clock
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.web import page
from citizen.participation.actions import TooFast, slow_down
from citizen.participation.identity import (
    KEY,
    Participant,
    contact_identity,
    cookie_name,
    declared_channel,
    device_of,
    new_key,
    participant_at,
    remember_device,
)
from citizen.participation.models import Assurance
from ideation.contributing import contributor_with, enrol, key_of
from ideation.models import Campaign, Contributor


@dataclass(frozen=True)
class Talker:
    """Whoever acts: as a contributor, and as a participant for the numbers."""

    contributor: Contributor
    participant: Participant


def has_cookie() -> bool:
    name = cookie_name(current_app.extensions["settings"])
    return KEY.fullmatch(request.cookies.get(name, "")) is not None


def is_confirmed() -> bool:
    """True where somebody has confirmed their address by signing in."""
    person: Any = current_user
    return bool(person.is_authenticated)


def sent_key() -> str:
    """The key of the form; empty where it came without one, as forms of shared pages do without JavaScript."""
    key = request.form.get("key", "")
    return key if KEY.fullmatch(key) else ""


def talker(campaign: Campaign, level: int, key: str) -> Talker:
    """Whoever sent this form. Raises Refused where the network is too fast, or an address has to be confirmed."""
    seconds = slow_down(campaign)
    if seconds:
        db.session.commit()
        raise TooFast(seconds)
    participant = _participant(level, key)
    contributor = enrol(campaign, key_of(campaign, participant))
    person: Any = current_user
    if participant.assurance is Assurance.CONTACT and contributor.email is None:
        contributor.email, contributor.confirmed_at = person.email, clock.now()
    return Talker(contributor, participant)


def _participant(level: int, key: str) -> Participant:
    """Talk is always somebody's, so that nobody is ever less than a device."""
    wanted = max(Assurance(level), Assurance.DEVICE)
    person: Any = current_user
    if wanted is Assurance.CONTACT and not person.is_authenticated:
        raise Refused(_("Please confirm your email address first. Then send this again."), status=403)
    return participant_at(request, wanted, key, declared_channel(request.args.get("via")))


def contributors_here(campaign: Campaign) -> list[Contributor]:
    """Who of the campaign this browser is: by its confirmed address, by its cookie, or nobody. Changes nothing."""
    channel, found = declared_channel(None), []
    person: Any = current_user
    if person.is_authenticated:
        found.append(Participant(contact_identity(person.email), Assurance.CONTACT, channel))
    if has_cookie():
        found.append(Participant(f"device:{device_of(request, '')}", Assurance.DEVICE, channel))
    known = (contributor_with(campaign, key_of(campaign, participant)) for participant in found)
    return [contributor for contributor in known if contributor is not None]


def remembered(response: Response, who: Talker) -> Response:
    """The reply, with the cookie by which this browser is known again."""
    if who.participant.assurance is Assurance.DEVICE:
        remember_device(response, who.participant.identity.removeprefix("device:"))
    return response


def ask_once_more(campaign: Campaign, question: str, submit: str, back: str) -> Response:
    """Without JavaScript: what was sent, once more under a key, so that a second tap is no second act."""
    key = new_key()
    sent = [(name, value) for name, value in request.form.items(multi=True) if name != "key"]
    context: dict[str, Any] = {"campaign": campaign, "question": question, "submit": submit, "back": back}
    context |= {"sent": sent, "key": key, "action": request.full_path.rstrip("?")}
    response = page("ideation/confirm.html", **context)
    return remember_device(response, device_of(request, key))
