"""The outbox: mails are rows of the transaction that caused them, and the worker delivers each once."""

import hashlib
import secrets
import smtplib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app
from sqlalchemy import ForeignKey, delete, event, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from citizen.core import clock
from citizen.core.config import Settings
from citizen.core.db import Base, Created, Id, Line, LongText, db
from citizen.core.jobs import queue

MAX_TRIES = 8
LEASE = timedelta(minutes=10)
KEPT_AFTER_SENDING = timedelta(days=30)
BATCH = 50
TIMEOUT_SECONDS = 20


class OutgoingMail(Base):
    """One mail. `once` names its occasion: the same occasion never makes a second mail.

    `way_out` is the address at which one click ends mails of this kind; mail programs show it as a button.
    """

    __tablename__ = "outgoing_mail"

    id: Mapped[Id]
    city_id: Mapped[int | None] = mapped_column(ForeignKey("city.id"), index=True)
    once: Mapped[str] = mapped_column(unique=True)
    to: Mapped[Line]
    subject: Mapped[Line]
    body: Mapped[LongText]
    way_out: Mapped[str | None]
    created_at: Mapped[Created]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    problem: Mapped[str | None]


def post(
    to: str,
    subject: str,
    body: str,
    *,
    once: str | None = None,
    city_id: int | None = None,
    due_at: datetime | None = None,
    way_out: str | None = None,
) -> None:
    """Put a mail into the outbox of the open transaction. A second mail for the same occasion is dropped.

    It goes out at `due_at`, or at once.
    """
    once = once or secrets.token_hex(16)
    if db.session.scalar(select(OutgoingMail.id).where(OutgoingMail.once == once)) is None:
        due_at = due_at or clock.now()
        mail = OutgoingMail(once=once, to=to, subject=_one_line(subject), body=body, city_id=city_id, due_at=due_at)
        mail.way_out = way_out
        db.session.add(mail)


def recall(occasions: Sequence[str]) -> None:
    """Take mails of these occasions out of the outbox again, as far as nobody has begun to send them."""
    waiting = delete(OutgoingMail).where(OutgoingMail.sent_at.is_(None), OutgoingMail.tries == 0)
    db.session.execute(waiting.where(OutgoingMail.once.in_(occasions)))


def _one_line(subject: str) -> str:
    return " ".join(subject.split())[:300]


@event.listens_for(Session, "before_commit")
def _notice_mail(session: Session) -> None:
    session.info["has_mail"] = session.info.get("has_mail") or any(isinstance(row, OutgoingMail) for row in session.new)


@event.listens_for(Session, "after_commit")
def _wake_worker(session: Session) -> None:
    if session.info.pop("has_mail", False):
        queue.soon("deliver_mail")


@queue.every(minute="*")
def deliver_mail() -> None:
    """Send what is due. Each mail is claimed by a conditional update first, so that two workers never send it both."""
    for mail_id in _due_ids():
        mail = _claim(mail_id)
        if mail is not None:
            _send(mail, current_app.extensions["settings"])
            db.session.commit()


@queue.every(minute="7", hour="3")
def forget_sent_mail() -> None:
    """Delete what was sent a month ago: the row was only kept so that the same occasion makes no second mail."""
    db.session.execute(delete(OutgoingMail).where(OutgoingMail.sent_at < clock.now() - KEPT_AFTER_SENDING))
    db.session.commit()


def _due_ids() -> list[int]:
    query = select(OutgoingMail.id).where(OutgoingMail.due_at <= clock.now()).order_by(OutgoingMail.id).limit(BATCH)
    ids = list(db.session.scalars(query))
    db.session.commit()
    return ids


def _claim(mail_id: int) -> OutgoingMail | None:
    """Lease the mail for ten minutes: a worker that dies leaves it to the next one, under the same Message-ID."""
    moment = clock.now()
    claimed = db.session.execute(
        update(OutgoingMail)
        .where(OutgoingMail.id == mail_id, OutgoingMail.due_at <= moment)
        .values(due_at=moment + LEASE, tries=OutgoingMail.tries + 1)
    )
    db.session.commit()
    return db.session.get(OutgoingMail, mail_id, populate_existing=True) if claimed.rowcount else None  # type: ignore[attr-defined]


def _send(mail: OutgoingMail, settings: Settings) -> None:
    try:
        transmit(message_of(mail, settings), settings)
    except (OSError, smtplib.SMTPException) as error:
        mail.problem = type(error).__name__
        mail.due_at = None if mail.tries >= MAX_TRIES else clock.now() + timedelta(minutes=2**mail.tries)
        current_app.logger.warning("mail not sent", extra={"mail": mail.id, "problem": mail.problem})
        return
    mail.sent_at, mail.due_at, mail.problem = clock.now(), None, None
    mail.body = ""  # links to sign in stood in it


def message_of(mail: OutgoingMail, settings: Settings) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Message-ID"] = f"<{hashlib.sha256(mail.once.encode()).hexdigest()[:32]}@{_host(settings)}>"
    message["Date"] = mail.created_at
    message["Auto-Submitted"] = "auto-generated"
    if mail.way_out:
        message["List-Unsubscribe"] = f"<{mail.way_out}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.body)
    return message


def _host(settings: Settings) -> str:
    return urlsplit(settings.base_url).hostname or "localhost"


def transmit(message: EmailMessage, settings: Settings) -> None:
    """Hand the message to MAIL_URL: an SMTP server, or a folder of messages."""
    parts = urlsplit(settings.mail_url)
    if parts.scheme == "folder":
        _keep_in_folder(message, Path(parts.path))
        return
    with _connection(parts) as server:
        server.send_message(message)


def _keep_in_folder(message: EmailMessage, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = str(message["Message-ID"]).strip("<>").split("@")[0]
    (folder / f"{name}.eml").write_bytes(bytes(message))


@contextmanager
def _connection(parts: Any) -> Iterator[smtplib.SMTP]:
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    default_port = 465 if parts.scheme == "smtps" else 25
    with kind(parts.hostname, parts.port or default_port, timeout=TIMEOUT_SECONDS) as server:
        if parts.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server


def oldest_due_seconds() -> float:
    """Age of the oldest mail that should have gone out already, in seconds; 0 where none waits."""
    oldest = db.session.scalar(
        select(OutgoingMail.created_at).where(OutgoingMail.due_at <= clock.now()).order_by(OutgoingMail.id).limit(1)
    )
    return (clock.now() - oldest).total_seconds() if oldest else 0.0
