"""The one constraint of a question in XLSForm: how many, from where to where, and the city's own checks."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _

from surveys.exporters.xlsform.ground import Cells, Ground
from surveys.exporters.xlsform.xpath import Unsayable, number
from surveys.importers.xlsform import constraints as reading
from surveys.questionnaire import Check, Kind, Question

WITH_OWN_WORDS = {Kind.NUMBER, Kind.DATE, Kind.LINE, Kind.TEXT}
"""Kinds whose bounds our reader leaves in a check where a message belongs to them."""


def constraint_of(question: Question, ground: Ground) -> Cells:
    """The cells of the constraint and of its message."""
    bounds = list(_bounds(question, ground))
    checks = [check for check in question.checks if ground.condition(check.that, question.code, question.code)]
    _tell(question, checks, ground, has_bounds=bool(bounds))
    is_alone = len(bounds) + len(checks) == 1
    own = [ground.part(check.that, question.code, is_alone=is_alone) for check in checks]
    message = ground.texts("constraint_message", checks[0].message, question.code) if checks else {}
    return {"constraint": " and ".join([*bounds, *own])} | message


def _tell(question: Question, checks: list[Check], ground: Ground, *, has_bounds: bool) -> None:
    if len(checks) > 1:
        ground.say(question.code, _("XLSForm knows one check for a question. Its checks are one now."))
    if checks and checks[0].message and has_bounds and question.kind in WITH_OWN_WORDS:
        ground.say(question.code, _("The bounds and the check of this question are one check now."))
    if checks and not any(checks[0].message.values()):
        ground.say(question.code, _("The check of this question has no words. Our importer gives it some."))
    for check in checks:
        if _is_bound(question, check):
            ground.say(question.code, _("This check is read as a bound, not as a check."))


def _is_bound(question: Question, check: Check) -> bool:
    """True where our reader takes a part of the check for a bound."""
    if check.message and question.kind in WITH_OWN_WORDS:
        return False
    own, is_whole = ["answer", question.code], question.decimals == 0
    found = reading.constraint_of(check.that, own, question.kind, question.options, is_whole=is_whole)
    return bool(found.fields or found.roles)


def _bounds(question: Question, ground: Ground) -> Iterator[str]:
    if question.kind is Kind.MULTIPLE:
        yield from _amounts(question)
    elif question.kind is Kind.NUMBER:
        yield from _numbers(question, ground)
    elif question.kind is Kind.DATE:
        days = ((">=", question.earliest), ("<=", question.latest))
        yield from (f". {sign} date('{day}')" for sign, day in days if day)
    elif question.kind.is_written and question.max_length:
        yield f"string-length(.) <= {question.max_length}"


def _amounts(question: Question) -> Iterator[str]:
    alone = [option.code for option in question.options if option.role in reading.EXCLUSIVE]
    if question.choose_max:
        yield f"count-selected(.) <= {question.choose_max}"
    if question.choose_min:
        least = " or ".join(
            [f"count-selected(.) >= {question.choose_min}", *(f"selected(., '{code}')" for code in alone)]
        )
        yield f"({least})" if alone else least
    yield from (f"not(selected(., '{code}') and count-selected(.) > 1)" for code in alone)


def _numbers(question: Question, ground: Ground) -> Iterator[str]:
    bounds: tuple[tuple[str, Any], ...] = ((">=", question.least), ("<=", question.most))
    for sign, value in bounds:
        if value is not None:
            try:
                yield f". {sign} {number(value)}"
            except Unsayable:
                ground.say(question.code, _("A bound of this number is too large or too small for XLSForm."))
