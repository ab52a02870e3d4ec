"""The log of acts: searched, taken along as a file, and checked."""

from flask import Response, flash, g, request, stream_with_context, url_for
from flask_babel import gettext as _

from citizen.accounts.access import staff
from citizen.accounts.models import Role
from citizen.core import audit, audit_search
from citizen.core.audit_search import Wanted
from citizen.core.web import page, uncached
from citizen.moderation.staff.room import bp, go


@bp.get("/audit", endpoint="audit")
@staff(Role.ADMIN)
def log() -> Response:
    """Who did what, the newest first."""
    wanted = Wanted.of(request.args)
    return page(
        "moderation/staff/audit.html",
        fragment="moderation/staff/_audit.html",
        wanted=wanted,
        found=audit_search.entries(g.city.id, wanted),
        is_later=wanted.before is not None,
    )


@bp.get("/audit.csv")
@staff(Role.ADMIN)
def audit_csv() -> Response:
    """All that was found, with the digest of each row, so that a later copy can be held against it."""
    lines = stream_with_context(audit_search.as_csv(g.city.id, Wanted.of(request.args)))
    response = Response(lines, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="audit-{g.city.slug}.csv"'
    return uncached(response)


@bp.post("/audit/check")
@staff(Role.ADMIN)
def check_audit() -> Response:
    """Go through the whole chain, as `flask audit verify` does."""
    found = audit.first_broken_entry()
    if found is None:
        flash(_("The log is whole: no row was changed or taken out."), "good")
    else:
        flash(_("The log is broken at row %(number)s. Please tell whoever runs this install.", number=found.id), "bad")
    return go(url_for(".audit"))
