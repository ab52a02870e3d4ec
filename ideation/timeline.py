"""What happened to an idea, in words. Read-only."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from citizen.core.db import db
from citizen.core.i18n import Text, localized
from ideation.models import Idea, IdeaEvent, Status
from ideation.words import status_words


@dataclass(frozen=True)
class Happening:
    """One thing that happened: what, when, the city's sentence about it, and where it leads."""

    what: str
    at: datetime
    sentence: Text
    link: str


def timeline(idea: Idea) -> list[Happening]:
    """Everything that the public may know of the idea's way, the latest first."""
    query = select(IdeaEvent).filter_by(city_id=idea.city_id, idea_id=idea.id).order_by(IdeaEvent.id.desc())
    return [happening(event) for event in db.session.scalars(query)]


def happening(event: IdeaEvent) -> Happening:
    return Happening(_what(event), event.at, localized(event.sentence), event.link)


def _what(event: IdeaEvent) -> str:
    if event.status is not None:
        return status_words(Status(event.status))
    return {
        "received": _("The idea came in"),
        "merged": _("Merged with another idea that says the same"),
        "split": _("Stands for itself again"),
        "withdrawn": _("Taken back by its author"),
        "hidden": _("Hidden by a moderator"),
        "shown": _("Everybody can read it"),
    }[event.kind]
