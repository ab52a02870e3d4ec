"""What staff and citizens may do with surveys and their waves, as yes or no."""

from datetime import datetime, timedelta

from citizen.core import clock
from citizen.participation.models import Assurance, State
from surveys.models import Survey, SurveyWave


def is_taking_sheets(wave: SurveyWave, began_at: datetime | None) -> bool:
    """True while the wave is open, and within its grace for whoever began before it closed."""
    if wave.is_open:
        return True
    if wave.state is not State.CLOSED or began_at is None or wave.sealed_at is not None:
        return False
    is_in_time = wave.opens_at <= began_at < wave.ends_at
    return is_in_time and clock.now() < wave.ends_at + timedelta(minutes=wave.grace_minutes)


def may_publish(wave: SurveyWave) -> bool:
    return wave.state is State.DRAFT


def may_change(wave: SurveyWave) -> bool:
    """What the public has seen stays as it is, but for its closing time."""
    return wave.state is State.DRAFT


def may_renew(wave: SurveyWave) -> bool:
    """A published wave may go on with a newer questionnaire; what was answered stays with the one it was asked by."""
    return wave.state in {State.UPCOMING, State.OPEN}


def may_delete(wave: SurveyWave) -> bool:
    """Only what the public never saw may go without a trace for it."""
    return wave.state is State.DRAFT


def may_delete_survey(survey: Survey) -> bool:
    """What people were asked stays, so that its results can be understood."""
    return all(may_delete(wave) for wave in survey.waves)


def takes_paper(wave: SurveyWave) -> bool:
    """Paper comes through the city's own hands, which stands in for one answer per device and for nothing above."""
    return wave.assurance <= Assurance.DEVICE


def may_count_paper(wave: SurveyWave) -> bool:
    """While the wave is open and within its grace: sheets that people filled in before it closed come by post."""
    return takes_paper(wave) and is_taking_sheets(wave, wave.opens_at)
