"""The polls in the staff console: the list, the editor, one poll, and how a phone shows it."""

import dataclasses
import secrets
from typing import Any

from flask import Response, g, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.cities.models import City
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.i18n import localized
from citizen.core.media import picture_from
from citizen.core.security import content_policy
from citizen.core.web import page, uncached
from citizen.participation.desk import Task, source
from citizen.participation.models import State
from citizen.participation.words import state_words
from polls import actions, drafting, exporters, rules, statistics
from polls.answers import as_choice, most_choices
from polls.drafts import PollDraft, draft_of
from polls.forms import AnswerForm, shuffled
from polls.models import MAX_SCALE, Poll
from polls.overview import overview
from polls.rows import after_act, is_act, with_pictures
from polls.staff_acts import back_to, bp, published_words, the_poll
from polls.staff_editor import PollEditor
from polls.staff_statistics import listing, polls_to_translate, polls_with_held_texts

MAX_PICTURES = 40 * 1024 * 1024
"""Bytes of one form with pictures straight from phones."""

MAX_FIELDS = 5000
"""Thirty options in all languages of Europe."""

__all__ = ["bp"]


@bp.before_request
def allow_pictures() -> None:
    """Whoever is not allowed in is turned away before the body is read."""
    if request.endpoint in {"poll_staff.create", "poll_staff.revise", "poll_staff.sketch"}:
        request.max_content_length, request.max_form_parts = MAX_PICTURES, MAX_FIELDS


@bp.get("/")
@staff(Role.VIEWER)
def index() -> Response:
    """All polls of the city; what is searched and filtered stands in the address."""
    words, state = request.args.get("q", "")[:200], request.args.get("state", "")
    chosen = State(state) if state in set(State) else None
    found = listing(g.city, words=words, state=chosen, page=request.args.get("page", 1, type=int))
    return page(
        "polls/staff/index.html",
        found=found,
        words=words,
        chosen=chosen,
        states=list(State),
        state_words=state_words,
    )


@bp.get("/new")
@staff(Role.EDITOR)
def new() -> Response:
    return _editor_page(PollEditor.blank(g.city))


@bp.post("/new")
@staff(Role.EDITOR)
def create() -> Response:
    sent, problems = with_pictures(request.form, request.files)
    if is_act(sent):
        return _editor_page(PollEditor.sent(g.city, after_act(sent)))
    return _save(PollEditor.sent(g.city, sent), problems)


@bp.get("/<slug:slug>/edit")
@staff(Role.EDITOR)
def edit(slug: str) -> Response:
    """The editor; once people have answered, why there is none any more, and what can be done instead."""
    poll = the_poll(slug)
    if not rules.may_edit(poll, answers=statistics.count(poll)):
        return page("polls/staff/frozen.html", **overview(poll))
    return _editor_page(PollEditor.of(poll), poll)


@bp.post("/<slug:slug>/edit")
@staff(Role.EDITOR)
def revise(slug: str) -> Response:
    poll = the_poll(slug)
    sent, problems = with_pictures(request.form, request.files)
    if is_act(sent):
        return _editor_page(PollEditor.of(poll, after_act(sent)), poll)
    return _save(PollEditor.of(poll, sent), problems, poll)


@bp.post("/preview")
@staff(Role.EDITOR)
def sketch() -> Response:
    """What is being written, as a phone would show it. Nothing is saved."""
    form = PollEditor.sent(g.city, MultiDict(request.form))
    return uncached(make_response(render_template("polls/staff/_preview.html", **_on_a_phone(form.as_draft()))))


@bp.get("/<slug:slug>")
@staff(Role.VIEWER)
def show(slug: str) -> Response:
    """One poll: where it stands, what came in, how to share it, what waits."""
    return page("polls/staff/show.html", **overview(the_poll(slug)))


@bp.get("/<slug:slug>/preview")
@staff(Role.VIEWER)
def preview(slug: str) -> Response:
    """The citizen's page as it is once the poll is open, also for drafts. The browser lets nothing be sent from it."""
    response = page("polls/show.html", **_on_a_phone(draft_of(the_poll(slug))))
    response.headers["Content-Security-Policy"] = f"{content_policy()}; sandbox allow-same-origin allow-scripts"
    return response


@bp.get("/<slug:slug>/results.csv")
@staff(Role.VIEWER)
def results_csv(slug: str) -> Response:
    """The numbers so far, also before the public sees them."""
    poll = the_poll(slug)
    response = uncached(Response(exporters.as_csv(statistics.result(poll)), mimetype="text/csv"))
    response.headers["Content-Disposition"] = f'attachment; filename="{poll.slug}.csv"'
    return response


def _save(form: PollEditor, problems: dict[str, str], poll: Poll | None = None) -> Response:
    """Create or change the poll, and publish it where that was the button."""
    publishes = "publish" in request.form
    is_public = poll is not None and poll.published_at is not None
    if not form.is_sound(whole=publishes or is_public, problems=problems):
        return _editor_page(form, poll, status=422)
    try:
        saved = _written(form, poll)
        if publishes:
            actions.publish(saved, by=current_actor())
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        return _refused(form, poll, refusal)
    return back_to(saved, published_words(saved) if publishes else _("Saved."))


def _written(form: PollEditor, poll: Poll | None) -> Poll:
    if poll is None:
        return drafting.create_poll(g.city, form.as_draft(), by=current_actor())
    drafting.revise_poll(poll, form.as_draft(), seen=form.seen, by=current_actor())
    return poll


def _refused(form: PollEditor, poll: Poll | None, refusal: Refused) -> Response:
    """Everything typed is still there. Who was overtaken may save once more, knowingly over the other's text."""
    form.form_errors = [refusal.sentence]
    is_outdated = isinstance(refusal, drafting.Outdated)
    if is_outdated and poll is not None:
        form.edition.data = poll.edition
    return _editor_page(form, poll, status=refusal.status, is_outdated=is_outdated)


def _editor_page(
    form: PollEditor, poll: Poll | None = None, *, status: int = 200, is_outdated: bool = False
) -> Response:
    return page(
        "polls/staff/edit.html",
        status=status,
        form=form,
        poll=poll,
        is_outdated=is_outdated,
        languages=g.city.languages,
        is_public=poll is not None and poll.published_at is not None,
        pictures={row.form.kept.data: picture_from(row.form.kept.data) for row in form.options if row.form.kept.data},
        sketch=Markup(render_template("polls/staff/_preview.html", **_on_a_phone(form.as_draft()))),  # noqa: S704
    )


def _on_a_phone(draft: PollDraft) -> dict[str, Any]:
    """What the citizen's templates need to show a draft."""
    points = min(max(draft.scale_points, 2), MAX_SCALE)
    poll = drafting.imagined(dataclasses.replace(draft, scale_points=points), g.city)
    form = AnswerForm.blank(poll, secrets.randbelow(1000))
    return {
        "poll": poll,
        "form": form,
        "action": "",
        "embedded": False,
        "choices": [as_choice(poll, choice) for choice in shuffled(poll, form.order)],
        "most": most_choices(poll),
        "answered_name": "",
    }


@source
def texts_to_decide(city: City) -> list[Task]:
    return [
        Task(
            ngettext("%(num)s text waits for a decision", "%(num)s texts wait for a decision", n),
            str(localized(poll.title)),
            url_for("poll_staff.show", slug=poll.slug, _anchor="others"),
        )
        for poll, n in polls_with_held_texts(city)
    ]


@source
def translations_to_write(city: City) -> list[Task]:
    return [
        Task(
            _("Some texts are missing in: %(languages)s", languages=", ".join(names)),
            str(localized(poll.title)),
            url_for("poll_staff.show", slug=poll.slug),
        )
        for poll, names in polls_to_translate(city)
    ]
