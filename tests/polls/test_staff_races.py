"""The first answer and the last change to a poll may come at the same moment: one of them loses, and says so."""

import threading
import time
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.core.errors import Refused
from polls import actions, drafting
from polls.answers import checked
from polls.drafts import OptionDraft, PollDraft, draft_of
from polls.models import Poll, PollBallot
from tests.makers import cast, make_participant, make_poll, option_ids

KEY = "ab" * 16
A_MOMENT = 0.4


def other_options(poll: Poll) -> PollDraft:
    draft = draft_of(poll)
    options = tuple(OptionDraft({"en": label}) for label in ("Shade", "Seats"))
    return PollDraft(**{**vars(draft), "options": options})


def ballots() -> int:
    return db.session.scalar(select(func.count()).select_from(PollBallot)) or 0


def in_another_transaction(app: Flask, act: Callable[[Poll], None], poll_id: int) -> tuple[threading.Thread, list[str]]:
    """Do it beside us; the list says how it ended once the thread has."""
    ended: list[str] = []

    def work() -> None:
        with app.app_context():
            try:
                act(db.session.get_one(Poll, poll_id))
                db.session.commit()
                ended.append("done")
            except Refused as refusal:
                db.session.rollback()
                ended.append(refusal.sentence)

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(A_MOMENT)
    return thread, ended


def test_an_answer_that_waits_for_a_change_does_not_count_for_the_old_options(app, city):
    poll = make_poll(city)
    chosen = option_ids(poll, "Tickets")
    drafting.revise_poll(poll, other_options(poll), seen=1, by=COMMAND_LINE)

    def answer(theirs: Poll) -> None:
        actions.cast_ballot(theirs, checked(theirs, chosen), KEY, by=make_participant())

    thread, ended = in_another_transaction(app, answer, poll.id)
    db.session.commit()
    thread.join()
    assert ended != ["done"]
    assert ballots() == 0


def test_a_change_that_waits_for_the_first_answer_is_refused(app, city):
    poll = make_poll(city)
    draft = other_options(poll)
    answer = checked(poll, option_ids(poll, "Tickets"))
    actions.cast_ballot(poll, answer, KEY, by=make_participant())

    def change(theirs: Poll) -> None:
        drafting.revise_poll(theirs, draft, seen=1, by=COMMAND_LINE)

    thread, ended = in_another_transaction(app, change, poll.id)
    db.session.commit()
    thread.join()
    assert ended == ["People have answered already, so the question and its options stay as they are."]
    assert ballots() == 1


def test_of_two_changes_at_once_one_is_kept(app, city):
    poll = make_poll(city, published=False)
    drafting.revise_poll(poll, other_options(poll), seen=1, by=COMMAND_LINE)

    def change(theirs: Poll) -> None:
        drafting.revise_poll(theirs, draft_of(theirs), seen=1, by=COMMAND_LINE)

    thread, ended = in_another_transaction(app, change, poll.id)
    db.session.commit()
    thread.join()
    assert ended == ["Somebody else saved this poll while you were writing."]


def test_of_two_publications_at_once_one_counts(app, city):
    poll = make_poll(city, published=False)
    actions.publish(poll, by=COMMAND_LINE)
    thread, ended = in_another_transaction(app, lambda theirs: actions.publish(theirs, by=COMMAND_LINE), poll.id)
    db.session.commit()
    thread.join()
    assert ended == ["This poll is already published."]


def test_what_was_answered_cannot_be_deleted(city):
    poll = make_poll(city)
    cast(poll, "Tickets")
    with pytest.raises(Refused):
        drafting.delete_poll(poll, by=COMMAND_LINE)
