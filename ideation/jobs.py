"""What happens to campaigns by itself."""

from citizen.core.db import db
from citizen.core.jobs import queue
from ideation.outcome import count_ended_votes
from ideation.voting import seal_ended_votes


@queue.every(minute="*")
def end_votes() -> None:
    """Count the votes that are over, and make their ballots nobody's."""
    count_ended_votes()
    seal_ended_votes()
    db.session.commit()
