"""Ideas that come from a table into a campaign: looked at as a whole first, then saved in one go."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import insert, select

from citizen.cities.districts import District
from citizen.core import audit, clock
from citizen.core.audit import Actor
from citizen.core.db import db, look_anew
from citizen.core.i18n import localized
from citizen.participation.running import subject
from ideation.flags import burst_days, text_flags
from ideation.importers import ImportReport, Row
from ideation.inbox import put_in
from ideation.models import Campaign, Idea, IdeaTerm, Showing
from ideation.pulse import beat
from ideation.terms import digest_of, term_rows

SUSPICIOUS = {"probe", "burst"}
"""What a moderator looks at before the public does."""
AT_ONCE = 1000


def look(campaign: Campaign, report: ImportReport) -> ImportReport:
    """Note on each row what the campaign makes of it: known already, of which category, flagged. Saves nothing."""
    _skip_known(campaign, report.coming)
    categories = {name: row.code for row in campaign.categories for name in (row.code, *row.name.values())}
    districts = db.session.scalars(District.in_city(campaign.city)).all()
    codes = {name: row.code for row in districts for name in (row.code, *row.name.values())}
    for row in report.coming:
        row.category = _matched(row, row.category, categories, _no_such_category)
        row.district = _matched(row, row.district, codes, _no_such_district)
    _flag(campaign, report.coming)
    return report


def _no_such_category(name: str) -> str:
    return _("This campaign has no category “%(name)s”.", name=name)


def _no_such_district(name: str) -> str:
    return _("This city has no district “%(name)s”.", name=name)


def _matched(row: Row, name: str | None, known: dict[str, str], sentence: Callable[[str], str]) -> str | None:
    """The code of what is called so in any language, whatever its capital letters."""
    if name is None:
        return None
    found = {word.casefold(): code for word, code in known.items()}.get(name.casefold())
    if found is None:
        row.change(sentence(name[:60]))
    return found


def _skip_known(campaign: Campaign, rows: list[Row]) -> None:
    """An idea that came with an earlier import, or twice in this table, comes once."""
    query = select(Idea.came_from).where(Idea.city_id == campaign.city_id, Idea.campaign_id == campaign.id)
    known = set(db.session.scalars(query.where(Idea.came_from.is_not(None))))
    for row in rows:
        if row.came_from in known:
            row.skip(_("It is here already."))
        elif row.came_from:
            known.add(row.came_from)


def _flag(campaign: Campaign, rows: list[Row]) -> None:
    titles = Counter(digest_of(row.title) for row in rows)
    texts = Counter(digest_of(row.text) for row in rows if row.text)
    here = select(Idea.title_digest, Idea.text_digest).where(
        Idea.city_id == campaign.city_id, Idea.campaign_id == campaign.id
    )
    for title, text in db.session.execute(here):
        titles[title] += 1
        texts[text] += 1
    bursts = burst_days(row.created_at.date() for row in rows if row.created_at)
    for row in rows:
        signs = {
            "repeated_title": titles[digest_of(row.title)] > 1,
            "repeated_text": bool(row.text) and texts[digest_of(row.text)] > 1,
            "burst": row.created_at is not None and row.created_at.date() in bursts,
        }
        row.flags = [*text_flags(row.title, row.text), *(name for name, is_there in signs.items() if is_there)]


def save(campaign: Campaign, report: ImportReport, language: str, *, by: Actor) -> int:
    """Make an idea of every row that is coming. How many they are.

    The number of supporters that a row brings is where the idea's counter starts: who they are is not known here, so
    that they cannot be told apart from people who support it again.
    """
    rows = report.coming
    for start in range(0, len(rows), AT_ONCE):
        _insert(campaign, rows[start : start + AT_ONCE], language)
    look_anew(Idea, IdeaTerm)
    beat(campaign)
    counted = Counter(row.outcome.value for row in report.rows)
    audit.record("imported ideas", subject(campaign), by=by, city_id=campaign.city_id, **counted)
    return len(rows)


def _insert(campaign: Campaign, rows: list[Row], language: str) -> None:
    moment = clock.now()
    values = [_values(campaign, row, language, moment) for row in rows]
    statement = insert(Idea).returning(Idea.id, sort_by_parameter_order=True)
    ids = list(db.session.scalars(statement, values))
    _put_in(campaign, ids)
    ideas = ((number, row.title, row.text, language) for number, row in zip(ids, rows, strict=True))
    terms = term_rows(campaign.city_id, campaign.id, ideas)
    if terms:
        db.session.execute(insert(IdeaTerm), terms)


def _put_in(campaign: Campaign, ids: list[int]) -> None:
    """Those that nobody may see yet wait for a moderator."""
    held = select(Idea).where(Idea.id.in_(ids), Idea.showing == Showing.HELD).order_by(Idea.id)
    for idea in db.session.scalars(held):
        put_in(campaign, idea)


def _values(campaign: Campaign, row: Row, language: str, moment: datetime) -> dict[str, Any]:
    return {
        "city_id": campaign.city_id,
        "campaign_id": campaign.id,
        "came_from": row.came_from or None,
        "language": language,
        "title": row.title,
        "text": row.text,
        "title_digest": digest_of(row.title),
        "text_digest": digest_of(row.text),
        "author_name": row.author_name,
        "category": row.category,
        "district": row.district,
        "cost": row.cost,
        "showing": _showing(row),
        "flags": row.flags,
        "supports": row.supports,
        "imported_supports": row.supports,
        "created_at": row.created_at or moment,
        "changed_at": row.created_at or moment,
    }


def _showing(row: Row) -> Showing:
    if row.is_withdrawn:
        return Showing.WITHDRAWN
    return Showing.HELD if SUSPICIOUS & set(row.flags) else Showing.SHOWN


def as_data(campaign: Campaign, report: ImportReport, *, is_saved: bool) -> dict[str, Any]:
    """The whole report as JSON values."""
    flags = Counter(flag for row in report.coming for flag in row.flags)
    return {
        "campaign": campaign.slug,
        "question": str(localized(campaign.title)),
        "is_saved": is_saved,
        "ideas_imported": len(report.coming),
        "ideas_skipped": len(report.rows) - len(report.coming),
        "held": sum(_showing(row) is Showing.HELD for row in report.coming),
        "flags": dict(flags),
        "columns_not_read": report.unknown,
        "notes": list(_notes(report.rows)),
    }


def _notes(rows: Iterable[Row]) -> Iterable[dict[str, Any]]:
    for row in rows:
        if row.notes or row.flags:
            found = {"line": row.line, "id": row.came_from, "title": row.title, "outcome": row.outcome.value}
            yield found | {"flags": row.flags, "notes": row.notes}
