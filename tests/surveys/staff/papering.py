"""What the tests of paper share: batches, and sheets as somebody types them."""

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from surveys.models import PaperBatch, PaperEntry, SurveySheet, SurveyWave
from surveys.paper import batches
from tests.makers import post_form
from tests.surveys.staff.waving import console


def make_batch(wave: SurveyWave, **values: Any) -> PaperBatch:
    given = {"version": wave.version or 1, "is_double": True}
    batch = batches.make_batch(wave, "Library", by=COMMAND_LINE, **(given | values))
    db.session.commit()
    return batch


def batch_page(wave: SurveyWave, batch: PaperBatch, page: str = "") -> str:
    return console(wave, f"/paper/{batch.id}{page}")


def sheet_page(wave: SurveyWave, batch: PaperBatch, number: int, page: str = "") -> str:
    return batch_page(wave, batch, f"/sheets/{number}{page}")


def type_in(who: FlaskClient, wave: SurveyWave, batch: PaperBatch, number: int = 1, reading: int = 1, **fields: Any):
    """Type a sheet; "__" in a name stands for a dot: `mode__typed="3"`."""
    data = {name.replace("__", "."): value for name, value in fields.items()}
    page = batch_page(wave, batch, "/sheets/999?reading=1")
    return post_form(who, sheet_page(wave, batch, number, f"?reading={reading}"), data, page=page)


def press(who: FlaskClient, wave: SurveyWave, batch: PaperBatch, noun: str, **data: Any):
    return post_form(who, batch_page(wave, batch, f"/{noun}"), data, page=batch_page(wave, batch))


def entry(number: int = 1, reading: int = 1) -> PaperEntry | None:
    return db.session.scalars(select(PaperEntry).filter_by(number=number, reading=reading)).one_or_none()


def sheets() -> list[SurveySheet]:
    return list(db.session.scalars(select(SurveySheet)))
