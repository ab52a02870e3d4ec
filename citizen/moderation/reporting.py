"""Reports from anyone. They gather and bring a text before a moderator; whatever their number, they hide nothing.

Nothing here commits.
"""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from citizen.cities.models import City
from citizen.core.db import db, insert_once
from citizen.core.errors import Refused
from citizen.core.texts import is_plain
from citizen.moderation.authors import keyed
from citizen.moderation.incoming import item_of, wait_again, waits
from citizen.moderation.models import Cause, ItemState, ModerationItem, Report
from citizen.moderation.sources import Submission, source_of

MAX_REPORT = 1000
ENOUGH = 3
"""New reports on a text that a moderator has approved before it waits again: one person cannot keep it waiting."""

REASONS = {
    "illegal": _l("I think that it is against the law"),
    "hate": _l("It is hateful, or threatens somebody"),
    "insult": _l("It insults somebody"),
    "personal_data": _l("It names or shows a private person"),
    "advertising": _l("It is advertising or spam"),
    "other": _l("Something else"),
}
NEEDS_WORDS = {"illegal", "other"}


def report(city: City, source: str, subject: str, reason: str, text: str, *, device: str) -> bool:
    """Take a report on what the public can read. False where this device has reported it before."""
    item = reportable(city, source, subject)
    if item is None:
        raise Refused(_("This text is not here any more."), status=404)
    _ensure_sound(reason, text)
    place = {"city_id": city.id, "item_id": item.id, "reporter": keyed("report", item.id, device)}
    if not insert_once(Report, **place, reason=reason, text=text):
        return False
    counted = update(ModerationItem).where(ModerationItem.id == item.id)
    db.session.execute(counted.values(reports=ModerationItem.reports + 1))
    db.session.refresh(item)
    if item.state == ItemState.WAITING:
        item.cause = Cause.REPORTED
    elif item.reports - item.reports_decided >= _enough(item):
        item.cause = Cause.REPORTED
        wait_again(item)
    return True


def public_text(city: City, source: str, subject: str) -> Submission | None:
    """The text as the public reads it now; None where it does not."""
    feature = source_of(source)
    is_here = feature is not None and feature.is_public(city, subject)
    return feature.submission(city, subject) if feature is not None and is_here else None


def reportable(city: City, source: str, subject: str) -> ModerationItem | None:
    """The item of a text that the public can read now; one that came in before there was an inbox is put in."""
    submission = public_text(city, source, subject)
    if submission is None:
        return None
    item = item_of(city, source, subject)
    return item if item and item.state != ItemState.GONE else waits(city, source, subject, submission)


def _enough(item: ModerationItem) -> int:
    return ENOUGH if item.decision_id is not None else 1


def _ensure_sound(reason: str, text: str) -> None:
    if reason not in REASONS:
        raise Refused(_("Please choose what is wrong with it."), status=422)
    if reason in NEEDS_WORDS and not text:
        raise Refused(_("Please say in a few words what is wrong with it."), status=422)
    if len(text) > MAX_REPORT or not is_plain(text, lines=True):
        raise Refused(_("Please use at most %(most)s characters.", most=MAX_REPORT), status=422)
