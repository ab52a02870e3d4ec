"""The survey on paper: the form to print."""

from flask import Response, abort

from citizen.core.web import public
from citizen.participation.models import State
from surveys import rules
from surveys.paper.printing import form_pdf
from surveys.views.finding import public_wave
from surveys.views.room import bp


@bp.get("/<slug:slug>/paper.pdf")
@public
def paper(slug: str) -> Response:
    """For whoever has no device; later it shows what was asked. None where sheets on paper could not count."""
    wave = public_wave(slug)
    if wave.state is State.WITHDRAWN or not rules.takes_paper(wave):
        abort(404)
    response = Response(form_pdf(wave), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{wave.slug}.pdf"'
    response.headers["Cache-Control"] = "public, max-age=60"
    return response
