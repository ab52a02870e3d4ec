"""What happened to an idea, for everybody to read and for those who have a part in it to hear."""

from collections.abc import Mapping

from citizen.core.db import db
from ideation.models import Idea, IdeaEvent, Status


def note(
    idea: Idea, kind: str, *, sentence: Mapping[str, str] | None = None, status: Status | None = None, link: str = ""
) -> IdeaEvent:
    """Write it down. The job that tells people finds it there: nobody is told before the transaction is kept."""
    event = IdeaEvent(city_id=idea.city_id, campaign_id=idea.campaign_id, idea_id=idea.id, kind=kind, status=status)
    event.sentence, event.link = dict(sentence or {}), link
    db.session.add(event)
    return event
