"""What is wrong with the values of a sheet, in sentences for whoever answers."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from citizen.core.i18n import localized, number
from citizen.core.texts import can_be_seen, is_plain
from surveys.logic.expressions import holds
from surveys.logic.path import Path, follow
from surveys.questionnaire import AGREEMENT, DONT_KNOW, OTHER, Kind, OptionRole, Question, Questionnaire, is_day

MAX_OTHER = 300
MAX_FILE_NAME = 100


@dataclass(frozen=True)
class Checked:
    """The way through the questionnaire, the answers that count, and a sentence for each question that has a problem.

    `dropped` are the codes that were answered but are not shown, so that their answers do not count.
    """

    path: Path
    answers: dict[str, Any]
    problems: dict[str, str]
    dropped: tuple[str, ...]


def check(questionnaire: Questionnaire, values: Mapping[str, Any], today: date, districts: Collection[str]) -> Checked:
    """Hold all values against the questionnaire. `districts` are the codes of the city's districts."""
    path = follow(questionnaire, values, today)
    problems: dict[str, str] = {}
    for question in path.questions:
        problem = problem_of(question, values, path.answers, today, districts)
        if problem:
            problems[question.code] = problem
    others = {code: values[code] for code in (f"{q.code}.{OTHER}" for q in path.questions) if code in values}
    dropped = tuple(q.code for q in questionnaire.questions if q.code in values and q.code not in path.answers)
    return Checked(path, path.answers | others, problems, dropped)


def problem_of(
    question: Question, values: Mapping[str, Any], answers: Mapping[str, Any], today: date, districts: Collection[str]
) -> str | None:
    """The first thing that is wrong with the answer to this question; None where it is right."""
    value = values.get(question.code)
    if value in (None, "", [], {}):
        return _missing(question) if question.is_required else None
    if question.kind is Kind.PLACE:
        return next(_place_problems(value, districts), None)
    problem = next(PROBLEMS[question.kind](question, value), None)
    problem = problem or next(_other_problems(question, value, values.get(f"{question.code}.{OTHER}")), None)
    return problem or next(_own_checks(question, answers, today), None)


def _missing(question: Question) -> str:
    if question.kind is Kind.CONSENT:
        return _("Please tick this box to go on.")
    if question.kind.has_rows:
        return _("Please choose an answer in every row.")
    if question.kind.is_written:
        return _("Please write an answer.")
    if question.kind is Kind.NUMBER:
        return _("Please write a number.")
    return _("Please choose an answer.")


def _own_checks(question: Question, answers: Mapping[str, Any], today: date) -> Iterator[str]:
    for own in question.checks:
        if not holds(own.that, answers, today):
            yield str(localized(own.message)) or _("Please check this answer.")


def _foreign() -> str:
    return _("One of these answers does not belong to this question. Please choose again.")


def _single_problems(question: Question, value: Any) -> Iterator[str]:
    if not isinstance(value, str) or question.option(value) is None:
        yield _foreign()


def _multiple_problems(question: Question, value: Any) -> Iterator[str]:
    if not _is_list_of_options(question, value):
        yield _foreign()
        return
    exclusive = {*question.options_as(OptionRole.NONE), *question.options_as(OptionRole.DONT_KNOW)}
    alone = [code for code in value if code in exclusive]
    if alone and len(value) > 1:
        label = localized(question.option(alone[0]).label)  # type: ignore[union-attr]
        yield _("“%(label)s” cannot go with other answers. Please choose the one or the others.", label=label)
    elif not alone:
        yield from _amount_problems(question, len(value))


def _amount_problems(question: Question, chosen: int) -> Iterator[str]:
    if chosen > question.most_chosen:
        most = question.most_chosen
        yield _("You chose %(chosen)s answers. Please choose at most %(most)s.", chosen=chosen, most=most)
    if chosen < question.choose_min:
        yield ngettext(
            "Please choose at least %(num)s answer.", "Please choose at least %(num)s answers.", question.choose_min
        )


def _is_list_of_options(question: Question, value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(code, str) and question.option(code) for code in value)


def _ranking_problems(question: Question, value: Any) -> Iterator[str]:
    if not _is_list_of_options(question, value):
        yield _foreign()
    elif len(set(value)) < len(value):
        yield _("Two answers have the same place. Please give each place once.")
    else:
        yield from _amount_problems(question, len(value))


def _row_problems(question: Question, value: Any) -> Iterator[str]:
    rows = {row.code for row in question.rows}
    columns = {option.code for option in question.options} if question.kind is Kind.MATRIX else set(AGREEMENT)
    if not isinstance(value, Mapping) or set(value) - rows or not all(_is_one_of(v, columns) for v in value.values()):
        yield _foreign()
    elif question.is_required and len(value) < len(rows):
        yield _missing(question)


def _scale_problems(question: Question, value: Any) -> Iterator[str]:
    if value == DONT_KNOW and question.has_dont_know:
        return
    if isinstance(value, bool) or not isinstance(value, int) or value not in question.scale:
        yield _foreign()


def _number_problems(question: Question, value: Any) -> Iterator[str]:
    if value == DONT_KNOW and question.has_dont_know:
        return
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e15:
        yield _("Please write a number, such as 12.")
    elif question.least is not None and value < question.least:
        yield _("Please write a number that is not smaller than %(least)s.", least=number(question.least))
    elif question.most is not None and value > question.most:
        yield _("Please write a number that is not larger than %(most)s.", most=number(question.most))
    elif round(value, question.decimals) != value:
        yield from _decimal_problems(question.decimals)


def _decimal_problems(decimals: int) -> Iterator[str]:
    if decimals == 0:
        yield _("Please write a whole number.")
    else:
        yield ngettext("Please write at most %(num)s decimal.", "Please write at most %(num)s decimals.", decimals)


def _date_problems(question: Question, value: Any) -> Iterator[str]:
    if not is_day(value):
        yield _("Please write a date, such as 31.12.2026.")
    elif question.earliest and value < question.earliest:
        yield _("Please choose a date that is not before %(day)s.", day=_shown_day(question.earliest))
    elif question.latest and value > question.latest:
        yield _("Please choose a date that is not after %(day)s.", day=_shown_day(question.latest))


def _shown_day(text: str) -> str:
    return date.fromisoformat(text).strftime("%d.%m.%Y")


def _text_problems(question: Question, value: Any) -> Iterator[str]:
    if not isinstance(value, str) or not can_be_seen(value):
        yield _("Please write an answer.")
    elif len(value) > question.longest:
        yield _("Please write at most %(most)s characters.", most=question.longest)
    elif not is_plain(value, lines=question.kind is Kind.TEXT):
        yield _("Please write without invisible special characters.")


def _other_problems(question: Question, value: Any, written: Any) -> Iterator[str]:
    codes = value if isinstance(value, list) else [value]
    other = next((one for one in question.options if one.role is OptionRole.OTHER and one.code in codes), None)
    if other is None:
        return
    if not isinstance(written, str) or not can_be_seen(written):
        yield _("Please write what you mean by “%(label)s”.", label=localized(other.label))
    elif len(written) > MAX_OTHER:
        yield _("Please write at most %(most)s characters.", most=MAX_OTHER)
    elif not is_plain(written):
        yield _("Please write on one line, without invisible special characters.")


def _is_one_of(value: Any, known: Collection[str]) -> bool:
    return isinstance(value, str) and value in known


def _place_problems(value: Any, districts: Collection[str]) -> Iterator[str]:
    if not isinstance(value, Mapping) or not _is_one_of(value.get("district"), districts):
        yield _("Please choose a district from the list.")
    elif set(value) - {"district", "point"} or not _is_point(value.get("point", [0, 0])):
        yield _("Please mark the place on the map again.")


def _is_point(point: Any) -> bool:
    """Longitude and latitude in degrees."""
    if not isinstance(point, list) or len(point) != 2:
        return False
    return all(
        isinstance(degree, int | float) and not isinstance(degree, bool) and abs(degree) <= most
        for degree, most in zip(point, (180, 90), strict=True)
    )


def _consent_problems(_question: Question, value: Any) -> Iterator[str]:
    if value is not True:
        yield _foreign()


def _file_problems(_question: Question, value: Any) -> Iterator[str]:
    is_file = isinstance(value, Mapping) and value.keys() == {"name", "file"}
    if not is_file or not all(isinstance(part, str) and _is_file_name(part) for part in value.values()):
        yield _("Please choose the file again.")


def _is_file_name(text: str) -> bool:
    return 0 < len(text) <= MAX_FILE_NAME and "/" not in text and is_plain(text)


def _no_problems(_question: Question, _value: Any) -> Iterator[str]:
    yield from ()


PROBLEMS: dict[Kind, Callable[[Question, Any], Iterator[str]]] = {
    Kind.SINGLE: _single_problems,
    Kind.MULTIPLE: _multiple_problems,
    Kind.RANKING: _ranking_problems,
    Kind.MATRIX: _row_problems,
    Kind.STATEMENTS: _row_problems,
    Kind.SCALE: _scale_problems,
    Kind.NPS: _scale_problems,
    Kind.NUMBER: _number_problems,
    Kind.DATE: _date_problems,
    Kind.LINE: _text_problems,
    Kind.TEXT: _text_problems,
    Kind.CONSENT: _consent_problems,
    Kind.FILE: _file_problems,
    Kind.NOTE: _no_problems,
}
