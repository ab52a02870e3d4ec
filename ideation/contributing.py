"""Who talks in a campaign: found again by the browser's cookie, the confirmed contact, or the private link."""

import hashlib
import hmac

from flask import current_app
from flask_babel import get_locale
from sqlalchemy import select

from citizen.core.db import db, insert_once
from citizen.participation.identity import KEY, Participant
from ideation.models import Campaign, Contributor, Rhythm


def key_of(campaign: Campaign, participant: Participant) -> str:
    """What opens this participant's own page in the campaign: 32 hexadecimal characters.

    It follows from who they are, so that the same browser or mailbox always gets the same one; nobody who sees it
    learns the cookie or the address behind it.
    """
    secret: str = current_app.extensions["settings"].secret_key
    message = f"contributor:{campaign.city_id}:{campaign.id}:{participant.identity}".encode()
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()[:32]


def enrol(campaign: Campaign, key: str) -> Contributor:
    """The contributor with this key, made where there is none yet."""
    language = str(get_locale() or campaign.city.languages[0])
    place = {"city_id": campaign.city_id, "campaign_id": campaign.id, "key_digest": digest(key)}
    insert_once(Contributor, **place, name="", language=language, rhythm=Rhythm.AT_ONCE)
    return db.session.scalars(select(Contributor).filter_by(**place)).one()


def contributor_with(campaign: Campaign, key: str) -> Contributor | None:
    """Whoever holds this key; None for a key that nobody has."""
    if not KEY.fullmatch(key):
        return None
    place = {"city_id": campaign.city_id, "campaign_id": campaign.id, "key_digest": digest(key)}
    return db.session.scalar(select(Contributor).filter_by(**place))


def digest(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
