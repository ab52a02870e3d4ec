"""Kiosks: devices that the city puts up, where one person after the other answers."""

from flask import Request, Response, current_app, url_for
from itsdangerous import BadSignature, URLSafeSerializer

from citizen.core import clock
from citizen.core.config import Settings
from citizen.participation.identity import Participant
from citizen.participation.models import Assurance, Channel, State
from surveys.models import SurveyWave

FLAG = "kiosk"
"""What stands in the addresses of a kiosk's pages. It means nothing without the cookie that the link left there."""

IDLE_SECONDS = 90
"""After which a script asks whether anybody is still there."""

UNWATCHED_SECONDS = 270
"""After which a page returns to the start where no script can see whether anybody types: time for a long page."""


def kiosk_link(wave: SurveyWave) -> str:
    """The address that turns a device into a kiosk of this wave, until the wave ends or staff make another address."""
    base: str = current_app.extensions["settings"].base_url
    token = _signer().dumps([wave.id, wave.kiosk_key])
    return base + url_for("survey.open_kiosk", city_slug=wave.city.slug, slug=wave.slug, token=token, lang=None)


def may_have_kiosk(wave: SurveyWave) -> bool:
    """A kiosk knows nobody's address, so it can stand in for one answer per device and for nothing above."""
    return wave.assurance <= Assurance.DEVICE


def is_token(text: str, wave: SurveyWave) -> bool:
    """True where we gave this text to staff of this wave, which has not ended, and nothing else since."""
    if not may_have_kiosk(wave) or wave.state not in {State.UPCOMING, State.OPEN}:
        return False
    try:
        return bool(_signer().loads(text) == [wave.id, wave.kiosk_key])
    except BadSignature:
        return False


def is_kiosk_device(request: Request, wave: SurveyWave) -> bool:
    """True where somebody opened this wave's link on this device."""
    return is_token(request.cookies.get(_cookie_name(wave), ""), wave)


def is_kiosk(request: Request, wave: SurveyWave) -> bool:
    """True for pages that a kiosk shows. The same device shows other pages as anybody else's does."""
    return request.args.get(FLAG) == "1" and is_kiosk_device(request, wave)


def make_kiosk(response: Response, wave: SurveyWave, token: str) -> Response:
    """Let this device be a kiosk. Its visitors never see the token, so none of them takes it home."""
    settings: Settings = current_app.extensions["settings"]
    seconds = max(60, int((wave.ends_at - clock.now()).total_seconds()))
    response.set_cookie(
        _cookie_name(wave), token, max_age=seconds, secure=settings.is_https, httponly=True, samesite="Lax"
    )
    return response


def kiosk_participant(key: str) -> Participant:
    """Whoever stands at the kiosk now: each sheet is somebody else's."""
    return Participant(f"open:{key}", Assurance.OPEN, Channel.KIOSK)


def _cookie_name(wave: SurveyWave) -> str:
    settings: Settings = current_app.extensions["settings"]
    return f"{'__Host-' if settings.is_https else ''}plaza-kiosk-{wave.id}"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="survey kiosk")
