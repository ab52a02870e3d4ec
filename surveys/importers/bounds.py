"""How large a file and what comes out of it may be."""

import orjson
from flask_babel import gettext as _
from pydantic import ValidationError

from citizen.core.errors import Refused
from surveys.questionnaire import MAX_QUESTIONS, MAX_SECTIONS, Questionnaire, dumped

MAX_FILE = 10 * 1024 * 1024
MAX_DOCUMENT = 2 * 1024 * 1024
"""Bytes of a file, and of a questionnaire as JSON."""

MAX_CHOICES = 20_000

MAX_CELLS = 40
"""So many cells of a table to fill in become questions; with more it is no longer a survey for a phone."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"


def check_size(content: bytes) -> None:
    """Refuses what is too large to be read at all."""
    if not content:
        raise Refused(_("This file is empty."), status=422)
    if len(content) > MAX_FILE:
        raise Refused(_("This file is larger than 10 MB. Please take out pictures and extra sheets."), status=422)


def check_questionnaire(questionnaire: Questionnaire) -> None:
    """Refuses what has nothing to ask, or more than a survey may have."""
    questions = list(questionnaire.questions)
    if not questions:
        raise Refused(_("We found no question in this file."), status=422)
    check_questions(len(questions))
    check_choices(sum(len(question.options) + len(question.rows) for question in questions))
    if len(orjson.dumps(dumped(questionnaire))) > MAX_DOCUMENT:
        raise Refused(_("The texts of this file are too long for one survey. Please split it."), status=422)


def check_questions(number: int) -> None:
    """Refuses more questions than a survey may have."""
    if number > MAX_QUESTIONS:
        sentence = _("The file has %(n)s questions. A survey may have %(most)s.", n=number, most=MAX_QUESTIONS)
        raise Refused(sentence, status=422)


def check_choices(number: int) -> None:
    """Refuses more answers and rows, in all questions together, than can be read in time."""
    if number > MAX_CHOICES:
        sentence = _("The questions in this file have more than %(most)s answers and rows together.", most=MAX_CHOICES)
        raise Refused(sentence, status=422)


def check_sections(number: int) -> None:
    """Refuses more sections than a survey may have, before the questionnaire is put together."""
    if number > MAX_SECTIONS:
        sentence = _("The file has %(n)s sections. A survey may have %(most)s.", n=number, most=MAX_SECTIONS)
        raise Refused(sentence, status=422)


def unknown_format(content: bytes) -> str:
    """Why a file cannot be read, as a sentence."""
    if content.startswith(b"%PDF"):
        return _("This is a PDF. Please bring the questionnaire as XLSForm, LimeSurvey or SurveyJS file.")
    if content.startswith((ZIP, b"PK\x05\x06")):
        return _("This is no Excel workbook. Please save it as “.xlsx” and bring it again.")
    if content.startswith(OLE):
        return _("This is no Excel workbook, or it is locked with a password. Please save it without one.")
    return _(
        "We do not know this format. "
        "Plaza reads XLSForm (.xlsx, .xls), LimeSurvey (.lss, .lsg, .lsq) and SurveyJS (.json)."
    )


def unfit(error: ValidationError) -> str:
    """Where something does not fit into a questionnaire of ours, as a sentence."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(step) for step in first["loc"])
    return _("Something in this file does not fit into a survey (%(place)s: %(why)s).", place=place, why=first["msg"])
