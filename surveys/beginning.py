"""The moment at which somebody began a sheet, as its form carries it: signed, so that nobody begins in the past."""

from datetime import UTC, datetime

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from citizen.core import clock
from surveys.models import SurveyWave


def began_token(wave: SurveyWave, moment: datetime | None = None) -> str:
    """For the form; now, unless told."""
    return _signer().dumps([wave.id, int((moment or clock.now()).timestamp())])


def began_at(text: str, wave: SurveyWave) -> datetime | None:
    """The moment that we signed for this wave; None for anything else."""
    try:
        wave_id, seconds = _signer().loads(text)
    except BadSignature:
        return None
    return datetime.fromtimestamp(seconds, UTC) if wave_id == wave.id else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="survey begun")
