"""The blueprint that all pages about moderation share, and what they read from forms."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, g, redirect, request, session
from flask_babel import gettext as _

from citizen.accounts.models import Role
from citizen.core import clock
from citizen.core.forms import stripped
from citizen.core.web import find_or_404, uncached
from citizen.moderation import sources, words
from citizen.moderation.deciding import Grounds
from citizen.moderation.inbox import Filter, Shown, with_all
from citizen.moderation.models import ModerationItem
from citizen.moderation.reporting import REASONS
from citizen.moderation.settings import offered_reasons

bp = Blueprint("moderation_staff", __name__, url_prefix="/<slug:city_slug>/staff")


def the_item(item_id: int) -> ModerationItem:
    return find_or_404(ModerationItem.in_city(g.city), id=item_id)


def shown(item: ModerationItem) -> Shown:
    return with_all(g.city, [item])[0]


def may_moderate() -> bool:
    role: Role = g.role
    return role.covers(Role.MODERATOR)


def lengths() -> dict[str, str]:
    """For how long a text or an author can be kept away, for whoever chooses."""
    return {"": _("for good"), "7": _("for 7 days"), "30": _("for 30 days"), "90": _("for 90 days")}


def grounds_in(form: Mapping[str, str]) -> Grounds:
    """Why, as the form says it."""
    days = form.get("days", "")
    until = clock.now() + timedelta(days=int(days)) if days and days in lengths() else None
    return Grounds(form.get("reason", "")[:40], stripped(form.get("facts")), until)


def item_context() -> dict[str, Any]:
    """What the fragment of one text needs beside the text."""
    return {
        "may_moderate": may_moderate(),
        "reasons": offered_reasons(g.city),
        "reason_names": words.reason_names(g.city),
        "lengths": lengths(),
        "names": sources.names(),
        "causes": words.cause_words(),
        "verdicts": words.verdict_words(),
        "explain": words.explain,
        "report_words": report_words,
    }


def report_words(code: str) -> str:
    return str(REASONS.get(code, code))


def kept_filter() -> dict[str, Any]:
    """The filter that this person used last in this city, as an address says it."""
    kept: dict[str, Any] = session.get("inbox", {}).get(str(g.city.id), {})
    return kept


def keep_filter(wanted: Filter) -> None:
    session["inbox"] = session.get("inbox", {}) | {str(g.city.id): wanted.asked()}


def go(location: str) -> Response:
    """303: the next page, to be fetched rather than posted to."""
    return uncached(redirect(location, code=303))  # type: ignore[arg-type]


def asked() -> Filter:
    """The filter that the address or the form says."""
    return Filter.of(request.values)
