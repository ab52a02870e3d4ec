"""The surveys of a city, and the page where one begins: the same for everybody."""

from typing import Any

from flask import Response, current_app, g, render_template, url_for
from flask_babel import ngettext

from citizen.core.i18n import current_language
from citizen.core.pages import shared_page
from citizen.core.qr import code_svg
from citizen.core.web import public
from citizen.participation.board import board
from citizen.participation.models import Assurance, Channel
from citizen.participation.poster import poster_pdf
from citizen.participation.statistics import kind_overview, next_change
from surveys import effort
from surveys.models import SurveyWave
from surveys.questionnaire import Kind, Questionnaire
from surveys.views.finding import public_wave, questionnaire_for
from surveys.views.room import bp


@bp.get("/")
@public
def index() -> Response:
    """All published surveys of the city."""
    return shared_page(
        lambda: render_template("surveys/index.html", board=board(kind_overview(g.city, "survey"))),
        next_change(g.city),
    )


@bp.get("/<slug:slug>")
@public
def show(slug: str) -> Response:
    """What it is about, how long it takes, who sees what, until when."""
    wave = public_wave(slug)
    return shared_page(lambda: render_template("surveys/show.html", **start_context(wave)), wave.state)


@bp.get("/<slug:slug>/qr.svg")
@public
def qr(slug: str) -> Response:
    """The address of the survey as a QR code; answers that come by it say so."""
    wave = public_wave(slug)
    return shared_page(lambda: code_svg(_address(wave)), mimetype="image/svg+xml")


@bp.get("/<slug:slug>/poster.pdf")
@public
def poster(slug: str) -> Response:
    """A printable A4 page with the title and the code."""
    wave = public_wave(slug)
    response = Response(poster_pdf(wave, _address(wave), _invitation(wave)), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{wave.slug}.pdf"'
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def start_context(wave: SurveyWave) -> dict[str, Any]:
    """What the start page shows, at home and on a kiosk."""
    questionnaire = questionnaire_for(wave)
    return {
        "wave": wave,
        "questionnaire": questionnaire,
        "amount": _amount(questionnaire),
        "minutes": effort.minutes_for(questionnaire, current_language()),
    }


def _amount(questionnaire: Questionnaire) -> str:
    """How many questions; the most, where it depends on the answers."""
    questions = [question for question in questionnaire.questions if question.kind is not Kind.NOTE]
    depends = any(question.show_if is not None or question.skips for question in questions)
    if depends or any(section.show_if is not None for section in questionnaire.sections):
        return ngettext("Up to %(num)s question", "Up to %(num)s questions", len(questions))
    return ngettext("%(num)s question", "%(num)s questions", len(questions))


def _invitation(wave: SurveyWave) -> str:
    spent = effort.minutes_for(questionnaire_for(wave), current_language())
    if wave.assurance >= Assurance.CONTACT:
        return ngettext("Take part in about %(num)s minute", "Take part in about %(num)s minutes", spent)
    return ngettext(
        "Take part in about %(num)s minute, without an account",
        "Take part in about %(num)s minutes, without an account",
        spent,
    )


def _address(wave: SurveyWave) -> str:
    base = current_app.extensions["settings"].base_url
    return f"{base}{url_for('survey.show', slug=wave.slug, via=Channel.QR.value)}"
