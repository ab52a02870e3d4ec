"""How results are said: titles, numbers of people, periods, bins."""

from datetime import date

from babel import Locale
from babel.dates import format_skeleton
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from citizen.core.i18n import localized
from citizen.participation.report import number
from insights.histograms import Bin
from surveys.questionnaire import Question
from surveys.sheets.piping import NOTHING_YET, PIPE, piped
from surveys.statistics.found import QuestionFound


def title_of(question: Question) -> Markup:
    """The question as it was asked. Where each person read an answer of their own there are dots."""
    return piped(question.text, lambda _code: "") or Markup.escape(question.code)


def plain_title(question: Question) -> str:
    """The same without marks, for tables and programs."""
    return PIPE.sub(NOTHING_YET, str(localized(question.text))) or question.code


def people(n: int) -> str:
    return ngettext("%(n)s response", "%(n)s responses", n, n=number(n))


def facts(found: QuestionFound) -> str:
    """How many answered, how many did not, how many did not know: one sentence each, those with nobody left out."""
    said = [ngettext("%(n)s person answered.", "%(n)s people answered.", found.answered, n=number(found.answered))]
    if found.missing:
        n = found.missing
        said.append(ngettext("%(n)s did not answer.", "%(n)s did not answer.", n, n=number(n)))
    if found.unsure:
        n = found.unsure
        words = ngettext(
            "%(n)s does not know or does not say; the shares leave this answer out.",
            "%(n)s do not know or do not say; the shares leave these answers out.",
            n,
            n=number(n),
        )
        said.append(words)
    return " ".join(said)


def figure(value: float | None, digits: int = 1) -> str:
    """A mean or a median; a dash where there is none."""
    if value is None:
        return "–"
    rounded = round(value, digits)
    return number(rounded) if rounded >= 0 else f"−{number(-rounded)}"


def signed(value: float, digits: int = 0) -> str:
    """With its sign, as differences and scores have one."""
    rounded = round(value, digits)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{number(abs(rounded))}"


def bin_words(found: Bin, *, is_whole: bool) -> str:
    """Whole numbers by the first and the last that lie in the bin; others from one edge up to the next."""
    if found.low is None:
        return _("less than %(high)s", high=number(found.high or 0))
    if found.high is None:
        return _("%(low)s and more", low=number(found.low))
    if not is_whole:
        return _("%(low)s to less than %(high)s", low=number(found.low), high=number(found.high))
    last = found.high - 1
    return (
        number(found.low) if last == found.low else _("%(low)s to %(high)s", low=number(found.low), high=number(last))
    )


def period_words(code: str) -> str:
    """ "2026-01" as the language writes a month; years as they are; ten years from the first to the last."""
    if code.endswith("s"):
        first = int(code[:-1])
        return _("%(low)s to %(high)s", low=first, high=first + 9)
    if "-" in code:
        year, _hyphen, month = code.partition("-")
        locale = get_locale() or Locale("en")
        return str(format_skeleton("yMMM", date(int(year), int(month), 1), locale=locale))
    return code
