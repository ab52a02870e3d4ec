"""The outbox, against a real mail server on this machine: every mail once, whatever happens."""

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select

from citizen.core import clock, health, mail
from citizen.core.db import db
from citizen.core.mail import MAX_TRIES, OutgoingMail, deliver_mail


class Mailbox:
    """Takes mail as a server does; `refuse` many times it says that it cannot just now."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.refuse = 0
        self.lock = threading.Lock()

    async def take(self, _server: Any, _session: Any, envelope: Any) -> str:
        with self.lock:
            if self.refuse:
                self.refuse -= 1
                return "451 Please try again later"
            self.messages.append(message_from_bytes(envelope.content))
            return "250 Taken"

    def subjects(self) -> list[str]:
        return sorted(message["Subject"] for message in self.messages)


@pytest.fixture
def mailbox(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """A mail server that this application delivers to."""
    box = Mailbox()
    port = free_port()
    server = Controller(SimpleNamespace(handle_DATA=box.take), hostname="127.0.0.1", port=port)
    server.start()
    settings = replace(app.extensions["settings"], mail_url=f"smtp://127.0.0.1:{port}")
    monkeypatch.setitem(app.extensions, "settings", settings)
    yield box
    server.stop()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def post(*subjects: str, **values: Any) -> None:
    for subject in subjects:
        mail.post("ana@example.org", subject, "Grüße aus Riverton", **values)
    db.session.commit()


def rows() -> list[OutgoingMail]:
    found = list(db.session.scalars(select(OutgoingMail).execution_options(populate_existing=True)))
    db.session.commit()
    return found


def make_all_due() -> None:
    for row in rows():
        row.due_at = clock.now() - timedelta(seconds=1)
    db.session.commit()


def test_a_mail_arrives_as_it_was_written(mailbox: Mailbox) -> None:
    post("Ihr Link für Riverton")
    deliver_mail()
    (message,) = mailbox.messages
    assert message["To"] == "ana@example.org"
    assert message["From"] == "plaza@localhost"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "Grüße aus Riverton" in message.get_payload(decode=True).decode()


def test_a_mail_is_delivered_once(mailbox: Mailbox) -> None:
    post("one")
    deliver_mail()
    deliver_mail()
    assert mailbox.subjects() == ["one"]
    assert rows()[0].sent_at is not None


def test_two_workers_deliver_each_mail_once(app: Flask, mailbox: Mailbox) -> None:
    subjects = sorted(f"mail {number}" for number in range(12))
    post(*subjects)

    def work(_number: int) -> None:
        with app.app_context():
            deliver_mail()
            db.session.remove()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert mailbox.subjects() == subjects


def test_the_same_occasion_makes_one_mail(mailbox: Mailbox) -> None:
    post("first", once="invitation of Ana")
    post("second", once="invitation of Ana")
    deliver_mail()
    assert mailbox.subjects() == ["first"]


def test_what_was_rolled_back_is_never_sent(mailbox: Mailbox) -> None:
    mail.post("ana@example.org", "never", "It did not happen.")
    db.session.rollback()
    deliver_mail()
    assert mailbox.subjects() == []


def test_a_refused_mail_is_tried_again_later_under_the_same_name(mailbox: Mailbox) -> None:
    mailbox.refuse = 1
    post("patience")
    deliver_mail()
    (row,) = rows()
    assert (row.tries, row.problem, row.sent_at) == (1, "SMTPDataError", None)
    assert row.due_at is not None
    assert row.due_at > clock.now() + timedelta(minutes=1)
    deliver_mail()
    assert mailbox.subjects() == [], "not before its time"
    make_all_due()
    deliver_mail()
    assert mailbox.subjects() == ["patience"]


def test_it_waits_longer_each_time_and_gives_up_in_the_end(mailbox: Mailbox) -> None:
    mailbox.refuse = 100
    post("hopeless")
    waits = []
    for _try in range(MAX_TRIES):
        deliver_mail()
        (row,) = rows()
        waits.append(row.due_at - clock.now() if row.due_at else None)
        make_all_due() if row.due_at else None
    assert waits[-1] is None
    assert waits[:-1] == sorted(waits[:-1])
    deliver_mail()
    assert 100 - mailbox.refuse == MAX_TRIES


def test_a_server_that_is_not_there_loses_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = replace(app.extensions["settings"], mail_url="smtp://127.0.0.1:9")
    monkeypatch.setitem(app.extensions, "settings", settings)
    post("later")
    deliver_mail()
    assert rows()[0].problem == "ConnectionRefusedError"
    assert rows()[0].due_at is not None


def test_a_worker_that_died_leaves_its_mail_to_the_next_one(mailbox: Mailbox) -> None:
    post("left behind")
    assert mail._claim(rows()[0].id) is not None
    deliver_mail()
    assert mailbox.subjects() == [], "the lease still holds"
    make_all_due()
    deliver_mail()
    assert mailbox.subjects() == ["left behind"]


def test_a_subject_cannot_smuggle_in_a_header(mailbox: Mailbox) -> None:
    post("Hello\r\nBcc: everybody@example.org")
    deliver_mail()
    (message,) = mailbox.messages
    assert message["Subject"] == "Hello Bcc: everybody@example.org"
    assert message["Bcc"] is None


def test_without_a_server_mails_are_files_in_a_folder(app: Flask, tmp_path: Path, monkeypatch: Any) -> None:
    settings = replace(app.extensions["settings"], mail_url=f"folder://{tmp_path}")
    monkeypatch.setitem(app.extensions, "settings", settings)
    post("on paper")
    deliver_mail()
    (file,) = tmp_path.glob("*.eml")
    assert message_from_bytes(file.read_bytes())["Subject"] == "on paper"


def test_an_old_outbox_makes_the_install_unready(app: Flask) -> None:
    post("forgotten")
    assert health.queue_is_young()
    rows()[0].created_at = clock.now() - timedelta(hours=1)
    db.session.commit()
    assert not health.queue_is_young()
    assert app.test_client().get("/readyz").status_code == 503
