"""What moderation does by itself."""

from flask import g

from citizen.core.db import db
from citizen.core.jobs import queue
from citizen.moderation import digest, ending
from citizen.moderation.carrying_out import carry_out, unfinished
from citizen.moderation.models import Decision


@queue.every(minute="*")
def carry_out_decisions() -> None:
    """Do what decisions on many texts ask for, part by part, so that others can write in between."""
    for decision_id in unfinished():
        while carry_out_part(decision_id):
            pass


def carry_out_part(decision_id: int) -> bool:
    """True where more is to be done."""
    decision = db.session.get_one(Decision, decision_id, populate_existing=True)
    g.city = decision.city
    carry_out(decision)
    db.session.commit()
    return not decision.is_done


@queue.every(minute="*/5")
def end_restrictions() -> None:
    """Bring back what was hidden until a day that has come."""
    ending.end_restrictions()
    db.session.commit()


@queue.every(minute="20")
def send_digests() -> None:
    """In the morning of each city, tell its moderators what waits."""
    digest.send_digests()
    db.session.commit()
