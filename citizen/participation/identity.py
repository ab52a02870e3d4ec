"""Who answers: a browser, a confirmed contact, a kiosk. The identity itself is never stored with an answer."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from typing import Any

from flask import Request, Response, current_app
from flask_babel import gettext as _
from flask_login import current_user

from citizen.core.config import Settings
from citizen.core.errors import Refused
from citizen.participation.models import SELF_DECLARED, Assurance, Channel, Consultation

KEY = re.compile(r"[0-9a-f]{32}")
COOKIE_AGE = 400 * 24 * 3600


@dataclass(frozen=True)
class Participant:
    """Whoever answers, as far as we know them: an identity and how sure we are of it."""

    identity: str
    assurance: Assurance
    channel: Channel

    def meets(self, consultation: Consultation) -> bool:
        return self.reaches(Assurance(consultation.assurance))

    def reaches(self, needed: Assurance) -> bool:
        """A supervised channel of the city stands in for the device; above that, levels are not lent."""
        is_supervised = self.channel in {Channel.KIOSK, Channel.PAPER, Channel.API}
        return self.assurance >= needed or (is_supervised and needed <= Assurance.DEVICE)


def new_key() -> str:
    """A fresh idempotency key: 128 random bits as 32 hexadecimal characters."""
    return secrets.token_hex(16)


def checked_key(text: str) -> str:
    if not KEY.fullmatch(text):
        raise Refused(_("This form is too old. Please load the page again."), status=422)
    return text


def declared_channel(text: str | None) -> Channel:
    """The channel that the address names, where anybody may name it; else the web."""
    return Channel(text) if text in SELF_DECLARED else Channel.WEB


def cookie_name(settings: Settings, *, embedded: bool = False) -> str:
    """`__Host-` wherever there is https. Inside another site's page the browser keeps a cookie of its own kind."""
    name = "plaza-device-embedded" if embedded else "plaza-device"
    return f"__Host-{name}" if settings.is_https else name


def device_of(request: Request, key: str, *, embedded: bool = False) -> str:
    """The identity of this browser: its cookie's, or a new one that follows from the idempotency key.

    Because it follows from the key, a replay of a first answer whose reply was lost gets the same cookie again.
    """
    settings: Settings = current_app.extensions["settings"]
    known = request.cookies.get(cookie_name(settings, embedded=embedded), "")
    if KEY.fullmatch(known):
        return known
    return hmac.new(settings.secret_key.encode(), f"device:{key}".encode(), hashlib.sha256).hexdigest()[:32]


def remember_device(response: Response, device: str, *, embedded: bool = False) -> Response:
    """Set the device cookie: only ever on the reply to an answer."""
    settings: Settings = current_app.extensions["settings"]
    in_frame = embedded and settings.is_https
    response.set_cookie(
        cookie_name(settings, embedded=embedded),
        device,
        max_age=COOKIE_AGE,
        secure=settings.is_https,
        httponly=True,
        samesite="None" if in_frame else "Lax",
        partitioned=in_frame,
    )
    return response


def with_device(
    response: Response, request: Request, consultation: Consultation, key: str, *, embedded: bool = False
) -> Response:
    """Set the device cookie on the page that asks to confirm an answer, where the consultation tells devices apart."""
    if consultation.assurance == Assurance.DEVICE:
        remember_device(response, device_of(request, key, embedded=embedded), embedded=embedded)
    return response


def participant_of(request: Request, consultation: Consultation, key: str, channel: Channel) -> Participant:
    """Who answers here, as sure as the consultation asks for and no surer: what is not needed is not read."""
    return participant_at(request, Assurance(consultation.assurance), key, channel)


def participant_at(request: Request, level: Assurance, key: str, channel: Channel) -> Participant:
    """Who acts here, as sure as this level asks for."""
    if level is Assurance.OPEN:
        return Participant(f"open:{key}", level, channel)
    if level is Assurance.DEVICE:
        device = device_of(request, key, embedded=channel is Channel.EMBED)
        return Participant(f"device:{device}", level, channel)
    person: Any = current_user
    if not person.is_authenticated:
        raise Refused(_("Please confirm your email address first. Then send your answer."))
    return Participant(contact_identity(person.email), Assurance.CONTACT, channel)


def contact_identity(email: str) -> str:
    """One identity for one mailbox: capital letters and what follows a plus sign make no second one."""
    local, _at, domain = email.strip().casefold().rpartition("@")
    return f"mail:{local.split('+')[0]}@{domain}"
