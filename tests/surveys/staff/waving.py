"""What the tests of waves share: forms as a browser would send them, acts beside ours."""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from citizen.accounts.models import User
from citizen.core.audit import Actor, AuditEntry
from citizen.core.db import db
from citizen.core.errors import Refused
from surveys.models import SurveyWave
from tests.makers import post_form

A_MOMENT = 0.4


def console(wave: SurveyWave, page: str = "") -> str:
    """The wave's address in the console."""
    return f"/{wave.city.slug}/staff/surveys/waves/{wave.slug}{page}"


def act(who: FlaskClient, wave: SurveyWave, noun: str, **data: Any):
    """Press the button for it on the page of the wave."""
    return post_form(who, console(wave, f"/{noun}"), data, page=console(wave, "/closing-time"))


def planned(**changes: Any) -> dict[str, Any]:
    """The form of a wave as somebody filled it in."""
    given = {
        "name_en": "Before",
        "name_de": "Vorher",
        "opens_at": "2026-01-01T10:00",
        "closes_at": "2099-01-01T10:00",
        "results": "after_close",
        "assurance": "1",
        "grace_minutes": "10080",
        "paper_return_en": "Town hall",
        "slug": "",
    }
    return given | changes


def fields_in(html: str, selector: str = "form.wave-form") -> dict[str, str]:
    """Everything that a form would send as it stands."""
    form = BeautifulSoup(html, "html.parser").select_one(selector)
    assert form is not None, "this page has no such form"
    fields = form.select("input[name]:not([type=radio]):not([type=checkbox])")
    values = {str(field["name"]): str(field.get("value", "")) for field in fields}
    values |= {str(area["name"]): area.text.strip("\r\n") for area in form.select("textarea[name]")}
    values |= {str(field["name"]): str(field["value"]) for field in form.select("input[checked]")}
    chosen = {select["name"]: select.select_one("option[selected]") for select in form.select("select[name]")}
    return values | {str(name): str(option["value"]) for name, option in chosen.items() if option}


def errors_in(html: str) -> list[str]:
    """The sentences of the error summary."""
    return [line.text for line in BeautifulSoup(html, "html.parser").select("#error-summary li")]


def main_of(html: str) -> str:
    """The words of the page itself."""
    return BeautifulSoup(html, "html.parser").select_one("main").get_text(" ", strip=True)


def only_wave(**equal: Any) -> SurveyWave:
    return db.session.scalars(select(SurveyWave).filter_by(**equal)).unique().one()


def number_of(model: type, **equal: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model).filter_by(**equal)) or 0


def last_act() -> AuditEntry:
    return db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()


def acting(user: User) -> Actor:
    return Actor("account", user.id, user.shown_name)


def clock_time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M")


def beside_us(app: Flask, doing: Callable[[], Any]) -> tuple[threading.Thread, list[Any]]:
    """Do it in another transaction at the same time; the list says how it ended once the thread has."""
    ended: list[Any] = []

    def work() -> None:
        with app.app_context():
            try:
                ended.append(doing())
                db.session.commit()
            except Refused as refusal:
                db.session.rollback()
                ended.append(refusal.sentence)

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(A_MOMENT)
    return thread, ended
