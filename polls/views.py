"""The pages of citizens: the polls of a city, one poll, its result."""

import secrets
from typing import Any

from flask import Blueprint, Response, abort, current_app, g, render_template, request, url_for
from flask_babel import gettext as _

from citizen.core import security
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.kept import kept
from citizen.core.pages import shared_page
from citizen.core.qr import code_svg
from citizen.core.web import done, find_or_404, page, public, wants_fragment
from citizen.participation import actions as participation
from citizen.participation.board import board
from citizen.participation.identity import (
    Participant,
    checked_key,
    declared_channel,
    new_key,
    participant_of,
    remember_device,
    with_device,
)
from citizen.participation.models import Assurance, Channel
from citizen.participation.poster import poster_pdf
from citizen.participation.receipts import is_receipt, receipt_for
from citizen.participation.rules import may_see_results
from citizen.participation.statistics import kind_overview, next_change
from polls import actions, exporters, statistics
from polls.answers import Answer, as_choice, most_choices
from polls.forms import AnswerForm, shuffled
from polls.models import Poll
from polls.report import report

bp = Blueprint("poll", __name__, url_prefix="/<slug:city_slug>/polls")

ORDERS = 1000
"""How many different orders a shuffled poll can have; the number of the order rides in the form."""


@bp.get("/")
@public
def index() -> Response:
    """All published polls of the city."""
    return shared_page(
        lambda: render_template("polls/index.html", board=board(kind_overview(g.city, "poll"))),
        next_change(g.city),
    )


@bp.get("/<slug:slug>")
@public
def show(slug: str) -> Response:
    """The question. Shuffled options are each reader's own, so that such a page is never shared."""
    poll = _poll(slug)
    if poll.is_shuffled and poll.is_open:
        return page("polls/show.html", **_question(poll, AnswerForm.blank(poll, secrets.randbelow(ORDERS))))
    return shared_page(
        lambda: render_template("polls/show.html", **_question(poll, AnswerForm.blank(poll))), poll.state
    )


@bp.post("/<slug:slug>")
@public
def answer(slug: str) -> Response:
    """Take an answer."""
    return _take_answer(_poll(slug), embedded=False)


@bp.get("/<slug:slug>/embed")
@public
def embed(slug: str) -> Response:
    """The question for other sites' pages: no cookie, no navigation."""
    security.allow_framing()
    poll = _poll(slug)
    return shared_page(
        lambda: render_template("polls/embed.html", **_question(poll, AnswerForm.blank(poll), embedded=True)),
        poll.state,
    )


@bp.post("/<slug:slug>/embed")
@public
def answer_embedded(slug: str) -> Response:
    security.allow_framing()
    return _take_answer(_poll(slug), embedded=True)


@bp.get("/<slug:slug>/results")
@public
def results(slug: str) -> Response:
    """What came out, as soon as staff's rule lets it be seen."""
    poll = _poll(slug)
    if may_see_results(poll, has_answered=False) and "receipt" not in request.args:
        return shared_page(lambda: _results_page(poll), poll.state, statistics.version(poll))
    has_answered = is_receipt(request.args.get("receipt", ""), poll)
    return page("polls/results.html", **_results(poll, has_answered=has_answered))


@bp.get("/<slug:slug>/results.json")
@public
def results_json(slug: str) -> Response:
    poll = _visible_or_404(slug)
    return shared_page(
        lambda: exporters.as_json(poll, statistics.result(poll)),
        poll.state,
        statistics.version(poll),
        mimetype="application/json",
    )


@bp.get("/<slug:slug>/results.csv")
@public
def results_csv(slug: str) -> Response:
    poll = _visible_or_404(slug)
    response = shared_page(
        lambda: exporters.as_csv(statistics.result(poll)),
        poll.state,
        statistics.version(poll),
        mimetype="text/csv",
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{poll.slug}.csv"'
    return response


@bp.get("/<slug:slug>/live")
@public
def live(slug: str) -> Response:
    """The result on a big screen, with the code to take part; it asks for itself again every few seconds."""
    poll = _poll(slug)
    return page("polls/live.html", fragment="polls/_live.html", **_results(poll, has_answered=False))


@bp.get("/<slug:slug>/qr.svg")
@public
def qr(slug: str) -> Response:
    """The address of the poll as a QR code; answers that come by it say so."""
    poll = _poll(slug)
    return shared_page(lambda: code_svg(_address(poll)), mimetype="image/svg+xml")


@bp.get("/<slug:slug>/poster.pdf")
@public
def poster(slug: str) -> Response:
    """A printable A4 page with the question and the code."""
    poll = _poll(slug)
    pdf = poster_pdf(poll, _address(poll), _("Answer in 30 seconds, without an account"))
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{poll.slug}.pdf"'
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def _address(poll: Poll) -> str:
    base = current_app.extensions["settings"].base_url
    return f"{base}{url_for('poll.show', slug=poll.slug, via=Channel.QR.value)}"


def _take_answer(poll: Poll, *, embedded: bool) -> Response:
    form = AnswerForm(poll, request.form)
    try:
        answer = form.answer()
    except Refused as refusal:
        return _again(poll, form, refusal, embedded=embedded)
    if not form.key:
        return _confirmation(poll, form, answer, embedded=embedded)
    try:
        participant, outcome = _cast(poll, answer, form.key, embedded=embedded)
    except Refused as refusal:
        db.session.rollback()
        return _again(poll, form, refusal, embedded=embedded)
    db.session.commit()
    return _thanks(poll, participant, outcome, embedded=embedded)


def _cast(poll: Poll, answer: Answer, key: str, *, embedded: bool) -> tuple[Participant, participation.Outcome]:
    key = checked_key(key)
    channel = Channel.EMBED if embedded else declared_channel(request.args.get("via"))
    participant = participant_of(request, poll, key, channel)
    seconds = participation.slow_down(poll)
    if seconds:
        db.session.commit()
        raise participation.TooFast(seconds)
    return participant, actions.cast_ballot(poll, answer, key, by=participant)


def _again(poll: Poll, form: AnswerForm, refusal: Refused, *, embedded: bool) -> Response:
    """The form once more, with the reason and everything that was typed."""
    fragment, whole = "polls/_answer.html", "polls/embed.html" if embedded else "polls/show.html"
    context = _question(poll, form, embedded=embedded) | {"error": refusal.sentence, "has_errors": True}
    response = page(whole, fragment=fragment, status=refusal.status, **context)
    if isinstance(refusal, participation.TooFast):
        response.headers["Retry-After"] = str(refusal.seconds)
    return response


def _confirmation(poll: Poll, form: AnswerForm, answer: Answer, *, embedded: bool) -> Response:
    """Without JavaScript the page has no key of its own: this one brings it, and nothing is stored before."""
    form.key = new_key()
    template = "polls/confirm_embedded.html" if embedded else "polls/confirm.html"
    context = _question(poll, form, embedded=embedded) | {"answer": answer}
    response = page(template, fragment="polls/_confirm.html", **context)
    return with_device(response, request, poll, form.key, embedded=embedded)


def _thanks(poll: Poll, by: Participant, outcome: participation.Outcome, *, embedded: bool) -> Response:
    """Thanks and the result, or the way to it: then nothing is counted or rendered here."""
    receipt = receipt_for(poll)
    thanks: dict[str, Any] = {"outcome": outcome, "embedded": embedded, "receipt": receipt}
    if embedded or wants_fragment():
        thanks = _results(poll, has_answered=True) | thanks
    if embedded:
        response = page("polls/embed_done.html", fragment="polls/_answered.html", **thanks)
    else:
        location = url_for(".results", slug=poll.slug, receipt=receipt, outcome=outcome.value)
        response = done("polls/_answered.html", location, **thanks)
    if by.assurance is Assurance.DEVICE:
        remember_device(response, by.identity.removeprefix("device:"), embedded=embedded)
    return response


def _question(poll: Poll, form: AnswerForm, *, embedded: bool = False) -> dict[str, Any]:
    endpoint = ".answer_embedded" if embedded else ".answer"
    via = request.args.get("via")
    action = url_for(endpoint, slug=poll.slug, via=declared_channel(via).value if via else None)
    return {
        "poll": poll,
        "form": form,
        "action": action,
        "embedded": embedded,
        "choices": [as_choice(poll, choice) for choice in shuffled(poll, form.order)],
        "most": most_choices(poll),
        "answered_name": f"{g.city.slug}/{poll.slug}",
    }


def _results(poll: Poll, *, has_answered: bool) -> dict[str, Any]:
    is_visible = may_see_results(poll, has_answered=has_answered)
    result = statistics.result(poll) if is_visible else None
    return {
        "poll": poll,
        "is_visible": is_visible,
        "has_answered": has_answered,
        "result": result,
        "report": report(poll, result) if result else None,
        "outcome": request.args.get("outcome"),
        "others": statistics.approved_texts(poll) if is_visible else [],
    }


def _results_page(poll: Poll) -> str:
    return render_template("polls/results.html", **_results(poll, has_answered=False))


def _poll(slug: str) -> Poll:
    """The published poll of this city, for reading; 404 where there is none."""
    key = ("poll", g.city.id, slug)
    return kept(key, g.city.revision, lambda: find_or_404(Poll.public_in(g.city), slug=slug))


def _visible_or_404(slug: str) -> Poll:
    """A result that may not be seen yet does not exist for programs either."""
    poll = _poll(slug)
    if not may_see_results(poll, has_answered=False):
        abort(404)
    return poll
