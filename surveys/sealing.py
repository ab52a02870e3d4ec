"""After the end: nobody can tell any more who took part, and what was begun and never sent is gone."""

from sqlalchemy import delete, select, update

from citizen.core import audit, clock
from citizen.core.db import db
from citizen.participation import actions as participation
from citizen.participation.running import hold, subject
from surveys.actions import SEALED_TABLES, ends_with_grace
from surveys.files import forget_unsent_files
from surveys.models import PaperBatch, PaperEntry, SurveyDraft, SurveyWave


def seal_ended_waves() -> list[SurveyWave]:
    """Seal every wave that has ended and takes no late sheet any more.

    All are held before anything else, as staff's acts do: so none of them waits for us while we wait for it.
    """
    ended = [
        wave
        for wave in participation.due_for_sealing("survey")
        if isinstance(wave, SurveyWave) and ends_with_grace(wave) <= clock.now()
    ]
    for wave in ended:
        hold(wave)
    for wave in ended:
        participation.seal(wave, SEALED_TABLES)
        db.session.execute(delete(SurveyDraft).filter_by(city_id=wave.city_id, wave_id=wave.id))
        _wipe_paper(wave)
        forget_unsent_files(wave)
        audit.record("sealed", subject(wave), by=audit.SYSTEM, city_id=wave.city_id)
    return ended


def _wipe_paper(wave: SurveyWave) -> None:
    """Sheets on paper that were typed and not counted can count no more, so that nobody needs what stands on them."""
    batches = select(PaperBatch.id).filter_by(city_id=wave.city_id, wave_id=wave.id)
    db.session.execute(update(PaperEntry).where(PaperEntry.batch_id.in_(batches)).values(typed={}))
