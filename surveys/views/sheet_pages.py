"""The pages around a sheet: one page of it, the look at all answers, and the word that it cannot be taken."""

from typing import Any

from flask import Response, request
from flask_babel import gettext as _

from citizen.core.errors import Refused
from citizen.core.i18n import current_language, localized
from citizen.core.pages import compressed
from citizen.core.web import page
from citizen.participation.actions import TooFast
from citizen.participation.identity import with_device
from citizen.participation.models import Assurance
from surveys import actions, effort
from surveys.beginning import began_token
from surveys.files import asks_for_files
from surveys.forms import SheetForm
from surveys.kiosk import IDLE_SECONDS, UNWATCHED_SECONDS
from surveys.logic.path import Page
from surveys.sheets.showing import Sheet, sheet
from surveys.views.finding import home, place
from surveys.views.progress import progress
from surveys.views.sentences import sentences
from surveys.views.sitting import Sitting, has_to_confirm
from surveys.views.summary import summary


def check_page(sitting: Sitting, key: str, *, error: str = "", status: int = 200) -> Response:
    """The check page, with all fields in its form: what is sent is what stands there."""
    wave = sitting.wave
    context = {
        "wave": wave,
        "key": key,
        "began": began_token(wave, sitting.draft.began_at),
        "typed": sitting.current.typed,
        "summary": summary(sitting),
        "error": error,
        "has_to_confirm": has_to_confirm(wave),
        "last_page": sitting.filling.pages[-1].number if sitting.filling.pages else None,
        **look(sitting),
    }
    response = page("surveys/check.html", fragment="surveys/_check.html", status=status, **context)
    return response if sitting.is_kiosk else with_device(response, request, wave, key)


def answering_page(
    sitting: Sitting, here: Page, *, status: int = 200, note: str = "", error: str = "", has_errors: bool = False
) -> Response:
    """The form with one page of the sheet in front, and all others behind it for the browser."""
    live, others = _sheets(sitting, here, has_errors=has_errors)
    errors = live.errors + ([(error, "")] if error else [])
    context = {
        "live": live,
        "others": others,
        "note": NOTES[note]() if note in NOTES else "",
        "errors": errors,
        "has_errors": bool(errors),
        **_form(sitting, live),
        **look(sitting),
    }
    return compressed(page("surveys/answer.html", fragment="surveys/_answer.html", status=status, **context))


def _sheets(sitting: Sitting, here: Page, *, has_errors: bool) -> tuple[Sheet, list[Sheet]]:
    """This page, and all others."""
    filling, title = sitting.filling, localized(sitting.wave.title)
    others = [whole for whole in filling.all_pages if whole.number != here.number]
    live = sheet(filling, filling.whole_page(here.number), sitting.seed, title=title, has_errors=has_errors)
    return live, [sheet(filling, whole, sitting.seed, title=title) for whole in others]


def _form(sitting: Sitting, live: Sheet) -> dict[str, Any]:
    """What the form says around its page, and what it carries."""
    wave, filling = sitting.wave, sitting.filling
    lengths = [effort.seconds(question, current_language()) for question in filling.numbered]
    return {
        "wave": wave,
        "filling": filling,
        "takes_files": asks_for_files(filling.questionnaire),
        "progress": progress(live, lengths),
        "say": sentences(),
        "is_first": filling.page_before(live.number) is None,
        "is_last": filling.page_after(live.number) is None,
        "began": began_token(wave, sitting.draft.began_at),
        "kept": sitting.draft.kept or "",
        "ends_at": actions.ends_with_grace(wave) if not wave.is_open else None,
    }


def page_not_kept(sitting: Sitting, form: SheetForm, refusal: Refused) -> Response:
    """The same page with everything that was typed on it, and why it was not kept."""
    typed = sitting.with_page(form)(sitting.draft)
    unsaved = Sitting(sitting.wave, sitting.secret, typed, is_new=sitting.is_new, is_kiosk=sitting.is_kiosk)
    here = unsaved.filling.page_for(1)
    same = next((one for one in unsaved.filling.pages if one.number == form.page), here)
    if same is None:
        return closed_page(sitting, refusal.sentence, status=refusal.status)
    response = answering_page(unsaved, same, status=refusal.status, error=refusal.sentence)
    if isinstance(refusal, TooFast):
        response.headers["Retry-After"] = str(refusal.seconds)
    return response


def closed_page(sitting: Sitting, sentence: str = "", *, status: int = 409) -> Response:
    """What somebody reads whose sheet cannot be taken any more, or was taken already as something else."""
    wave = sitting.wave
    context = {"wave": wave, "sentence": sentence or actions.closed_sentence(wave), **look(sitting)}
    return page("surveys/refused.html", fragment="surveys/_refused.html", status=status, **context)


NOTES = {
    "gap": lambda: _("Please answer this page first. Then you can go on."),
    "more": lambda: _("One more question came up because of what you answered."),
    "changed": lambda: _(
        "The city has changed this survey since you began. Your answers are still here, but for those to questions "
        "that are different now. Please look at them again."
    ),
    "lost": lambda: _(
        "We found no answers of yours on this device. If your browser keeps no cookies, please allow one for this "
        "page: it keeps your answers until you send them."
    ),
    "mailed": lambda: _("We have sent you the link. Your answers are kept until the survey ends."),
    "fresh": lambda: _("Everything is empty again. You can start from the beginning."),
}
"""What a page may have to say first, by the word that stands for it in the address."""


def look(sitting: Sitting) -> dict[str, Any]:
    """What every page around a sheet needs."""
    wave = sitting.wave
    return {
        "place": lambda name, /, **values: place(wave, name, **values),
        "home": home(wave),
        "is_kiosk": sitting.is_kiosk,
        "idle_seconds": IDLE_SECONDS,
        "unwatched_seconds": UNWATCHED_SECONDS,
        "may_mail_link": wave.assurance >= Assurance.CONTACT and not sitting.is_kiosk,
    }
