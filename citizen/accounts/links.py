"""Links by mail: made, looked at as often as anybody likes, and used once."""

from datetime import timedelta
from enum import StrEnum
from typing import Any

from flask import current_app
from flask_babel import get_locale
from sqlalchemy import delete, select, update

from citizen.accounts import keys
from citizen.accounts.models import EmailLink
from citizen.core import clock
from citizen.core.db import db


class Purpose(StrEnum):
    """What a link is for. A link for one purpose opens nothing else."""

    SIGN_IN = "sign in"
    CREDENTIALS = "credentials"


SIGN_IN_LIFE = timedelta(minutes=30)
FORGOTTEN_LIFE = timedelta(hours=1)
INVITATION_LIFE = timedelta(hours=48)
KEPT_AFTERWARDS = timedelta(days=1)


def make_link(purpose: Purpose, email: str, life: timedelta, *, next_path: str = "") -> str:
    """Keep a new link and give its key, which stands nowhere else. Old links are swept away on the way."""
    key, moment = keys.new_key(), clock.now()
    db.session.execute(delete(EmailLink).where(EmailLink.expires_at < moment - KEPT_AFTERWARDS))
    link = EmailLink(digest=keys.digest(key), purpose=purpose, email=email, next_path=next_path)
    link.expires_at = moment + life
    db.session.add(link)
    return key


def find_link(purpose: Purpose, key: str) -> EmailLink | None:
    """The link, as long as it can still be used. Looking at it changes nothing."""
    query = select(EmailLink).filter_by(digest=keys.digest(key), purpose=purpose, used_at=None)
    return db.session.scalar(query.where(EmailLink.expires_at > clock.now()))


def use_link(link: EmailLink) -> bool:
    """True for whoever uses the link first, and for nobody after."""
    moment = clock.now()
    claim = update(EmailLink).where(EmailLink.digest == link.digest, EmailLink.used_at.is_(None))
    result: Any = db.session.execute(claim.where(EmailLink.expires_at > moment).values(used_at=moment))
    return bool(result.rowcount)


def end_links(email: str) -> None:
    """Make every link that waits in this mailbox useless."""
    waiting = update(EmailLink).where(EmailLink.email == email, EmailLink.used_at.is_(None))
    db.session.execute(waiting.values(used_at=clock.now()))


def address(endpoint: str, **values: Any) -> str:
    """A whole address for a mail, in the mail's language: from BASE_URL, never from what a request says."""
    base_url: str = current_app.extensions["settings"].base_url
    locale = get_locale()
    values.setdefault("lang", locale.language if locale else None)
    return base_url + current_app.url_map.bind("").build(endpoint, values)
