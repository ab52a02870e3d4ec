"""Writing polls: making, changing, copying and deleting them. Nothing here commits."""

import secrets
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import Table, select, update
from sqlalchemy.exc import IntegrityError

from citizen.cities.models import City
from citizen.core import audit, clock
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.slugs import free_slug, slug_from
from citizen.participation.running import hold, subject
from polls import rules
from polls.actions import answers_to
from polls.drafts import OptionDraft, PollDraft, draft_of, faults, gaps
from polls.models import Poll, PollForm, PollOption

USUAL_SCALE = 5
RESERVED = {"new"}
"""Names that the console needs for its own addresses."""


class Outdated(Refused):
    """Somebody else saved the poll after this editor had opened it."""


def create_poll(city: City, draft: PollDraft, *, by: Actor) -> Poll:
    """A new poll that only staff see. Raises Refused where the draft cannot stand."""
    _ensure_sound(draft, city)
    poll = Poll(city=city, city_id=city.id, slug=_slug_for(draft, city), edition=1)
    _write(poll, draft)
    _add(poll)
    audit.record("created", subject(poll), by=by, city_id=city.id)
    return poll


def revise_poll(poll: Poll, draft: PollDraft, *, seen: int, by: Actor) -> None:
    """Replace what the poll says. `seen` is the edition that the editor had before them.

    The row is held until the end of the transaction, so that no answer can come between the look and the change.
    """
    hold(poll)
    if not rules.may_edit(poll, answers=answers_to(poll)):
        raise Refused(_("People have answered already, so the question and its options stay as they are."))
    _ensure_sound(draft, poll.city)
    if poll.published_at:
        _ensure_whole(draft, poll.city)
    _claim(poll, seen)
    if poll.published_at is None and draft.slug != poll.slug:
        poll.slug = _slug_for(draft, poll.city, itself=poll.id)
    _write(poll, draft)
    audit.record("changed", subject(poll), by=by, city_id=poll.city_id)


def copy_poll(poll: Poll, *, by: Actor) -> Poll:
    """A new draft with the same question and options, open for two weeks from now."""
    draft = draft_of(poll)
    opens_at = clock.now()
    copy = Poll(city=poll.city, city_id=poll.city_id, slug=_free(poll.slug, poll.city), edition=1)
    _write(copy, draft)
    for option in copy.options:
        option.id = secrets.token_hex(4)
    copy.opens_at, copy.closes_at = opens_at, clock.two_weeks_after(opens_at, poll.city.time_zone)
    _add(copy)
    audit.record("copied", subject(poll), by=by, city_id=poll.city_id, to=copy.slug)
    return copy


def delete_poll(poll: Poll, *, by: Actor) -> None:
    """Remove a draft for good."""
    hold(poll)
    if not rules.may_delete(poll):
        raise Refused(_("Only a draft can be deleted. A published poll can be withdrawn."))
    audit.record("deleted", subject(poll), by=by, city_id=poll.city_id)
    db.session.delete(poll)


def imagined(draft: PollDraft, city: City) -> Poll:
    """The poll that the draft would make, open now and not in the database: for previews."""
    poll = Poll(city=city, city_id=city.id, slug=draft.slug or "preview", edition=1)
    _write(poll, draft)
    poll.published_at = poll.opens_at = clock.now()
    poll.closes_at = max(draft.closes_at, poll.opens_at + timedelta(days=1))
    return poll


def _ensure_sound(draft: PollDraft, city: City) -> None:
    fault = next(faults(draft, city.languages), None)
    if fault:
        raise Refused(fault.sentence, status=422)


def _ensure_whole(draft: PollDraft, city: City) -> None:
    gap = next(gaps(draft, city.languages), None)
    if gap:
        raise Refused(gap.sentence, status=422)


def _claim(poll: Poll, seen: int) -> None:
    """Go on to the next edition, in one statement, if nobody else has since this editor looked."""
    table: Table = Poll.__table__  # type: ignore[assignment]
    claim = update(table).where(table.c.id == poll.id, table.c.edition == seen).values(edition=seen + 1)
    if not db.session.connection().execute(claim).rowcount:
        raise Outdated(_("Somebody else saved this poll while you were writing."))
    poll.edition = seen + 1


def _write(poll: Poll, draft: PollDraft) -> None:
    """What this way of answering does not show is not kept."""
    is_scale = draft.form is PollForm.SCALE
    poll.title, poll.form = dict(draft.title), draft.form.value
    poll.background = dict(draft.background)
    poll.choose_max = draft.choose_max if draft.form.has_number else 1
    poll.scale_points = draft.scale_points if is_scale else USUAL_SCALE
    poll.scale_low, poll.scale_high = (dict(ends) if is_scale else {} for ends in (draft.scale_low, draft.scale_high))
    poll.is_shuffled = draft.is_shuffled and draft.form.has_options
    poll.has_other = draft.has_other and draft.form in {PollForm.SINGLE, PollForm.MULTIPLE}
    poll.results, poll.assurance = draft.results.value, int(draft.assurance)
    poll.opens_at, poll.closes_at = draft.opens_at, draft.closes_at
    _write_options(poll, draft.options if draft.form.has_options else ())


def _write_options(poll: Poll, drafts: tuple[OptionDraft, ...]) -> None:
    """Options that were there keep their row; new ones get an id of their own, never one that somebody named."""
    known = {option.id: option for option in poll.options}
    options = []
    for position, draft in enumerate(drafts):
        option = known.pop(draft.id or "", None) or PollOption(id=secrets.token_hex(4), city_id=poll.city_id)
        option.position, option.label = position, dict(draft.label)
        option.picture = draft.picture.name if draft.picture else None
        option.picture_width = draft.picture.width if draft.picture else None
        option.picture_height = draft.picture.height if draft.picture else None
        option.picture_alt = dict(draft.picture_alt) if draft.picture else {}
        options.append(option)
    poll.options = options


def _slug_for(draft: PollDraft, city: City, *, itself: int | None = None) -> str:
    """The name that staff chose, refused where it is taken; or one made from the question, with a number if need be."""
    if draft.slug:
        if _is_taken(draft.slug, city, itself):
            raise Refused(_("Another poll of your city has this short name."), status=422)
        return draft.slug
    first = city.languages[0]
    return _free(slug_from(draft.title[first]) or f"poll-{secrets.token_hex(2)}", city, itself)


def _free(wish: str, city: City, itself: int | None = None) -> str:
    return free_slug(wish, lambda slug: _is_taken(slug, city, itself))


def _is_taken(slug: str, city: City, itself: int | None) -> bool:
    same = select(Poll.id).where(Poll.city_id == city.id, Poll.slug == slug, Poll.id != (itself or 0))
    return slug in RESERVED or db.session.scalar(same) is not None


def _add(poll: Poll) -> None:
    db.session.add(poll)
    try:
        db.session.flush()
    except IntegrityError:
        raise Refused(_("Another poll was saved at the same moment. Please save again.")) from None
