"""Whoever has a part in an idea hears of what happened to it, once."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from citizen.core import clock
from citizen.core.db import db
from ideation import notices
from ideation.events import note
from ideation.models import Campaign, Contributor, Idea, IdeaNotice, Rhythm, Status
from ideation.notices import claim, due_contributors, note_who_hears
from ideation.talking import follow, give_support, write_comment
from ideation.topics import topic_of
from tests.ideation.makers import make_campaign, make_contributor, make_idea
from tests.makers import make_participant


@pytest.fixture(autouse=True)
def speaking(app: Flask):
    with app.test_request_context(method="POST"):
        yield


def listener(campaign: Campaign, name: str, **values: object) -> Contributor:
    """Somebody who wants mail and has confirmed the address."""
    given = {"email": f"{name}@example.org", "confirmed_at": clock.now()}
    return make_contributor(campaign, name, **given | values)


@pytest.fixture
def idea(campaign) -> Idea:
    """Ana proposed it, Bea supports it, Cem commented on it, Dan, Eve and Fin follow it, its category, the campaign."""
    people = {name: listener(campaign, name) for name in ("ana", "bea", "cem", "dan", "eve", "fin", "gil")}
    idea = make_idea(campaign, author=people["ana"], category="light")
    give_support(campaign, idea, by=people["bea"])
    who = {"by": people["cem"], "participant": make_participant("cem")}
    write_comment(campaign, idea, "Yes", secrets.token_hex(16), **who)
    topics = {"dan": idea, "eve": campaign.category("light"), "fin": campaign}
    for name, subject in topics.items():
        follow(campaign, topic_of(subject), by=people[name])
    give_support(campaign, idea, by=people["fin"])
    db.session.commit()
    return idea


def happen(idea: Idea) -> None:
    note(idea, "answer", status=Status.DONE, sentence={"en": "It is done."})
    db.session.commit()


def told() -> list[str]:
    """Who was noted down, by name."""
    query = select(Contributor.email).join(IdeaNotice, IdeaNotice.contributor_id == Contributor.id)
    return sorted(str(email).partition("@")[0] for email in db.session.scalars(query))


def test_everybody_who_has_a_part_in_it_hears_once(idea):
    happen(idea)
    assert note_who_hears() == 1
    assert note_who_hears() == 0
    assert told() == ["ana", "bea", "cem", "dan", "eve", "fin"]


def test_the_same_event_twice_is_one_notice(idea):
    happen(idea)
    note_who_hears()
    db.session.execute(update(notices.IdeaEvent).values(told_at=None))
    note_who_hears()
    assert told() == ["ana", "bea", "cem", "dan", "eve", "fin"]


@pytest.mark.parametrize(
    "values", [{"email": None}, {"confirmed_at": None}, {"rhythm": Rhythm.NEVER}], ids=["none", "unconfirmed", "never"]
)
def test_whoever_wants_no_mail_gets_none(campaign, values):
    idea = make_idea(campaign, author=listener(campaign, "ana", **values))
    happen(idea)
    note_who_hears()
    assert told() == []


def test_people_of_other_campaigns_and_ideas_hear_nothing(city, campaign, idea):
    other = make_campaign(city)
    follow(other, "campaign", by=listener(other, "zoe"))
    happen(make_idea(other, "Elsewhere"))
    note_who_hears()
    assert told() == ["zoe"]


def test_a_claimed_notice_is_nobody_elses(idea):
    happen(idea)
    happen(idea)
    note_who_hears()
    people = due_contributors()
    assert len(people) == 6
    assert [event.kind for event in claim(people[0])] == ["answer", "answer"]
    assert claim(people[0]) == []
    assert due_contributors() == people[1:]


def test_what_was_claimed_and_not_kept_is_claimed_again(idea):
    happen(idea)
    note_who_hears()
    db.session.commit()
    person = due_contributors()[0]
    claim(person)
    db.session.rollback()
    assert len(claim(person)) == 1


def test_of_many_workers_at_once_one_tells(app, idea):
    happen(idea)
    note_who_hears()
    db.session.commit()
    person = due_contributors()[0]

    def act(_place: int) -> int:
        with app.app_context(), app.test_request_context(method="POST"):
            number = len(claim(person))
            db.session.commit()
            db.session.remove()
            return number

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(act, range(16))) == 1


def test_of_many_workers_at_once_each_event_is_noted_once(app, idea):
    for _each in range(5):
        happen(idea)

    def act(_place: int) -> None:
        with app.app_context(), app.test_request_context(method="POST"):
            note_who_hears()
            db.session.commit()
            db.session.remove()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(act, range(8)))
    assert db.session.scalar(select(func.count()).select_from(IdeaNotice)) == 30


@pytest.mark.parametrize(("rhythm", "hours"), [(Rhythm.AT_ONCE, 0), (Rhythm.DAILY, 24), (Rhythm.WEEKLY, 24 * 7)])
def test_everybody_hears_as_often_as_they_want(campaign, rhythm, hours):
    idea = make_idea(campaign, author=listener(campaign, "ana", rhythm=rhythm))
    happen(idea)
    note_who_hears()
    due_at = db.session.scalar(select(IdeaNotice.due_at))
    assert timedelta(0) - timedelta(minutes=1) <= due_at - clock.now() <= timedelta(hours=hours)
    assert bool(due_contributors()) == (hours == 0)


@pytest.mark.parametrize(
    ("moment", "morning", "monday"),
    [
        ("2026-11-25T05:00", "2026-11-25T06:00", "2026-11-30T06:00"),
        ("2026-11-25T06:00", "2026-11-26T06:00", "2026-11-30T06:00"),
        ("2026-11-30T05:00", "2026-11-30T06:00", "2026-11-30T06:00"),
        ("2026-11-30T07:00", "2026-12-01T06:00", "2026-12-07T06:00"),
    ],
)
def test_summaries_go_out_in_the_morning(moment, morning, monday):
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    found = notices._next_morning(now), notices._next_monday(now)
    assert [at.strftime("%Y-%m-%dT%H:%M") for at in found] == [morning, monday]
