"""Private links: each opens one thing for one contributor, and nothing for whoever changes a letter of it."""

from enum import StrEnum

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from citizen.core.db import db
from ideation.models import Campaign, Contributor


class Purpose(StrEnum):
    """What a link is for. A link for one purpose opens nothing else."""

    OWN_PAGE = "own page"
    CONFIRMATION = "confirmation of an address"
    WAY_OUT = "way out of mails"


def pass_for(contributor: Contributor, purpose: Purpose) -> str:
    """The secret part of the link. One for an address holds for this address alone."""
    about = [contributor.id, contributor.email] if purpose is Purpose.CONFIRMATION else [contributor.id]
    return str(_signer(purpose).dumps(about))


def bearer_of(token: str, purpose: Purpose, campaign: Campaign) -> Contributor | None:
    """Whose link it is; None where it is nobody's in this campaign."""
    try:
        number, *address = _signer(purpose).loads(token)
    except BadSignature:
        return None
    found = db.session.get(Contributor, number)
    if found is None or (found.city_id, found.campaign_id) != (campaign.city_id, campaign.id):
        return None
    return found if not address or address == [found.email] else None


def _signer(purpose: Purpose) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"contributor: {purpose}")
