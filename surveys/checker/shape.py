"""Errors of form: codes, options, bounds, and questions that nobody could answer."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from flask_babel import gettext as _

from surveys.checker.ground import Finding, Ground, Spot
from surveys.questionnaire import END, RESERVED, Kind, Option, OptionRole, Question

FORM_FIELDS = {"began", "clear", "csrf_token", "go", "kept", "key", "page", "version", "whole"}
"""Names that the form of the answering page needs for itself."""

MOST_RANKED = 30
"""What nobody can rank; and every pair of ranked things is a counter of its own."""

POSSIBLE_ROLES = {
    Kind.SINGLE: set(OptionRole),
    Kind.MULTIPLE: set(OptionRole),
    Kind.MATRIX: {OptionRole.PLAIN, OptionRole.NONE, OptionRole.DONT_KNOW},
    Kind.RANKING: {OptionRole.PLAIN},
}


def findings(ground: Ground) -> Iterator[Finding]:
    if all(spot.question.kind is Kind.NOTE for spot in ground.spots):
        yield Finding("error", ("sections",), _("Please add a question. There is nothing to answer yet."))
    yield from _codes(ground)
    for spot in ground.spots:
        yield from _options(spot)
        yield from _rows(spot)
        yield from _amounts(spot)
        yield from _bounds(spot)
        yield from _answerable(spot, ground)


def _codes(ground: Ground) -> Iterator[Finding]:
    used: set[str] = set()
    for place, section in ground.numbered_sections():
        problem = _code_problem(section.code, used, {END})
        if problem:
            yield Finding("error", ("sections", place, "code"), problem)
        used.add(section.code)
    for spot in ground.spots:
        problem = _code_problem(spot.question.code, used, RESERVED)
        if problem:
            yield spot.error(problem, "code")
        used.add(spot.question.code)


def _code_problem(code: str, used: set[str], reserved: Collection[str]) -> str | None:
    if code in reserved:
        return _("The form itself needs the code “%(code)s”. Please choose another code.", code=code)
    if code in used:
        return _("Two parts have the code “%(code)s”. Please give each question and section its own code.", code=code)
    return None


def _options(spot: Spot) -> Iterator[Finding]:
    question = spot.question
    if not question.kind.has_options:
        return
    if len(question.options) < 2:
        is_matrix = question.kind is Kind.MATRIX
        yield spot.error(
            _("Please offer at least two columns.") if is_matrix else _("Please offer at least two options."), "options"
        )
    for index in _repeated(option.code for option in question.options):
        code = question.options[index].code
        sentence = _("Two options have the code “%(code)s”. Please give each option its own code.", code=code)
        yield spot.error(sentence, "options", index, "code")
    yield from _roles(spot)


def _roles(spot: Spot) -> Iterator[Finding]:
    """One “none of these” excludes everything; a second one says nothing more, and nobody knows which to take."""
    question, seen = spot.question, Counter[OptionRole]()
    for index, option in enumerate(question.options):
        seen[option.role] += 1
        if option.role not in POSSIBLE_ROLES[question.kind]:
            yield spot.error(_misplaced(question, option), "options", index, "role")
        elif option.role is not OptionRole.PLAIN and seen[option.role] == 2:
            yield spot.error(_twice(option.role), "options", index, "role")


def _misplaced(question: Question, option: Option) -> str:
    if question.kind is Kind.RANKING:
        return _(
            "A ranking holds only what can be ranked. Please make option “%(code)s” a usual one.", code=option.code
        )
    return _("A table has no line to write on. Please make column “%(code)s” a usual one.", code=option.code)


def _twice(role: OptionRole) -> str:
    sentences = {
        OptionRole.NONE: _("Please offer “none of these” only once."),
        OptionRole.OTHER: _("Please offer “something else” only once."),
        OptionRole.DONT_KNOW: _("Please offer “I don't know” only once."),
    }
    return sentences[role]


def _rows(spot: Spot) -> Iterator[Finding]:
    question = spot.question
    if not question.kind.has_rows:
        return
    if not question.rows:
        is_matrix = question.kind is Kind.MATRIX
        yield spot.error(_("Please add a row.") if is_matrix else _("Please add a statement."), "rows")
    for index in _repeated(row.code for row in question.rows):
        code = question.rows[index].code
        sentence = _("Two rows have the code “%(code)s”. Please give each row its own code.", code=code)
        yield spot.error(sentence, "rows", index, "code")


def _repeated(codes: Iterable[str]) -> Iterator[int]:
    """Places at which a code stands that came before."""
    seen: set[str] = set()
    for index, code in enumerate(codes):
        if code in seen:
            yield index
        seen.add(code)


def _amounts(spot: Spot) -> Iterator[Finding]:
    question = spot.question
    if question.kind is Kind.RANKING and len(question.options) > MOST_RANKED:
        words = _("Nobody can rank more than %(most)s things. Please offer fewer.", most=MOST_RANKED)
        yield spot.error(words, "options")
    if question.kind not in {Kind.MULTIPLE, Kind.RANKING} or len(question.options) < 2:
        return
    alone = {OptionRole.NONE, OptionRole.DONT_KNOW}
    together = sum(option.role not in alone for option in question.options)
    most = min(question.most_chosen, together)
    if question.choose_min > most:
        yield spot.error(
            _(
                "People have to choose at least %(least)s options, but can choose only %(most)s. "
                "Please make the smallest number smaller.",
                least=question.choose_min,
                most=most,
            ),
            "choose_min",
        )


def _bounds(spot: Spot) -> Iterator[Finding]:
    question = spot.question
    if question.kind is Kind.SCALE and question.low >= question.high:
        yield spot.error(_("Please let the scale end at a number that is larger than the first one."), "high")
    if question.kind is Kind.NUMBER:
        yield from _number_bounds(spot)
    if question.kind is Kind.DATE:
        yield from _day_bounds(spot)


def _number_bounds(spot: Spot) -> Iterator[Finding]:
    question = spot.question
    if question.least is None or question.most is None:
        return
    step = 10**question.decimals
    if question.least > question.most:
        yield spot.error(_("The smallest number is larger than the largest. Please exchange them."), "least")
    elif math.ceil(question.least * step) > math.floor(question.most * step):
        yield spot.error(
            _("No number with so few decimals lies between the smallest and the largest. Please allow more decimals."),
            "decimals",
        )


def _day_bounds(spot: Spot) -> Iterator[Finding]:
    question = spot.question
    if question.earliest and question.latest and question.earliest > question.latest:
        yield spot.error(_("The first possible day comes after the last one. Please exchange them."), "earliest")


def _answerable(spot: Spot, ground: Ground) -> Iterator[Finding]:
    question = spot.question
    if question.kind is Kind.PLACE and not ground.districts:
        yield spot.error(
            _("Your city has no districts yet, so nobody can answer this. Please add them in the settings first."),
            "kind",
        )
    if question.kind is Kind.NOTE and question.is_required:
        yield spot.error(_("Nobody can answer an explanation. Please do not make it required."), "is_required")
