"""What happens to polls by itself."""

from citizen.core.db import db
from citizen.core.jobs import queue
from polls import actions


@queue.every(minute="*")
def seal_ended_polls() -> None:
    """Destroy the secrets of ended polls, so that nobody can link any more."""
    actions.seal_ended_polls()
    db.session.commit()
