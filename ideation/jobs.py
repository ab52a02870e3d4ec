"""What happens to campaigns by itself."""

from citizen.core import clock
from citizen.core.db import db
from citizen.core.jobs import queue
from ideation import hearing, notices
from ideation.outcome import count_ended_votes
from ideation.undoing import TIME_TO_UNDO
from ideation.voting import seal_ended_votes


@queue.every(minute="*")
def end_votes() -> None:
    """Count the votes that are over, and make their ballots nobody's."""
    count_ended_votes()
    seal_ended_votes()
    db.session.commit()


@queue.every(minute="*")
def note_who_hears() -> None:
    """Note down who hears of what happened, as soon as nobody can undo it any more."""
    while notices.note_who_hears(before=clock.now() - TIME_TO_UNDO):
        db.session.commit()


@queue.every(minute="*")
def tell_contributors() -> None:
    """Mail what is due. Each person's mail is a transaction of its own."""
    for contributor_id in notices.due_contributors():
        hearing.post_due(contributor_id)
        db.session.commit()
