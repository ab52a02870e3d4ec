"""How the city moderates: its rules, its lists of words, its reasons."""

from typing import Any

from flask import Response, flash, g, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.i18n import own_name
from citizen.core.web import page
from citizen.moderation import settings
from citizen.moderation.forms import ReasonForm, RulesForm, reason_form
from citizen.moderation.staff.room import bp, go
from citizen.moderation.words import rule_words


@bp.route("/moderation", methods=["GET", "POST"])
@staff(Role.ADMIN)
def moderation() -> Response:
    """What the rules look at, the time for appeals, the daily mail; and the way to words and reasons."""
    form = RulesForm(obj=settings.rules_of(g.city))
    form.on.choices = list(rule_words().items())
    if not form.is_submitted():
        form.on.data = [rule for rule in rule_words() if rule not in settings.rules_of(g.city).off]
    if not form.validate_on_submit():
        return page("moderation/staff/settings.html", status=422 if form.errors else 200, form=form, **_lists())
    settings.change_rules(g.city, form.values(rule_words()), by=current_actor())
    db.session.commit()
    flash(_("Saved."), "good")
    return go(url_for(".moderation"))


@bp.get("/moderation/words")
@staff(Role.MODERATOR)
def word_list() -> Response:
    """The words of one of the city's languages."""
    language = request.args.get("language", g.city.languages[0])
    return _words_page(language, "\n".join(settings.words_in(g.city, language)))


@bp.post("/moderation/words")
@staff(Role.MODERATOR)
def change_words() -> Response:
    language = request.args.get("language", g.city.languages[0])
    typed = request.form.get("words", "")[:200_000]
    try:
        kept = settings.change_words(g.city, language, typed.splitlines(), by=current_actor())
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        return _words_page(language, typed, refusal)
    flash(ngettext("The list holds %(num)s word.", "The list holds %(num)s words.", len(kept)), "good")
    return go(url_for(".word_list", language=language))


@bp.route("/moderation/reasons/<code>", methods=["GET", "POST"])
@staff(Role.ADMIN)
def reason(code: str) -> Response:
    """One reason in the city's own words; "new" adds one."""
    found = settings.reason_with(g.city, code)
    form = reason_form(g.city, found)
    if not form.validate_on_submit():
        return _reason_page(code, form)
    try:
        settings.change_reason(g.city, form.reason(code), by=current_actor())
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        form.form_errors.append(refusal.sentence)
        return _reason_page(code, form)
    flash(_("Saved. Decisions of the past keep what they said."), "good")
    return go(url_for(".moderation"))


def _lists() -> dict[str, Any]:
    words = [(code, own_name(code), len(settings.words_in(g.city, code))) for code in g.city.languages]
    return {"languages": words, "reasons": settings.reasons_of(g.city)}


def _words_page(language: str, typed: str, refusal: Refused | None = None) -> Response:
    settings.ensure_spoken(g.city, language)
    return page(
        "moderation/staff/words.html",
        status=refusal.status if refusal else 200,
        language=language,
        name=own_name(language),
        typed=typed,
        errors=[(refusal.sentence, "words")] if refusal else [],
        has_errors=refusal is not None,
    )


def _reason_page(code: str, form: ReasonForm) -> Response:
    languages = [(language, own_name(language)) for language in g.city.languages]
    return page(
        "moderation/staff/reason.html", status=422 if form.errors else 200, form=form, code=code, languages=languages
    )
