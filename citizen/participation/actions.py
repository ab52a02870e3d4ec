"""Taking part, once; and closing, after which nobody can tell who did."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Column, MetaData, Table, bindparam, delete, func, insert, select, update

from citizen.core import clock
from citizen.core.db import Base, add_to_counters, db, insert_once
from citizen.core.errors import Refused
from citizen.core.limits import seconds_to_wait
from citizen.participation.identity import Participant
from citizen.participation.models import (
    AnswerCount,
    Burst,
    Consultation,
    ConsultationSecret,
    Participation,
    Receipt,
)

SECRET = select(ConsultationSecret.__table__.c.secret).where(
    ConsultationSecret.__table__.c.city_id == bindparam("city_id"),
    ConsultationSecret.__table__.c.consultation_id == bindparam("consultation_id"),
)
"""Built once: every answer asks this."""


class Outcome(StrEnum):
    """What became of an answer that was sent."""

    COUNTED = "counted"
    ALREADY = "already"


class TooFast(Refused):
    """This network sends faster than people do; `seconds` says how long to wait."""

    def __init__(self, seconds: int) -> None:
        text = ngettext(
            "Many answers are coming from your network. Yours is still here. Please send it again in %(num)s second.",
            "Many answers are coming from your network. Yours is still here. Please send it again in %(num)s seconds.",
            seconds,
        )
        super().__init__(text, status=429)
        self.seconds = seconds


def give_secret(consultation: Consultation) -> None:
    """Give a new consultation the secret that its participant keys are made with."""
    key = secrets.token_bytes(32)
    db.session.add(ConsultationSecret(city_id=consultation.city_id, consultation_id=consultation.id, secret=key))


def take_part(
    consultation: Consultation,
    participant: Participant,
    key: str,
    body: Any,
    write_answer: Callable[[], None],
) -> Outcome:
    """Count the participant's answer unless one of theirs counts already.

    `key` is the form's idempotency key and `body` the parsed answer: the same key with the same body gives the first
    outcome again, with another body it is refused. `write_answer` writes the answer itself, in this transaction.
    """
    earlier = outcome_of_first(consultation, key, body)
    if earlier is not None:
        return earlier
    if not insert_once(Participation, **_place(consultation), participant=participant_key(consultation, participant)):
        _note_repetition(_receipt(consultation, key))
        return Outcome.ALREADY
    write_answer()
    count_answer(consultation, participant.channel, participant.assurance)
    return Outcome.COUNTED


def outcome_of_first(consultation: Consultation, key: str, body: Any) -> Outcome | None:
    """None where nothing was sent under this key yet, which it is from now on; else the outcome of what was."""
    row, fingerprint = _receipt(consultation, key), _fingerprint(key, body)
    if insert_once(Receipt, **row, fingerprint=fingerprint, outcome=Outcome.COUNTED):
        return None
    return _earlier_outcome(row, fingerprint)


def outcome_before(consultation: Consultation, key: str, body: Any) -> Outcome | None:
    """The outcome that was given under this key; None where it is new, or after sealing."""
    row = _receipt(consultation, key)
    if db.session.scalar(select(Receipt.outcome).filter_by(**row)) is None:
        return None
    return _earlier_outcome(row, _fingerprint(key, body))


def slow_down(consultation: Consultation) -> int:
    """Count this send of the network. 0, or the seconds to wait; then staff see that it happened."""
    seconds = seconds_to_wait(f"answer:{consultation.id}")
    if seconds:
        today = clock.day_in(consultation.city.time_zone)
        add_to_counters(Burst, [_place(consultation) | {"day": today, "n": 1}])
    return seconds


def participant_key(consultation: Consultation, participant: Participant) -> bytes:
    """HMAC-SHA256(the consultation's own secret, city ‖ consultation ‖ identity): 32 bytes."""
    secret = db.session.connection().execute(SECRET, _place(consultation)).scalar()
    if secret is None:
        raise Refused(_("This has ended. Your answer came too late to count."))
    message = f"{consultation.city_id}:{consultation.id}:{participant.identity}".encode()
    return hmac.new(secret, message, hashlib.sha256).digest()


def has_taken_part(consultation: Consultation, participant: Participant) -> bool:
    """True where an answer of this participant counts, as long as the secret that tells exists."""
    try:
        key = participant_key(consultation, participant)
    except Refused:
        return False
    query = select(Participation.city_id).filter_by(**_place(consultation), participant=key)
    return db.session.scalar(query) is not None


def _place(consultation: Consultation) -> dict[str, Any]:
    return {"city_id": consultation.city_id, "consultation_id": consultation.id}


def _receipt(consultation: Consultation, key: str) -> dict[str, Any]:
    return _place(consultation) | {"key_digest": hashlib.sha256(key.encode()).digest()}


def _fingerprint(key: str, body: Any) -> bytes:
    content = json.dumps(body, sort_keys=True, ensure_ascii=False).encode()
    return hmac.new(key.encode(), content, hashlib.sha256).digest()


def _earlier_outcome(row: dict[str, Any], fingerprint: bytes) -> Outcome:
    found = db.session.execute(select(Receipt.fingerprint, Receipt.outcome).filter_by(**row)).one()
    if not hmac.compare_digest(found.fingerprint, fingerprint):
        raise Refused(_("This form was already sent with another answer. The first answer counts."))
    return Outcome(found.outcome)


def _note_repetition(row: dict[str, Any]) -> None:
    db.session.execute(update(Receipt).filter_by(**row).values(outcome=Outcome.ALREADY))


def count_answer(
    consultation: Consultation, channel: str, assurance: int, *, day: date | None = None, number: int = 1
) -> None:
    """Count one more answer on this day, today unless told; -1 where one is taken back."""
    place = _place(consultation) | {"day": day or clock.day_in(consultation.city.time_zone)}
    add_to_counters(AnswerCount, [place | {"channel": channel, "assurance": int(assurance), "n": number}])


def seal(consultation: Consultation, answers: list[type[Base]]) -> None:
    """After closing: destroy the secret and the receipts, and write the rows anew in a random order.

    `answers` are the feature's tables whose rows would otherwise stand on disk in the order in which they came. Their
    primary keys begin with the city and the consultation.
    """
    place = _place(consultation)
    db.session.execute(delete(ConsultationSecret).filter_by(**place))
    db.session.execute(delete(Receipt).filter_by(**place))
    _rewrite(Participation, consultation)
    for model in answers:
        _rewrite(model, consultation)
    consultation.sealed_at = clock.now()


def _rewrite(model: type[Base], consultation: Consultation) -> None:
    """Delete the consultation's rows and insert them again in random order, within the database."""
    table: Table = model.__table__  # type: ignore[assignment]
    columns = [Column(column.name, column.type) for column in table.columns]
    copy = Table(f"shuffled_{table.name}", MetaData(), *columns, prefixes=["TEMPORARY"])
    city_id, consultation_id, *_rest = table.primary_key.columns
    ours = (city_id == consultation.city_id) & (consultation_id == consultation.id)
    connection = db.session.connection()
    copy.create(connection)
    connection.execute(insert(copy).from_select(list(table.c.keys()), select(table).where(ours)))
    connection.execute(delete(table).where(ours))
    rows = select(copy).order_by(func.random())
    connection.execute(insert(table).from_select(list(table.c.keys()), rows))
    copy.drop(connection)


def due_for_sealing(kind: str) -> list[Consultation]:
    """Consultations of one kind ("poll") that have ended and still hold their secret."""
    moment = clock.now()
    query = select(Consultation).where(
        Consultation.kind == kind,
        Consultation.sealed_at.is_(None),
        Consultation.published_at.is_not(None),
        (Consultation.closes_at <= moment) | (Consultation.closed_at <= moment) | (Consultation.withdrawn_at <= moment),
    )
    return list(db.session.scalars(query))
