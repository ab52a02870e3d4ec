"""What a browser holds for a survey that is being answered: the secret of its draft, and nothing else.

A kiosk's secret is another one than that of whoever set the kiosk up, and it ends with the browser.
"""

from flask import Response, current_app, request

from citizen.core.config import Settings
from citizen.participation.identity import COOKIE_AGE
from surveys.drafts import is_secret
from surveys.models import SurveyWave


def known_secret(wave: SurveyWave, *, kiosk: bool) -> str:
    """The secret that this browser holds for the wave; empty where it holds none."""
    found = request.cookies.get(_name(wave, kiosk=kiosk), "")
    return found if is_secret(found) else ""


def remember_secret(response: Response, wave: SurveyWave, secret: str, *, kiosk: bool) -> Response:
    response.set_cookie(
        _name(wave, kiosk=kiosk),
        secret,
        max_age=None if kiosk else COOKIE_AGE,
        path=_path(wave),
        secure=_settings().is_https,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget_secret(response: Response, wave: SurveyWave, *, kiosk: bool) -> Response:
    """Without its secret the draft can never be read again."""
    response.delete_cookie(
        _name(wave, kiosk=kiosk),
        path=_path(wave),
        secure=_settings().is_https,
        httponly=True,
        samesite="Lax",
    )
    return response


def _name(wave: SurveyWave, *, kiosk: bool) -> str:
    """`__Host-` wherever there is https: then no other site of the same domain can plant a secret that it knows."""
    name = f"plaza-{'kiosk-' if kiosk else ''}draft-{wave.id}"
    return f"__Host-{name}" if _settings().is_https else name


def _path(wave: SurveyWave) -> str:
    """A cookie with the prefix has to be for the whole host; any other is for the survey's own pages."""
    return "/" if _settings().is_https else f"/{wave.city.slug}/surveys/{wave.slug}"


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
