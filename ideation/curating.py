"""What staff do with ideas: show, hide, answer, put on the ballot, note. Nothing here commits."""

import secrets
from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from sqlalchemy import delete, select

from citizen.core import audit, clock
from citizen.core.audit import Actor
from citizen.core.db import db, insert_once
from citizen.core.errors import Refused
from citizen.core.texts import can_be_seen
from ideation import rules
from ideation.events import note
from ideation.models import (
    ANSWERED,
    MAX_COMMENT,
    Campaign,
    Idea,
    IdeaComment,
    IdeaEvent,
    IdeaNote,
    IdeaTag,
    Showing,
    Status,
)
from ideation.proposing import take_off_ballot
from ideation.pulse import beat
from ideation.talking import show_comment_as
from ideation.terms import index_idea
from ideation.texts import clean_line, clean_text, is_safe_link

NEEDS_SENTENCE = {Status.SHORTLISTED, *ANSWERED}
"""What the public hears a reason for."""
WAY_TO_BALLOT = {Status.RECEIVED, Status.UNDER_REVIEW, Status.SHORTLISTED, Status.IN_VOTE}


def show(campaign: Campaign, ideas: Sequence[Idea], *, by: Actor) -> None:
    """Let the public see ideas that waited or were hidden."""
    for idea in ideas:
        if idea.showing in {Showing.WITHDRAWN, Showing.MERGED}:
            raise Refused(_("An idea that was taken back or merged cannot be shown."))
        idea.showing, idea.hidden_reason = Showing.SHOWN, {}
        index_idea(idea)
    _record(campaign, "showed ideas", ideas, by)


def hide(campaign: Campaign, ideas: Sequence[Idea], reason: Mapping[str, str], *, by: Actor) -> None:
    """Take ideas away from the public, with a reason that stands in their place. Votes for them go back."""
    _ensure_sentence(reason)
    for idea in ideas:
        if idea.showing not in {Showing.HELD, Showing.SHOWN}:
            raise Refused(_("An idea that was taken back or merged cannot be hidden."))
        take_off_ballot(idea)
        idea.showing, idea.hidden_reason = Showing.HIDDEN, dict(reason)
    _record(campaign, "hid ideas", ideas, by, reason=dict(reason))


def set_status(
    campaign: Campaign,
    ideas: Sequence[Idea],
    status: Status,
    sentence: Mapping[str, str],
    *,
    by: Actor,
    link: str = "",
) -> None:
    """Say publicly how far the city has come with ideas. What was decided always has a sentence.

    An idea of which exactly this was said last stays as it is: nobody hears the same twice.
    """
    if status in NEEDS_SENTENCE:
        _ensure_sentence(sentence)
    if link and not is_safe_link(link):
        raise Refused(_("Please give an address that begins with https://."), status=422)
    news = [idea for idea in ideas if not _was_said(idea, status, sentence, link)]
    for idea in news:
        idea.status = status
        idea.answered_at = (idea.answered_at or clock.now()) if status in ANSWERED else None
        note(idea, "answer" if status in ANSWERED else "status", sentence=sentence, status=status, link=link)
    if news:
        _record(campaign, "set the status of ideas", news, by, status=status.value, sentence=dict(sentence))


def _was_said(idea: Idea, status: Status, sentence: Mapping[str, str], link: str) -> bool:
    said = select(IdeaEvent).filter_by(city_id=idea.city_id, idea_id=idea.id).where(IdeaEvent.status.is_not(None))
    last = db.session.scalar(said.order_by(IdeaEvent.id.desc()).limit(1))
    is_same = last is not None and (last.status, last.sentence, last.link) == (status, dict(sentence), link)
    return is_same and idea.status == status


def put_on_ballot(campaign: Campaign, ideas: Sequence[Idea], *, by: Actor) -> None:
    """Let people vote for the ideas. All numbers on the ballot are drawn by lot anew: nobody stands on top by merit."""
    for idea in ideas:
        if not rules.may_put_on_ballot(campaign, idea) or idea.status not in WAY_TO_BALLOT:
            raise Refused(_("The ballot is fixed once the vote has begun, and holds only open ideas that are shown."))
    chosen = {idea.id: idea for idea in db.session.scalars(Idea.in_campaign(campaign).where(Idea.number.is_not(None)))}
    for idea in ideas:
        if idea.id not in chosen:
            idea.status = Status.IN_VOTE
            note(idea, "status", status=Status.IN_VOTE)
        chosen[idea.id] = idea
    _draw_numbers(list(chosen.values()))
    _record(campaign, "put ideas on the ballot", ideas, by)


def take_off(campaign: Campaign, ideas: Sequence[Idea], *, by: Actor) -> None:
    """Let people vote for the ideas no more. Votes that they have go back."""
    for idea in ideas:
        take_off_ballot(idea)
        if idea.status == Status.IN_VOTE:
            idea.status = Status.SHORTLISTED
            note(idea, "status", status=Status.SHORTLISTED)
    _record(campaign, "took ideas off the ballot", ideas, by)


def _draw_numbers(ideas: list[Idea]) -> None:
    for idea in ideas:
        idea.number = None
    db.session.flush()
    secrets.SystemRandom().shuffle(ideas)
    for number, idea in enumerate(ideas, start=1):
        idea.number = number


def assess(campaign: Campaign, idea: Idea, *, by: Actor, **found: str | int | None) -> None:
    """Keep what the city found out: `feasibility`, `assessed_cost`, `department`, `assigned_to_id`."""
    if idea.number is not None and not rules.may_change_method(campaign) and "assessed_cost" in found:
        raise Refused(_("The cost is fixed once the vote has begun."))
    for name, value in found.items():
        setattr(idea, name, value)
    _record(campaign, "assessed ideas", [idea], by, **found)


def tag(campaign: Campaign, ideas: Sequence[Idea], word: str, *, by: Actor) -> None:
    cleaned = clean_line(word)[:40]
    if not can_be_seen(cleaned):
        raise Refused(_("Please write the tag first."), status=422)
    for idea in ideas:
        insert_once(IdeaTag, city_id=idea.city_id, campaign_id=campaign.id, tag=cleaned, idea_id=idea.id)
    _record(campaign, "tagged ideas", ideas, by, tag=cleaned)


def untag(campaign: Campaign, ideas: Sequence[Idea], word: str, *, by: Actor) -> None:
    ours = delete(IdeaTag).filter_by(city_id=campaign.city_id, campaign_id=campaign.id, tag=word)
    db.session.execute(ours.where(IdeaTag.idea_id.in_([idea.id for idea in ideas])))
    _record(campaign, "untagged ideas", ideas, by, tag=word)


def write_note(campaign: Campaign, idea: Idea, text: str, *, by: Actor) -> IdeaNote:
    """Tell other staff something about the idea. The public never sees it."""
    written = clean_text(text)
    if not can_be_seen(written):
        raise Refused(_("Please write something first."), status=422)
    found = IdeaNote(city_id=idea.city_id, idea_id=idea.id, text=written[:5000], by=by.name)
    db.session.add(found)
    _record(campaign, "wrote a note on ideas", [idea], by)
    return found


def reply(campaign: Campaign, idea: Idea, text: str, *, by: Actor, language: str) -> IdeaComment:
    """Comment on the idea in the name of the city. Everybody sees it at once, marked as the city's."""
    written = clean_text(text)
    if not can_be_seen(written) or len(written) > MAX_COMMENT:
        raise Refused(_("Please write something, at most %(most)s characters.", most=MAX_COMMENT), status=422)
    spoken = language if language in campaign.city.languages else campaign.city.languages[0]
    place = {"city_id": idea.city_id, "campaign_id": campaign.id, "idea_id": idea.id, "language": spoken}
    comment = IdeaComment(**place, text=written, is_official=True, showing=Showing.HELD)
    db.session.add(comment)
    db.session.flush()
    show_comment_as(comment, Showing.SHOWN)
    _record(campaign, "replied to ideas", [idea], by, comment=comment.id)
    return comment


def decide_comment(
    campaign: Campaign, comment: IdeaComment, showing: Showing, reason: Mapping[str, str], *, by: Actor
) -> None:
    """Show a comment, or hide it with a reason."""
    if comment.showing == Showing.WITHDRAWN:
        raise Refused(_("This comment was taken back."))
    if showing == Showing.HIDDEN:
        _ensure_sentence(reason)
    show_comment_as(comment, showing)
    comment.hidden_reason = dict(reason) if showing == Showing.HIDDEN else {}
    idea = db.session.scalars(select(Idea).filter_by(id=comment.idea_id)).one()
    _record(campaign, f"{showing.value} comments", [idea], by, comment=comment.id, reason=dict(reason))


def _ensure_sentence(sentence: Mapping[str, str]) -> None:
    if not any(can_be_seen(text) for text in sentence.values()):
        raise Refused(_("Please write a reason. The public will read it."), status=422)


def _record(campaign: Campaign, verb: str, ideas: Sequence[Idea], by: Actor, **detail: object) -> None:
    place = f"campaign {campaign.slug}"
    audit.record(verb, place, by=by, city_id=campaign.city_id, ideas=[idea.id for idea in ideas], **detail)
    beat(campaign)
