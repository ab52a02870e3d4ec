"""What campaigns keep about a person goes along with their account, and is nobody's once it is erased."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.db import db
from citizen.participation.identity import Participant, contact_identity
from citizen.participation.models import Assurance, Channel
from ideation.contributing import contributor_with, enrol, key_of
from ideation.models import (
    Campaign,
    Contributor,
    Following,
    Idea,
    IdeaComment,
    IdeaEvent,
    IdeaNotice,
    IdeaSupport,
    IdeaVersion,
    Showing,
)
from ideation.pulse import pulse_of
from tests.ideation.makers import key_for, make_campaign, make_contributor, make_idea
from tests.makers import make_staff, post_form, sign_in

ANA = "ana@example.org"


@pytest.fixture
def ana(client: FlaskClient) -> FlaskClient:
    return sign_in(client, make_staff(None, email=ANA))


def take_part(campaign: Campaign, name: str, email: str, *, confirmed: bool = True) -> Contributor:
    """Somebody sends an idea, comments on it, supports it and follows it."""
    moment = clock.now() if confirmed else None
    who = make_contributor(campaign, name, email=email, confirmed_at=moment)
    who.name = name
    idea = make_idea(campaign, f"Idea of {name}", author=who, author_name=name, supports=1, comments=1, edition=2)
    place = {"city_id": campaign.city_id, "campaign_id": campaign.id}
    event = IdeaEvent(**place, idea_id=idea.id, kind="received")
    db.session.add(event)
    db.session.flush()
    said = {"author_id": who.id, "author_name": name, "language": "en", "showing": Showing.SHOWN}
    db.session.add_all(
        [
            IdeaComment(**place, **said, idea_id=idea.id, text=f"Said by {name}."),
            IdeaSupport(**place, idea_id=idea.id, contributor_id=who.id),
            Following(**place, topic=f"idea:{idea.id}", contributor_id=who.id),
            IdeaNotice(city_id=campaign.city_id, event_id=event.id, contributor_id=who.id, due_at=clock.now()),
            IdeaVersion(city_id=campaign.city_id, idea_id=idea.id, edition=1, title="Before", text="Else."),
        ]
    )
    db.session.commit()
    return who


def data_of(client: FlaskClient) -> Any:
    return client.get("/account/data.json").json["ideas"]


def erase(client: FlaskClient) -> None:
    assert post_form(client, "/account/erasure", {"sure": "y"}).status_code == 303


def test_ana_takes_along_what_she_said_in_every_city(ana: FlaskClient, campaign: Campaign, other_city: City) -> None:
    take_part(campaign, "Ana", ANA)
    take_part(make_campaign(other_city, slug="hills"), "Anita", "Ana@example.org")
    take_part(campaign, "Ben", "ben@example.org")
    here, there = data_of(ana)
    assert (here["city"], here["campaign"], there["city"]) == ("Riverton", "electricity", "Hillside")
    idea = here["ideas"][0]
    assert (idea["title"], idea["earlier"]) == ("Idea of Ana", [{"title": "Before", "text": "Else."}])
    assert [comment["text"] for comment in here["comments"]] == ["Said by Ana."]
    assert (here["supports"], here["follows"]) == ([idea["id"]], [f"idea:{idea['id']}"])
    assert (here["name"], here["mail"]) == ("Ana", ANA)


def test_an_address_that_nobody_confirmed_gives_nothing_away(ana: FlaskClient, campaign: Campaign) -> None:
    take_part(campaign, "Mallory", ANA, confirmed=False)
    assert data_of(ana) == []


def test_an_account_without_mail_from_the_campaign_is_still_its_own(
    app: Flask, ana: FlaskClient, campaign: Campaign
) -> None:
    account = Participant(contact_identity(ANA), Assurance.CONTACT, Channel.WEB)
    with app.test_request_context(method="POST"):
        make_idea(campaign, "Trees", author=enrol(campaign, key_of(campaign, account)), author_name="Ana")
    assert [idea["title"] for idea in data_of(ana)[0]["ideas"]] == ["Trees"]
    erase(ana)
    assert db.session.scalars(select(Idea.author_name)).all() == [""]
    assert contributor_with(campaign, key_of(campaign, account)) is None


def test_after_erasing_texts_stay_and_are_nobodys(ana: FlaskClient, campaign: Campaign) -> None:
    who = take_part(campaign, "Ana", ANA).id
    before = pulse_of(campaign)
    erase(ana)
    idea, comment = (db.session.scalars(select(model)).one() for model in (Idea, IdeaComment))
    assert (idea.title, idea.author_id, idea.author_name, idea.supports) == ("Idea of Ana", None, "", 1)
    assert (comment.text, comment.author_id, comment.author_name) == ("Said by Ana.", None, "")
    found = db.session.get_one(Contributor, who)
    assert (found.email, found.confirmed_at, found.name) == (None, None, "")
    assert contributor_with(campaign, key_for("Ana")) is None
    for model in (Following, IdeaNotice):
        assert db.session.scalars(select(model)).all() == []
    assert pulse_of(campaign) > before


def test_erasing_touches_nobody_else(ana: FlaskClient, campaign: Campaign) -> None:
    take_part(campaign, "Ben", "ben@example.org")
    take_part(campaign, "Mallory", ANA, confirmed=False)
    erase(ana)
    people = {person.name: person.email for person in db.session.scalars(select(Contributor))}
    assert people == {"Ben": "ben@example.org", "Mallory": None}
    assert all(idea.author_id and idea.author_name for idea in db.session.scalars(select(Idea)))
    for model in (Following, IdeaNotice):
        assert len(db.session.scalars(select(model)).all()) == 2
