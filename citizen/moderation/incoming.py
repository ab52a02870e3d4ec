"""Texts that come in, change or go, as the features say. Nothing here commits."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select, update

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.db import db, insert_once
from citizen.moderation.models import Cause, ItemState, ModerationEdition, ModerationHit, ModerationItem, Report
from citizen.moderation.settings import rules_of, words_of
from citizen.moderation.signs import WEIGHTLESS, Hit, text_signs
from citizen.moderation.sources import Submission

BURST_TIME = timedelta(minutes=10)


def waits(
    city: City, source: str, subject: str, submission: Submission, *, hits: Sequence[Hit] = (), seen_at: Any = None
) -> ModerationItem:
    """Put a new or changed text before the moderators. The same text once more changes nothing.

    `hits` are what the feature's own rules found. `seen_at` replaces the moment, where even that should not be kept.
    """
    item = item_of(city, source, subject)
    digest = digest_of(submission)
    if item is None:
        insert_once(ModerationItem, **_first_values(city, source, subject, submission, seen_at or clock.now()))
        item = item_of(city, source, subject)
        assert item is not None
    elif item.digest == digest and item.state != ItemState.GONE:
        return item
    else:
        _change(item, submission)
    _note_hits(item, [*hits, *_found_in(city, item)])
    return item


def digest_of(submission: Submission) -> bytes:
    return hashlib.sha256(f"{submission.title}\0{submission.text}".encode()).digest()


def item_of(city: City, source: str, subject: str) -> ModerationItem | None:
    return db.session.scalar(ModerationItem.in_city(city).filter_by(source=source, subject=subject))


def flag(item: ModerationItem, hit: Hit) -> None:
    """A rule of a feature points to a text later; one that was decided on waits again."""
    _note_hits(item, [hit])
    if item.state == ItemState.DECIDED:
        wait_again(item)


def gone(city: City, source: str, subject: str) -> None:
    """Its author took it back: the text is forgotten here, and nobody needs to decide any more."""
    item = item_of(city, source, subject)
    if item is None:
        return
    item.state, item.title, item.text, item.is_shown = ItemState.GONE, "", "", False
    for model in (ModerationHit, ModerationEdition, Report):
        db.session.execute(delete(model).where(model.city_id == city.id, model.item_id == item.id))


def wait_again(item: ModerationItem) -> None:
    item.state, item.decision_id, item.waiting_since = ItemState.WAITING, None, clock.now()


def _first_values(city: City, source: str, subject: str, submission: Submission, moment: Any) -> dict[str, Any]:
    cause = Cause.AFTER if submission.is_shown else Cause.BEFORE
    place = {"city_id": city.id, "source": source, "subject": subject, "cause": cause, "state": ItemState.WAITING}
    counters = {"reports": 0, "reports_decided": 0, "assigned_to": ""}
    return place | counters | _written(submission) | {"waiting_since": moment, "created_at": moment}


def _written(submission: Submission) -> dict[str, Any]:
    return vars(submission) | {"title": submission.title[:300], "digest": digest_of(submission)}


def _change(item: ModerationItem, submission: Submission) -> None:
    """Keep how it read before, and let it wait: nobody has decided on what it says now."""
    place = {"city_id": item.city_id, "item_id": item.id, "digest": item.digest}
    if item.state != ItemState.GONE:
        insert_once(ModerationEdition, **place, title=item.title, text=item.text)
    for name, value in _written(submission).items():
        setattr(item, name, value)
    if item.state != ItemState.WAITING:
        wait_again(item)
    item.changed_at = clock.now()
    item.cause = Cause.AFTER if submission.is_shown else Cause.BEFORE
    db.session.execute(delete(ModerationHit).filter_by(city_id=item.city_id, item_id=item.id))
    db.session.flush()


def _found_in(city: City, item: ModerationItem) -> list[Hit]:
    rules = rules_of(city)
    whole = f"{item.title}\n{item.text}"
    found = text_signs(whole, words_of(city), most_links=rules.most_links, off=rules.off)
    kept = [hit for hit in _found_around(item, rules.burst) if hit.rule not in rules.off]
    return [*found, *kept]


def _found_around(item: ModerationItem, burst: int) -> list[Hit]:
    """What the texts beside it show: the same text elsewhere, many at once, or nothing from this author before."""
    others = select(func.count()).select_from(ModerationItem)
    others = others.where(ModerationItem.city_id == item.city_id, ModerationItem.id != item.id)
    hits = []
    same = db.session.scalar(others.where(ModerationItem.digest == item.digest)) or 0
    if same:
        hits.append(Hit("repeated", str(same)))
    if item.author is None:
        return hits
    own = others.where(ModerationItem.author == item.author)
    recent = db.session.scalar(own.where(ModerationItem.created_at > item.created_at - BURST_TIME)) or 0
    if recent + 1 >= burst:
        hits.append(Hit("burst", str(recent + 1)))
    if not recent and not db.session.scalar(own):
        hits.append(Hit("new_author"))
    return hits


def _note_hits(item: ModerationItem, hits: Sequence[Hit]) -> None:
    for hit in hits:
        place = {"city_id": item.city_id, "item_id": item.id, "rule": hit.rule}
        insert_once(ModerationHit, **place, found=hit.found[:300])
    weighty = [hit for hit in hits if hit.rule not in WEIGHTLESS]
    if weighty and item.cause != Cause.REPORTED:
        raised = update(ModerationItem).where(ModerationItem.id == item.id)
        db.session.execute(raised.values(cause=Cause.FLAGGED))
