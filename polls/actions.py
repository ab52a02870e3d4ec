"""Every change to polls. Nothing here commits."""

import secrets
from functools import cache

from flask_babel import gettext as _
from sqlalchemy import bindparam, insert, select
from sqlalchemy.sql.dml import ReturningInsert

from citizen.core import audit, clock
from citizen.core.audit import Actor
from citizen.core.db import add_to_counters, db
from citizen.core.errors import Refused
from citizen.participation import actions as participation
from citizen.participation.actions import Outcome
from citizen.participation.identity import Participant
from citizen.participation.models import count_of_answers
from citizen.participation.rules import may_answer
from citizen.participation.running import hold, subject
from polls import rules
from polls.answers import Answer, changed_meanwhile
from polls.drafts import draft_of, gaps
from polls.models import Poll, PollBallot, PollOtherText, PollTally
from polls.tallies import rows_for

SEALED_TABLES = [PollBallot, PollOtherText]


def cast_ballot(poll: Poll, answer: Answer, key: str, *, by: Participant) -> Outcome:
    """Count the answer unless one of this participant counts already.

    Whoever's reply was lost may send again after the close, and hears what became of the answer that arrived in time.
    """
    if not poll.is_open:
        earlier = participation.outcome_before(poll, key, answer.as_body())
        if earlier is None:
            raise Refused(_closed_sentence(poll))
        return earlier
    if not may_answer(by, poll):
        raise Refused(_("Please confirm your email address first."), status=403)
    return participation.take_part(poll, by, key, answer.as_body(), lambda: _write(poll, answer, by))


def _closed_sentence(poll: Poll) -> str:
    if clock.now() < poll.opens_at:
        return _("This poll has not opened yet.")
    return _("This poll has closed. Your answer came too late to count.")


def _write(poll: Poll, answer: Answer, by: Participant) -> None:
    connection = db.session.connection()
    place = {"city_id": poll.city_id, "poll_id": poll.id}
    ballot = place | {"id": secrets.token_bytes(16), "answer": list(answer.chosen)}
    ballot |= {"channel": by.channel, "assurance": int(by.assurance), "edition": poll.edition}
    if connection.execute(_ballot_for_edition(), ballot).first() is None:
        raise changed_meanwhile()
    if answer.other:
        text = place | {"id": secrets.token_bytes(16), "text": answer.other, "state": "held"}
        connection.execute(insert(PollOtherText.__table__), text)  # type: ignore[arg-type]
    add_to_counters(PollTally, rows_for(poll, answer, by))


@cache
def _ballot_for_edition() -> ReturningInsert[tuple[bytes]]:
    """Inserts the ballot, and returns its id, while the poll still says what this answer was checked against.

    Staff may change a poll until its first answer. Their change holds the consultation's row, and the receipt
    of this answer needs it, so that the one that comes second sees what the other did.
    """
    polls, ballots = Poll.__table__, PollBallot.__table__
    values = [bindparam(column.name, type_=column.type) for column in ballots.c]
    is_same = (polls.c.id == bindparam("poll_id")) & (polls.c.edition == bindparam("edition"))
    statement = insert(ballots).from_select(list(ballots.c.keys()), select(*values).where(is_same))  # type: ignore[arg-type]
    return statement.returning(ballots.c.id)


def publish(poll: Poll, *, by: Actor) -> None:
    """Show the poll to the public; it opens at its own moment, or now where that has passed."""
    hold(poll)
    if not rules.may_publish(poll):
        raise Refused(_("This poll is already published."))
    gap = next(gaps(draft_of(poll), poll.city.languages), None)
    if gap:
        raise Refused(gap.sentence, status=422)
    poll.published_at = clock.now()
    poll.opens_at = max(poll.opens_at, poll.published_at)
    participation.give_secret(poll)
    audit.record("published", subject(poll), by=by, city_id=poll.city_id)


def seal_ended_polls() -> None:
    """Make every poll that has ended unlinkable for good."""
    for poll in participation.due_for_sealing("poll"):
        participation.seal(poll, SEALED_TABLES)
        audit.record("sealed", subject(poll), by=audit.SYSTEM, city_id=poll.city_id)


def answers_to(poll: Poll) -> int:
    return db.session.scalar(count_of_answers(poll)) or 0


def poll_by_slug(slug: str, city_id: int) -> Poll | None:
    return db.session.scalar(select(Poll).filter_by(slug=slug, city_id=city_id))
