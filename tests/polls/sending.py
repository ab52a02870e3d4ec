"""Somebody sends an answer by the page of a poll."""

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select

from citizen.core.db import db
from polls import statistics
from polls.models import Poll
from tests.makers import option_ids

KEY = "0123456789abcdef" * 2
OTHER_KEY = "f" * 32


def address(poll: Poll, page: str = "") -> str:
    return f"/{poll.city.slug}/polls/{poll.slug}{page}"


def send(client: FlaskClient, poll: Poll, *labels: str, key: str = KEY, **more: Any) -> Any:
    data = {"choice": option_ids(poll, *labels) if labels else [], "key": key, **more}
    return client.post(address(poll), data=data)


def counts(poll: Poll) -> dict[str, int]:
    return {str(bar.label): bar.count for bar in statistics.result(poll).bars}


def rows(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0
