"""Talks to the JSON API as a program would."""

from typing import Any

from flask.testing import FlaskClient

from citizen.accounts.actions import create_token
from citizen.accounts.models import Role
from citizen.cities.models import City
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from polls.models import Poll
from tests.makers import option_ids

KEY = "0123456789abcdef" * 2
OTHER_KEY = "f" * 32


def bearing(city: City, role: Role = Role.EDITOR, *, channel: str | None = None) -> dict[str, str]:
    """The header of a program that holds a token of the city."""
    _token, key = create_token(city, f"{role} program", role, channel=channel, by=COMMAND_LINE)
    db.session.commit()
    return {"Authorization": f"Bearer {key}"}


def polls_of(city: City, *rest: str) -> str:
    return "/".join(("/api/v1/cities", city.slug, "polls", *rest))


def assert_problem(reply: Any, status: int) -> dict[str, Any]:
    """The reply is an RFC 9457 document with this status; gives its members."""
    assert (reply.status_code, reply.mimetype) == (status, "application/problem+json")
    assert reply.json["status"] == status
    assert reply.json["title"]
    assert reply.json["detail"]
    return dict(reply.json)


def of(poll: Poll, *rest: str) -> str:
    return polls_of(poll.city, poll.slug, *rest)


def send(client: FlaskClient, poll: Poll, *labels: str, headers: dict[str, str], key: str = KEY) -> Any:
    answer = {"choices": option_ids(poll, *labels)}
    return client.post(of(poll, "answers"), json=answer, headers=headers | {"Idempotency-Key": key})
