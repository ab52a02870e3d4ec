"""What programs get to read about every consultation: models of the JSON API."""

from flask import current_app

from citizen.core.api import Reply
from citizen.participation.actions import Outcome


class AnswerReply(Reply):
    """What became of an answer."""

    outcome: Outcome


def absolute(path: str) -> str:
    """The address that people type, under the name of this install."""
    return f"{current_app.extensions['settings'].base_url}{path}"
