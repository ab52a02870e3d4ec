"""The pages of a kiosk: it returns to its start by itself, and nothing of one visitor stays for the next."""

from flask import Response, request, url_for

from citizen.core.web import page, public
from surveys.kiosk import is_kiosk_device, is_token, make_kiosk
from surveys.views.browser import forget_secret
from surveys.views.finding import place, public_wave, see_other
from surveys.views.room import bp
from surveys.views.start import start_context

LOOK_AGAIN_SECONDS = 300
"""A kiosk that nobody uses finds out by itself that its wave has opened or closed."""


@bp.get("/<slug:slug>/kiosk/<token>")
@public
def open_kiosk(slug: str, token: str) -> Response:
    """Turn this device into a kiosk of the wave, where staff gave out the link and the wave has not ended."""
    wave = public_wave(slug)
    if not is_token(token, wave):
        return page("surveys/no_kiosk.html", wave=wave, status=410)
    return make_kiosk(see_other(url_for(".kiosk_start", slug=wave.slug)), wave, token)


@bp.get("/<slug:slug>/kiosk")
@public
def kiosk_start(slug: str) -> Response:
    """Where every visitor of the kiosk begins. Whatever the one before left behind can be opened no more."""
    wave = public_wave(slug)
    if not is_kiosk_device(request, wave):
        return see_other(place(wave, "show"))
    response = page("surveys/kiosk.html", **start_context(wave), is_kiosk=True, home=request.path)
    response.headers["Refresh"] = str(LOOK_AGAIN_SECONDS)
    return forget_secret(response, wave, kiosk=True)
