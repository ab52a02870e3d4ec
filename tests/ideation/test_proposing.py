"""Ideas as their authors make, change and take them back."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.media import Picture
from citizen.participation import running
from citizen.participation.models import count_of_answers
from ideation.drafts import IdeaDraft, draft_of, faults
from ideation.models import Campaign, Contributor, Idea, IdeaEvent, IdeaVersion, Showing
from ideation.proposing import MOST_A_DAY, propose, revise, withdraw_idea
from ideation.pulse import pulse_of
from ideation.similar import similar_to
from tests.ideation.makers import make_campaign, make_contributor, make_idea
from tests.makers import make_participant

KEY = "a" * 32
SOLAR = IdeaDraft("Solar roofs", "The roofs of our schools are empty.", "en", category="light")


@pytest.fixture(autouse=True)
def speaking(app: Flask):
    with app.test_request_context(method="POST"):
        yield


def send(campaign: Campaign, draft: IdeaDraft = SOLAR, key: str = "", by: str = "ana") -> Idea:
    contributor = make_contributor(campaign, by)
    idea = propose(campaign, draft, key or secrets.token_hex(16), by=contributor, participant=make_participant(by))
    db.session.commit()
    return idea


def number_of(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_an_idea_is_there_and_can_be_found(campaign):
    before = pulse_of(campaign)
    idea = send(campaign)
    assert (idea.showing, idea.status, idea.title) == (Showing.SHOWN, "received", "Solar roofs")
    assert [item.idea.id for item in similar_to(campaign, "solar roof", "", "en")] == [idea.id]
    assert [event.kind for event in db.session.scalars(select(IdeaEvent))] == ["received"]
    assert pulse_of(campaign) > before
    assert db.session.scalar(count_of_answers(campaign)) == 1


def test_the_same_form_twice_is_one_idea(campaign):
    first, second = send(campaign, key=KEY), send(campaign, key=KEY)
    assert first.id == second.id
    assert number_of(Idea) == 1
    assert db.session.scalar(count_of_answers(campaign)) == 1
    with pytest.raises(Refused, match="already sent with another idea"):
        send(campaign, IdeaDraft("Trees", "More of them.", "en", category="light"), key=KEY)


def test_the_same_form_many_times_at_once_is_one_idea(app, campaign):
    contributor, number = make_contributor(campaign).id, campaign.id

    def act(_place: int) -> int:
        with app.app_context(), app.test_request_context(method="POST"):
            found = db.session.get_one(Campaign, number)
            author = db.session.get_one(Contributor, contributor)
            idea = propose(found, SOLAR, KEY, by=author, participant=make_participant())
            db.session.commit()
            db.session.remove()
            return idea.id

    db.session.commit()
    with ThreadPoolExecutor(10) as pool:
        assert len(set(pool.map(act, range(20)))) == 1
    assert number_of(Idea) == 1
    assert number_of(IdeaEvent) == 1


def test_where_a_moderator_looks_first_an_idea_waits(city):
    campaign = make_campaign(city, premoderates=["ideas"])
    idea = send(campaign)
    assert idea.showing == Showing.HELD
    assert similar_to(campaign, "solar roofs", "", "en") == []
    revise(campaign, idea, SOLAR, seen=1, by=make_contributor(campaign))
    assert idea.showing == Showing.HELD


@pytest.mark.parametrize("stages", [("curate", "vote"), ("vote",), ()])
def test_ideas_come_only_while_they_are_collected(city, stages):
    campaign = make_campaign(city, stages=stages)
    with pytest.raises(Refused, match="takes no ideas"):
        send(campaign)


def test_a_withdrawn_campaign_takes_no_ideas(campaign):
    running.withdraw(campaign, {"en": "A mistake."}, by=COMMAND_LINE)
    with pytest.raises(Refused):
        send(campaign)


def test_nobody_floods_a_campaign(campaign):
    for number in range(MOST_A_DAY):
        send(campaign, IdeaDraft(f"Idea {number}", "Text", "en", category="light"))
    with pytest.raises(Refused, match="go on tomorrow") as caught:
        send(campaign)
    assert caught.value.status == 429
    assert send(campaign, by="bea")


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"title": ""}, "title"),
        ({"title": "\u200b\u202e"}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"text": " "}, "text"),
        ({"text": "😀" * 30_000}, "text"),
        ({"language": "fr"}, "language"),
        ({"category": None}, "category"),
        ({"category": "nowhere"}, "category"),
        ({"district": "nowhere"}, "district"),
        ({"longitude": 9.1}, "point"),
        ({"longitude": float("nan"), "latitude": 1.0}, "point"),
        ({"longitude": 181.0, "latitude": 1.0}, "point"),
        ({"cost": 0}, "cost"),
        ({"cost": 10**12}, "cost"),
        ({"picture": Picture("x.webp", 1, 1)}, "picture_alt"),
        ({"author_name": "x" * 61}, "author_name"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(campaign, changes, part):
    draft = IdeaDraft(**vars(SOLAR) | changes).cleaned()
    assert [fault.path for fault in faults(draft, campaign, {"north": None})] == [(part,)]


def test_a_sound_draft_has_no_fault(campaign):
    draft = IdeaDraft(**vars(SOLAR) | {"district": "north", "longitude": 9.4, "latitude": 50.1, "cost": 500})
    assert list(faults(draft, campaign, {"north": None})) == []
    idea = send(campaign, draft)
    assert draft_of(idea) == draft


def test_an_author_changes_an_idea_and_what_stood_there_is_kept(campaign):
    idea = send(campaign)
    revise(campaign, idea, IdeaDraft("Night lights", "Off at two.", "en"), seen=1, by=make_contributor(campaign))
    db.session.commit()
    assert (idea.title, idea.edition) == ("Night lights", 2)
    version = db.session.scalars(select(IdeaVersion)).one()
    assert (version.title, version.edition) == ("Solar roofs", 1)
    assert similar_to(campaign, "solar roofs", "", "en") == []
    assert similar_to(campaign, "night lights", "", "en")


def test_two_windows_do_not_overwrite_each_other(campaign):
    idea, ana = send(campaign), make_contributor(campaign)
    revise(campaign, idea, SOLAR, seen=1, by=ana)
    with pytest.raises(Refused, match="changed in the meantime"):
        revise(campaign, idea, SOLAR, seen=1, by=ana)


@pytest.mark.parametrize(
    "values", [{"number": 1}, {"status": "declined"}, {"showing": "hidden"}, {"showing": "withdrawn"}]
)
def test_what_was_decided_on_stays(campaign, values):
    idea, ana = send(campaign), make_contributor(campaign)
    for name, value in values.items():
        setattr(idea, name, value)
    with pytest.raises(Refused, match="cannot be changed any more"):
        revise(campaign, idea, SOLAR, seen=1, by=ana)


def test_nobody_else_changes_or_withdraws_an_idea(campaign):
    idea, bea = send(campaign), make_contributor(campaign, "bea")
    with pytest.raises(Refused):
        revise(campaign, idea, SOLAR, seen=1, by=bea)
    with pytest.raises(Refused):
        withdraw_idea(campaign, idea, by=bea)
    with pytest.raises(Refused):
        withdraw_idea(campaign, make_idea(campaign), by=bea)


def test_an_author_takes_an_idea_back_once(campaign):
    idea, ana = send(campaign), make_contributor(campaign)
    withdraw_idea(campaign, idea, by=ana)
    assert idea.showing == Showing.WITHDRAWN
    assert similar_to(campaign, "solar roofs", "", "en") == []
    with pytest.raises(Refused, match="cannot be taken back"):
        withdraw_idea(campaign, idea, by=ana)
