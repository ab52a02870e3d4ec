"""What happens to surveys by itself."""

from citizen.core.db import db
from citizen.core.jobs import queue
from surveys import sealing


@queue.every(minute="*")
def seal_ended_waves() -> None:
    """Destroy the secrets of waves that have ended for good, so that nobody can link any more."""
    sealing.seal_ended_waves()
    db.session.commit()
