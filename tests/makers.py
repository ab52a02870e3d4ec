"""Makes what tests need, with everything they do not care about filled in."""

import secrets
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import delete

from citizen.accounts.models import Membership, Role, User
from citizen.cities.models import City
from citizen.core import clock
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import Base, db
from citizen.core.limits import limiter
from citizen.core.pages import shelf
from citizen.participation.identity import Participant
from citizen.participation.models import Assurance, Channel
from polls import actions
from polls.answers import checked
from polls.models import Poll, PollForm, PollOption

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True, scope="session")
"""For tests of what no database can change: they run on SQLite alone."""

TRANSPORT = "What are the 2 most important features of a public transport app?"


def forget_everything() -> None:
    """Empty every table, and all that a process remembers between requests."""
    db.session.rollback()
    for table in reversed(Base.metadata.sorted_tables):
        db.session.execute(delete(table))
    db.session.commit()
    db.session.remove()
    limiter.reset()
    shelf.clear()


def make_city(**values: Any) -> City:
    given = {"slug": "riverton", "name": "Riverton", "languages": ["en", "de"], "time_zone": "Europe/Berlin"}
    city = City(**(given | values))
    db.session.add(city)
    db.session.commit()
    return city


def make_poll(city: City, *, options: tuple[str, ...] = ("Tickets", "Times", "Maps"), **values: Any) -> Poll:
    """A poll that is open, unless `published` is false or the moments say otherwise."""
    published = values.pop("published", True)
    given = {
        "slug": f"poll-{secrets.token_hex(3)}",
        "title": {"en": TRANSPORT},
        "form": PollForm.MULTIPLE,
        "choose_max": 2,
        "scale_low": {"en": "bad"},
        "scale_high": {"en": "good"},
        "opens_at": clock.now() - timedelta(hours=1),
        "closes_at": clock.now() + timedelta(days=7),
    }
    poll = Poll(city_id=city.id, city=city, **(given | values))
    if PollForm(poll.form).has_options:
        poll.options = [
            PollOption(city_id=city.id, position=place, label={"en": label}) for place, label in enumerate(options)
        ]
    db.session.add(poll)
    db.session.flush()
    if published:
        moments, poll.closes_at = (poll.opens_at, poll.closes_at), clock.now() + timedelta(days=365)
        actions.publish(poll, by=COMMAND_LINE)
        poll.opens_at, poll.closes_at = moments
    db.session.commit()
    return poll


def make_participant(name: str = "ana", *, channel: Channel = Channel.WEB) -> Participant:
    return Participant(f"device:{name}", Assurance.DEVICE, channel)


def option_ids(poll: Poll, *labels: str) -> list[str]:
    """Ids of the options with these English labels; of all, without labels."""
    found = {option.label["en"]: option.id for option in poll.options}
    return [found[label] for label in labels] if labels else list(found.values())


def cast(poll: Poll, *labels: str, by: str = "ana", channel: Channel = Channel.WEB) -> None:
    """Somebody answers, below the pages."""
    answer = checked(poll, option_ids(poll, *labels))
    actions.cast_ballot(poll, answer, secrets.token_hex(16), by=make_participant(by, channel=channel))
    db.session.commit()


def make_staff(city: City | None, role: Role = Role.EDITOR, *, email: str = "") -> User:
    """Somebody who works for the city and has set up a second factor. Without a city: a citizen's account."""
    user = User(email=email or f"{role}-{secrets.token_hex(3)}@example.org", factor_confirmed_at=clock.now())
    db.session.add(user)
    db.session.flush()
    if city is not None:
        db.session.add(Membership(city_id=city.id, user_id=user.id, role=role))
    db.session.commit()
    return user


def sign_in(client: FlaskClient, user: User) -> FlaskClient:
    """Give the client a session of this person, as the sign-in pages would after the second factor."""
    with client.session_transaction() as session:
        session["_user_id"] = user.get_id()
        session["_fresh"] = True
    return client


def csrf_token(client: FlaskClient, page: str) -> str:
    """The token in the first form of a page."""
    field = BeautifulSoup(client.get(page).text, "html.parser").find("input", {"name": "csrf_token"})
    assert field is not None, f"{page} has no form with a token"
    return str(field["value"])


def post_form(client: FlaskClient, url: str, data: dict[str, Any] | None = None, *, page: str = "") -> Any:
    """Send a form as its page would, with the token that the page (the form's own address, unless told) gives."""
    return client.post(url, data={**(data or {}), "csrf_token": csrf_token(client, page or url)})
