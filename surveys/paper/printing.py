"""The printed form: a tagged PDF (PDF/UA-1) that a screen reader can read, with a number beside every box."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from citizen.core import pdf
from citizen.core.config import ROOT
from citizen.core.i18n import current_language, direction_of, localized, moment
from surveys.models import SurveyWave
from surveys.paper.boxes import PaperForm, paper_form
from surveys.paper.layout import Layout
from surveys.paper.parts import words_of
from surveys.questionnaire import Questionnaire, loaded
from surveys.versions import questionnaire_of

TEMPLATE = ROOT / "templates" / "surveys" / "paper.typ"
KEPT = 32
"""How many printed forms a process keeps."""


def form_pdf(wave: SurveyWave) -> bytes:
    """The form as PDF, in the language of the request: as it was published, or, of a draft, as it is now."""
    asked = questionnaire_of(wave) if wave.version else loaded(wave.survey.document)
    media = Path(current_app.extensions["settings"].media_dir)
    return _compiled(json.dumps(_values(wave, paper_form(asked, wave.city), media), sort_keys=True), str(media))


@lru_cache(KEPT)
def _compiled(values: str, media: str) -> bytes:
    """Texts go in as values, never as markup; pictures are read from the folder of kept ones."""
    Path(media).mkdir(parents=True, exist_ok=True)
    return pdf.compiled(TEMPLATE, {"values": values}, Path(media))


def _values(wave: SurveyWave, form: PaperForm, media: Path) -> dict[str, Any]:
    """All that the page shows."""
    language = current_language()
    return {
        "language": language,
        "direction": direction_of(language),
        "city": wave.city.name,
        "accent": wave.city.accent,
        "title": words_of(form.asked.title or wave.title),
        "wave": words_of(wave.name),
        "intro": words_of(form.asked.intro),
        "how": _how(form.asked),
        "sheet": _("Sheet number (the city writes it here)"),
        "sections": Layout(form, media).sections(),
        "end": _end(wave),
        "thanks": words_of(form.asked.thanks),
        "foot": _foot(wave),
        "page": _("Page"),
    }


def _how(asked: Questionnaire) -> list[str]:
    """How to fill it in."""
    sentences = [
        _("Please use a pen, and tick the boxes like this:"),
        _("Did you tick the wrong box? Fill it in completely, and tick another one."),
    ]
    if any(question.show_if or question.skips for question in asked.questions):
        sentences.append(_("Some questions are not for everybody. The form says where to go on."))
    return sentences


def _end(wave: SurveyWave) -> dict[str, Any]:
    """Where the sheet goes, until when, and what the city does with it."""
    where = localized(wave.paper_return)
    contact = wave.city.contact
    privacy = url_for("cities.privacy", lang=None)
    base = current_app.extensions["settings"].base_url.partition("://")[2]
    sentences = [
        _("Please send or bring it so that it arrives by %(moment)s.", moment=moment(wave.closes_at)),
        _("Please do not write your name on it. The city types the answers in and adds them to all others."),
        _("How the city protects what you write: %(address)s", address=f"{base}{privacy}"),
    ]
    if contact:
        sentences.append(_("Questions? %(contact)s", contact=contact))
    return {
        "title": _("Where this sheet goes"),
        "where": words_of(wave.paper_return) if where else words_of({current_language(): wave.city.name}),
        "sentences": sentences,
    }


def _foot(wave: SurveyWave) -> str:
    version = _("version %(number)s", number=wave.version) if wave.version else _("draft")
    return f"{wave.slug} · {version}"
