"""Support, comments and what is followed: each once, and the counters right."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen.core.db import db
from citizen.core.errors import Refused
from ideation.models import Campaign, Contributor, Following, Idea, IdeaComment, IdeaSupport, Showing
from ideation.talking import (
    end_support,
    follow,
    give_support,
    help_by,
    show_comment_as,
    supports,
    unfollow,
    withdraw_comment,
    write_comment,
)
from ideation.topics import topic_of
from tests.ideation.makers import make_campaign, make_contributor, make_idea
from tests.makers import make_participant


@pytest.fixture(autouse=True)
def speaking(app: Flask):
    with app.test_request_context(method="POST"):
        yield


@pytest.fixture
def idea(campaign) -> Idea:
    return make_idea(campaign)


def say(campaign: Campaign, idea: Idea, text: str = "Good.", by: str = "ana", **values: Any) -> IdeaComment:
    key = values.pop("key", secrets.token_hex(16))
    who = {"by": make_contributor(campaign, by), "participant": make_participant(by)}
    comment = write_comment(campaign, idea, text, key, **who, **values)
    db.session.commit()
    return comment


def fresh(row: Any) -> Any:
    db.session.commit()
    db.session.refresh(row)
    return row


def test_support_counts_once_and_can_be_taken_back_once(campaign, idea):
    ana = make_contributor(campaign)
    for _twice in range(2):
        give_support(campaign, idea, by=ana)
    assert fresh(idea).supports == 1
    assert supports(campaign, idea, ana)
    for _twice in range(2):
        end_support(campaign, idea, by=ana)
    assert fresh(idea).supports == 0


def test_fifty_taps_at_once_are_one_support(app, campaign, idea):
    ids = campaign.id, idea.id, make_contributor(campaign).id

    def act(_place: int) -> None:
        with app.app_context(), app.test_request_context(method="POST"):
            found = [
                db.session.get_one(model, row) for model, row in zip((Campaign, Idea, Contributor), ids, strict=True)
            ]
            give_support(found[0], found[1], by=found[2])
            db.session.commit()
            db.session.remove()

    db.session.commit()
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(act, range(50)))
    assert fresh(idea).supports == 1
    assert db.session.scalar(select(func.count()).select_from(IdeaSupport)) == 1


@pytest.mark.parametrize("showing", [Showing.HELD, Showing.HIDDEN, Showing.WITHDRAWN])
def test_nobody_talks_about_what_is_not_shown(campaign, idea, showing):
    idea.showing = showing
    with pytest.raises(Refused, match="not open any more"):
        give_support(campaign, idea, by=make_contributor(campaign))
    with pytest.raises(Refused):
        say(campaign, idea)


def test_after_the_time_for_it_nobody_talks(city):
    campaign = make_campaign(city, stages=("answer",))
    idea = make_idea(campaign)
    with pytest.raises(Refused, match="is over, or has not come"):
        give_support(campaign, idea, by=make_contributor(campaign))


def test_comments_have_two_levels(campaign, idea):
    first = say(campaign, idea, "Why?", stance="question")
    reply = say(campaign, idea, "Because.", by="bea", parent=first)
    assert reply.parent_id == first.id
    assert fresh(idea).comments == 2
    with pytest.raises(Refused, match="no deeper"):
        say(campaign, idea, "And why that?", parent=reply)
    with pytest.raises(Refused, match="no deeper"):
        say(campaign, make_idea(campaign, "Other"), "Elsewhere", parent=first)


def test_the_same_form_twice_is_one_comment(campaign, idea):
    assert say(campaign, idea, key="a" * 32).id == say(campaign, idea, key="a" * 32).id
    assert fresh(idea).comments == 1
    with pytest.raises(Refused, match="already sent"):
        say(campaign, idea, "Something else", key="a" * 32)


@pytest.mark.parametrize(("text", "said"), [(" \u200b", "write something"), ("x" * 2001, "at most 2000")])
def test_a_comment_says_something_and_not_too_much(campaign, idea, text, said):
    with pytest.raises(Refused, match=said) as caught:
        say(campaign, idea, text)
    assert caught.value.status == 422


def test_comments_wait_where_a_moderator_looks_first(city):
    campaign = make_campaign(city, premoderates=["comments"])
    idea = make_idea(campaign)
    comment = say(campaign, idea)
    assert (comment.showing, fresh(idea).comments) == (Showing.HELD, 0)
    show_comment_as(comment, Showing.SHOWN)
    assert fresh(idea).comments == 1
    show_comment_as(comment, Showing.HIDDEN)
    assert fresh(idea).comments == 0


def test_a_comment_can_be_taken_back_by_whoever_wrote_it(campaign, idea):
    comment = say(campaign, idea)
    with pytest.raises(Refused):
        withdraw_comment(campaign, comment, by=make_contributor(campaign, "bea"))
    withdraw_comment(campaign, comment, by=make_contributor(campaign))
    assert (comment.showing, fresh(idea).comments) == (Showing.WITHDRAWN, 0)
    with pytest.raises(Refused):
        say(campaign, idea, "Reply", parent=comment)


def test_what_helps_counts_once_each(campaign, idea):
    comment = say(campaign, idea)
    for by in ("bea", "bea", "cem"):
        help_by(campaign, comment, by=make_contributor(campaign, by))
    assert fresh(comment).helpful == 2


def test_topics_are_followed_and_left(campaign, idea):
    ana = make_contributor(campaign)
    for subject in (idea, campaign.categories[0], campaign):
        follow(campaign, topic_of(subject), by=ana)
        follow(campaign, topic_of(subject), by=ana)
    topics = set(db.session.scalars(select(Following.topic)))
    assert topics == {f"idea:{idea.id}", "category:light", "campaign"}
    unfollow(campaign, "campaign", by=ana)
    assert "campaign" not in set(db.session.scalars(select(Following.topic)))
