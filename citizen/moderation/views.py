"""Public pages: what was decided, counted; the statement of reasons behind a private link; reports from anyone."""

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for
from limits import RateLimitItemPerMinute

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.forms import stripped
from citizen.core.limits import seconds_to_wait
from citizen.core.pages import shared_page
from citizen.core.web import page, public, uncached
from citizen.moderation import appealing, exporters, reporting, words
from citizen.moderation.keys import statement_with
from citizen.moderation.models import Statement
from citizen.moderation.reporting import REASONS
from citizen.moderation.rules import may_appeal
from citizen.moderation.settings import rules_of
from citizen.moderation.sources import names
from citizen.moderation.transparency import transparency
from citizen.participation.identity import checked_key, device_of, new_key, remember_device

bp = Blueprint("moderation", __name__, url_prefix="/<slug:city_slug>")

SENT_PER_NETWORK = RateLimitItemPerMinute(20)


@bp.get("/moderation")
@public
def decisions() -> Response:
    """What was decided and why, as of the minute."""
    return shared_page(lambda: render_template("moderation/decisions.html", **_counted(g.city)), _minute())


@bp.get("/moderation.json")
@public
def decisions_json() -> Response:
    return shared_page(lambda: exporters.as_json(g.city, transparency(g.city)), _minute(), mimetype="application/json")


@bp.get("/moderation.csv")
@public
def decisions_csv() -> Response:
    return shared_page(lambda: exporters.as_csv(transparency(g.city)), _minute(), mimetype="text/csv")


@bp.get("/moderation/decisions/<slug:key>")
@public
def statement(key: str) -> Response:
    """The statement of reasons, for whoever holds its private link."""
    return _statement_page(_statement(key))


@bp.post("/moderation/decisions/<slug:key>/appeal")
@public
def appeal(key: str) -> Response:
    found, text = _statement(key), stripped(request.form.get("text"))
    if seconds_to_wait("appeal", limit=SENT_PER_NETWORK):
        abort(429)
    try:
        appealing.appeal(found, text)
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        return _statement_page(_statement(key), refusal, text)
    return uncached(redirect(url_for(".statement", key=key, _anchor="appeal"), code=303))  # type: ignore[arg-type]


@bp.get("/report/<source>/<subject>")
@public
def report_form(source: str, subject: str) -> Response:
    """Say what is wrong with a text. What the public cannot read is not here either."""
    return _report_page(source, subject)


@bp.post("/report/<source>/<subject>")
@public
def report(source: str, subject: str) -> Response:
    reason, text = request.form.get("reason", ""), stripped(request.form.get("text"))
    if seconds_to_wait("report", limit=SENT_PER_NETWORK):
        abort(429)
    try:
        key = checked_key(request.form.get("key", ""))
        device = device_of(request, key)
        reporting.report(g.city, source, subject, reason, text, device=device)
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        return _report_page(source, subject, refusal)
    location = url_for(".report_form", source=source, subject=subject, sent="yes")
    return remember_device(uncached(redirect(location, code=303)), device)  # type: ignore[arg-type]


def _minute() -> object:
    return clock.now().replace(second=0)


def _counted(city: City) -> dict[str, object]:
    return {
        "counted": transparency(city),
        "reasons": words.reason_names(city),
        "verdicts": words.verdict_words(),
        "names": names(),
        "appeal_days": rules_of(city).appeal_days,
    }


def _statement(key: str) -> Statement:
    return statement_with(g.city, key) or abort(404)


def _statement_page(found: Statement, refusal: Refused | None = None, text: str = "") -> Response:
    response = page(
        "moderation/statement.html",
        status=refusal.status if refusal else 200,
        statement=found,
        key=(request.view_args or {})["key"],
        title=words.restriction_words(found),
        reach=words.reach_words(found),
        machine=words.machine_words(found),
        may_appeal=may_appeal(found),
        appeal_days=rules_of(g.city).appeal_days,
        text=text,
        errors=[(refusal.sentence, "text")] if refusal else [],
        has_errors=refusal is not None,
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _report_page(source: str, subject: str, refusal: Refused | None = None) -> Response:
    text = reporting.public_text(g.city, source, subject) or abort(404)
    return page(
        "moderation/report.html",
        status=refusal.status if refusal else 200,
        about=text,
        source=source,
        subject=subject,
        reasons=REASONS,
        key=new_key(),
        reason=request.form.get("reason", ""),
        text=request.form.get("text", ""),
        is_sent=request.args.get("sent") == "yes" and refusal is None,
        errors=[(refusal.sentence, "reason-illegal")] if refusal else [],
        has_errors=refusal is not None,
    )
