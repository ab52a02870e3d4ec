"""Drafts of ideas that signed-in people find on all their devices. Nothing here commits."""

from collections.abc import Mapping
from typing import Any

from flask_login import current_user
from sqlalchemy import delete, select

from citizen.core import clock
from citizen.core.db import db
from ideation.models import Campaign, IdeaDraftOnAccount

FIELDS = ("title", "text", "category", "district", "place", "cost", "author_name", "picture_alt", "language")
MOST = 6000
"""The longest field of a draft, in characters."""


def keep(campaign: Campaign, typed: Mapping[str, str]) -> bool:
    """Keep what was typed for whoever is signed in. False where nobody is."""
    account = _account()
    if account is None:
        return False
    fields = {name: typed[name][:MOST] for name in FIELDS if typed.get(name)}
    row = db.session.get(IdeaDraftOnAccount, (campaign.city_id, campaign.id, account), with_for_update=True)
    if row is None:
        row = IdeaDraftOnAccount(city_id=campaign.city_id, campaign_id=campaign.id, account_id=account)
        db.session.add(row)
    row.fields, row.changed_at = fields, clock.now()
    return True


def kept_fields(campaign: Campaign) -> dict[str, str]:
    """What whoever is signed in has written so far; empty where there is nothing."""
    own = select(IdeaDraftOnAccount.fields).filter_by(**_place(campaign))
    return dict(db.session.scalar(own) or {}) if _account() is not None else {}


def drop(campaign: Campaign) -> None:
    """Forget the draft, once its idea was sent."""
    if _account() is not None:
        db.session.execute(delete(IdeaDraftOnAccount).filter_by(**_place(campaign)))


def _place(campaign: Campaign) -> dict[str, Any]:
    return {"city_id": campaign.city_id, "campaign_id": campaign.id, "account_id": _account()}


def _account() -> int | None:
    person: Any = current_user
    return int(person.id) if person.is_authenticated else None
