"""Polls as JSON."""

from flask import Blueprint, abort, g
from flask_babel import gettext as _

from citizen.accounts.access import current_actor, token, token_here
from citizen.accounts.models import ApiToken, Role
from citizen.core.api import API_ROOT, Page, endpoint, page_of, wrong_fields
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.faults import Fault
from citizen.core.web import find_or_404, public
from citizen.participation import running
from citizen.participation.identity import Participant
from citizen.participation.messages import Withdrawal
from citizen.participation.models import Assurance, Channel, ResultsRule, State
from citizen.participation.replies import AnswerReply
from citizen.participation.rules import may_see_results
from polls import actions, drafting
from polls.answers import checked
from polls.drafts import PollDraft, faults
from polls.messages import NewAnswer, NewPoll
from polls.models import Poll
from polls.replies import PollListed, PollReply, PollsReply, ResultsReply

bp = Blueprint("polls_api", __name__, url_prefix=f"{API_ROOT}/cities/<slug:city_slug>/polls")

FIELDS = {"title": "question", "label": "text", "scale_low": "scale.low", "scale_high": "scale.high"}
"""What a draft's parts are called in the API, where the names differ."""


@bp.get("")
@public
@endpoint("The published polls of a city", problems=(404,))
def index(query: Page) -> PollsReply:
    polls = Poll.public_in(g.city).order_by(Poll.id.desc())
    if query.after:
        polls = polls.where(Poll.id < find_or_404(Poll.public_in(g.city), slug=query.after).id)
    shown, last = page_of(polls, query)
    return PollsReply(polls=[PollListed.of(poll) for poll in shown], next=last.slug if last else None)


@bp.post("")
@token(Role.EDITOR)
@endpoint("Make a poll, as a draft", status=201, problems=(404, 409))
def create(body: NewPoll) -> PollReply:
    draft = body.as_draft(g.city.time_zone)
    ensure_sound(draft)
    poll = drafting.create_poll(g.city, draft, by=current_actor())
    db.session.commit()
    return PollReply.of(poll)


@bp.get("/<slug:slug>")
@public
@endpoint("One poll; drafts too for the city's tokens", problems=(404,), knows_token=True)
def show(slug: str) -> PollReply:
    return PollReply.of(readable_poll(slug, token_here()))


@bp.get("/<slug:slug>/results")
@public
@endpoint("What came out; for analysts at any time", problems=(403, 404), knows_token=True)
def results(slug: str) -> ResultsReply:
    reader = token_here()
    poll = readable_poll(slug, reader)
    is_analyst = reader is not None and Role(reader.role).covers(Role.ANALYST)
    if not is_analyst and not may_see_results(poll, has_answered=False):
        raise Refused(why_hidden(poll), status=403)
    return ResultsReply.of(poll)


@bp.post("/<slug:slug>/publication")
@token(Role.EDITOR)
@endpoint("Show a draft to the public", problems=(404, 409, 422))
def publish(slug: str) -> PollReply:
    poll = find_or_404(Poll.in_city(g.city), slug=slug)
    actions.publish(poll, by=current_actor())
    db.session.commit()
    return PollReply.of(poll)


@bp.post("/<slug:slug>/closure")
@token(Role.EDITOR)
@endpoint("End an open poll now", problems=(404, 409))
def close(slug: str) -> PollReply:
    poll = find_or_404(Poll.in_city(g.city), slug=slug)
    running.close(poll, by=current_actor())
    db.session.commit()
    return PollReply.of(poll)


@bp.post("/<slug:slug>/withdrawal")
@token(Role.EDITOR)
@endpoint("Take a poll back, with a reason", problems=(404, 409))
def withdraw(slug: str, body: Withdrawal) -> PollReply:
    poll = find_or_404(Poll.in_city(g.city), slug=slug)
    foreign = sorted(set(body.reason) - set(g.city.languages))
    if foreign:
        abort(wrong_fields((("reason", code), _("The city does not write in this language.")) for code in foreign))
    running.withdraw(poll, body.reason, by=current_actor())
    db.session.commit()
    return PollReply.of(poll)


@bp.post("/<slug:slug>/answers")
@token(Role.VIEWER)
@endpoint("Hand in one answer that somebody gave", status=201, problems=(404, 409))
def answer(slug: str, key: str, body: NewAnswer) -> AnswerReply:
    poll = find_or_404(Poll.public_in(g.city), slug=slug)
    participant = Participant(f"open:{key}", Assurance.OPEN, Channel(g.token.channel or Channel.API))
    if not participant.meets(poll):
        raise Refused(_("This poll needs a stronger check of who answers. This token cannot give it."), status=403)
    outcome = actions.cast_ballot(poll, checked(poll, body.choices, body.other), key, by=participant)
    db.session.commit()
    return AnswerReply(outcome=outcome)


def readable_poll(slug: str, reader: ApiToken | None) -> Poll:
    """What the public may know of, and drafts too for programs of this city."""
    return find_or_404(Poll.in_city(g.city) if reader else Poll.public_in(g.city), slug=slug)


def why_hidden(poll: Poll) -> str:
    if poll.state is State.WITHDRAWN:
        return _("The city withdrew this poll. Its results are not shown.")
    if poll.state in {State.DRAFT, State.UPCOMING}:
        return _("This poll has not opened yet.")
    if poll.results == ResultsRule.AFTER_ANSWER:
        return _("People who have answered see the results now. Everybody else sees them after the poll has closed.")
    return _("The results are shown after this poll has closed.")


def ensure_sound(draft: PollDraft) -> None:
    """Say everything that is wrong with a draft at once."""
    found = list(faults(draft, g.city.languages))
    if found:
        abort(wrong_fields((field_of(fault), fault.sentence) for fault in found))


def field_of(fault: Fault) -> list[str]:
    return [FIELDS.get(str(part), str(part)) for part in fault.path]
