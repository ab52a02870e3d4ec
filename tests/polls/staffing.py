"""What the tests of the console share: forms as a browser would send them."""

import io
import secrets
from typing import Any

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select

from citizen.core.audit import AuditEntry
from citizen.core.db import db
from polls import actions
from polls.answers import checked
from polls.models import OTHER, Poll, PollOtherText
from tests.makers import TRANSPORT, make_participant, post_form

CONSOLE = "/riverton/staff/polls"


def typed(**changes: Any) -> dict[str, Any]:
    """The editor as somebody filled it in: choose up to 2 of 3."""
    given = {
        "title_en": TRANSPORT,
        "title_de": "",
        "kind": "multiple",
        "options-0-label_en": "Tickets",
        "options-1-label_en": "Times",
        "options-2-label_en": "Maps",
        "choose_max": "2",
        "scale_points": "5",
        "opens_at": "2026-01-01T10:00",
        "closes_at": "2099-01-01T10:00",
        "results": "always",
        "assurance": "1",
        "slug": "",
    }
    return given | changes


def option(place: int, name: str, value: Any) -> dict[str, Any]:
    return {f"options-{place}-{name}": value}


def console(poll: Poll, page: str = "") -> str:
    """The poll's address in the console."""
    return f"/{poll.city.slug}/staff/polls/{poll.slug}{page}"


def fields_of(client: FlaskClient, page: str) -> dict[str, str]:
    """Everything that the editor would send as it stands."""
    return fields_in(client.get(page).text)


def fields_in(html: str) -> dict[str, str]:
    form = BeautifulSoup(html, "html.parser").select_one("form.poll-editor")
    assert form is not None, "this page is no editor"
    fields = form.select("input[name]:not([type=radio]):not([type=checkbox]):not([type=file])")
    values = {str(field["name"]): str(field.get("value", "")) for field in fields}
    values |= {str(area["name"]): area.text.strip("\r\n") for area in form.select("textarea[name]")}
    return values | {str(field["name"]): str(field["value"]) for field in form.select("input[checked]")}


def errors_in(html: str) -> list[str]:
    """The sentences of the error summary."""
    return [line.text for line in BeautifulSoup(html, "html.parser").select("#error-summary li")]


def a_picture() -> tuple[io.BytesIO, str]:
    """A file as a browser sends it: a red PNG, 40 × 20 pixels."""
    file = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(file, "PNG")
    file.seek(0)
    return file, "red.png"


def write_other(poll: Poll, text: str, by: str = "ana") -> PollOtherText:
    """Somebody chooses "something else" and writes what they mean."""
    answer = checked(poll, [OTHER], text)
    actions.cast_ballot(poll, answer, secrets.token_hex(16), by=make_participant(by))
    db.session.commit()
    return db.session.scalars(select(PollOtherText).filter_by(text=text)).one()


def act(who: FlaskClient, poll: Poll, noun: str, **data: str):
    """Press the button for it on the page of the poll."""
    return post_form(who, console(poll, f"/{noun}"), data, page=console(poll))


def last_act() -> AuditEntry:
    return db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()


def number_of(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def the_poll() -> Poll:
    return db.session.scalars(select(Poll)).unique().one()


def number_of_polls() -> int:
    return db.session.scalar(select(func.count()).select_from(Poll)) or 0


def verbs() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.verb).order_by(AuditEntry.id)))


def write(editor: FlaskClient, **changes: object):
    return post_form(editor, f"{CONSOLE}/new", typed(**changes))
