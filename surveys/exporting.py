"""Files of answers that staff ask for: ordered, written by the worker, fetched, forgotten after a week."""

import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from citizen.core import audit, clock
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.participation.running import subject
from surveys.exporters.answers import Answers
from surveys.exporters.files import MIMETYPES, WRITERS
from surveys.exporters.sheets import count_sheets
from surveys.models import SurveyExport, SurveyWave

KEPT = timedelta(days=7)
AT_ONCE = 2000
"""So many sheets are written while somebody waits; more are left to the worker."""


def order_export(wave: SurveyWave, form: str, lang: str, *, by: Actor) -> SurveyExport:
    """Note that somebody wants a file of the wave's answers in this form and language."""
    if form not in WRITERS:
        raise Refused(_("Please choose one of the formats."), status=422)
    export = SurveyExport(
        city_id=wave.city_id,
        wave_id=wave.id,
        form=form,
        language=lang if lang in wave.city.languages else wave.city.languages[0],
        key=secrets.token_bytes(32),
        by=by.name,
        total=count_sheets(wave),
    )
    db.session.add(export)
    db.session.flush()
    audit.record("exported answers of", subject(wave), by=by, city_id=wave.city_id, form=form, sheets=export.total)
    return export


def write_export(export: SurveyExport) -> Iterator[int]:
    """Write the file; gives how many sheets stand in it from time to time, for whoever notes the progress."""
    wave = db.session.get_one(SurveyWave, export.wave_id)
    target = file_of(export)
    target.parent.mkdir(parents=True, exist_ok=True)
    begun = target.with_suffix(".begun")
    yield from WRITERS[export.form](Answers(wave, export.language), begun)
    begun.rename(target)
    export.finished_at, export.done = clock.now(), export.total


def exports_of(wave: SurveyWave) -> list[SurveyExport]:
    """What was asked for within the week, newest first."""
    query = select(SurveyExport).filter_by(city_id=wave.city_id, wave_id=wave.id)
    return list(db.session.scalars(query.order_by(SurveyExport.id.desc()).limit(20)))


def waiting_exports() -> list[SurveyExport]:
    query = select(SurveyExport).where(SurveyExport.finished_at.is_(None), SurveyExport.problem.is_(None))
    return list(db.session.scalars(query.order_by(SurveyExport.id)))


def forget_old_exports() -> None:
    """Answers should not lie about in files: they can be written again."""
    for export in db.session.scalars(select(SurveyExport).where(SurveyExport.at < clock.now() - KEPT)):
        file_of(export).unlink(missing_ok=True)
        db.session.delete(export)


def file_of(export: SurveyExport) -> Path:
    """Where the file stands, or will. Nobody can guess the name."""
    folder: Path = current_app.extensions["settings"].data_dir / "exports"
    return folder / f"{export.key.hex()}.{export.form}"


def mimetype_of(export: SurveyExport) -> str:
    return MIMETYPES[export.form]
