"""What happens to surveys by itself."""

from subprocess import CalledProcessError

from flask import current_app
from flask_babel import force_locale

from citizen.core.db import db
from citizen.core.jobs import queue
from surveys import breakdowns, exporting, sealing
from surveys.models import SurveyExport


@queue.every(minute="*")
def seal_ended_waves() -> None:
    """Destroy the secrets of waves that have ended for good, so that nobody can link any more."""
    sealing.seal_ended_waves()
    db.session.commit()


@queue.every(minute="*")
def write_exports() -> None:
    """Write the files of answers that staff asked for, one after the other."""
    for export in exporting.waiting_exports():
        with force_locale(export.language):
            write_export(export)


def write_export(export: SurveyExport) -> None:
    """A file that cannot be written is given up, and its page says so; the log has the reason."""
    try:
        for done in exporting.write_export(export):
            note_progress(export, done)
    except (OSError, CalledProcessError) as error:
        current_app.logger.exception("an export could not be written", extra={"export": export.id})
        export.problem = type(error).__name__
    note_progress(export, export.done)


def note_progress(export: SurveyExport, done: int) -> None:
    export.done = done
    db.session.commit()


@queue.every(minute="17", hour="3")
def forget_old_exports() -> None:
    exporting.forget_old_exports()
    db.session.commit()


@queue.every(minute="*")
def count_breakdowns() -> None:
    """Count what readers asked to see split, some splits at a time, so that other work gets its turn between."""
    task = breakdowns.next_task()
    if task is None:
        return
    breakdowns.keep(task, breakdowns.count(task))
    db.session.commit()
    queue.soon("count_breakdowns")
