"""What a question asks for beyond its words, as a hint that stands under it."""

from flask_babel import gettext as _
from flask_babel import ngettext

from citizen.core.i18n import number
from surveys.questionnaire import Kind, OptionRole, Question
from surveys.sheets.words import day_words

EXCLUSIVE = {OptionRole.NONE, OptionRole.DONT_KNOW}


def bounds_of(question: Question) -> str:
    """One or two short sentences; empty where there is nothing to say."""
    say = {
        Kind.MULTIPLE: _amount,
        Kind.RANKING: _ranks,
        Kind.NUMBER: _numbers,
        Kind.DATE: _days,
        Kind.LINE: _length,
        Kind.TEXT: _length,
    }.get(question.kind)
    return say(question) if say else ""


def most_that_binds(question: Question) -> int:
    """How many may be chosen where fewer than all may; else 0."""
    together = sum(option.role not in EXCLUSIVE for option in question.options)
    return question.most_chosen if question.most_chosen < together else 0


def too_few(least: int) -> str:
    return ngettext("Please choose at least %(num)s answer.", "Please choose at least %(num)s answers.", least)


def too_fine(decimals: int) -> str:
    return ngettext("Please write at most %(num)s decimal.", "Please write at most %(num)s decimals.", decimals)


def _amount(question: Question) -> str:
    least, most = question.choose_min, most_that_binds(question)
    if least and least == most:
        return ngettext("Choose %(num)s answer.", "Choose %(num)s answers.", most)
    if least and most:
        return _("Choose %(least)s to %(most)s answers.", least=least, most=most)
    if most:
        return ngettext("Choose up to %(num)s answer.", "Choose up to %(num)s answers.", most)
    if least:
        return ngettext("Choose at least %(num)s answer.", "Choose at least %(num)s answers.", least)
    return _("Choose all that fit.")


def _ranks(question: Question) -> str:
    most = most_that_binds(question)
    if most:
        return _("Put the most important first. You can rank up to %(most)s.", most=most)
    return _("Put the most important first.")


def _numbers(question: Question) -> str:
    least, most = question.least, question.most
    if least is not None and most is not None:
        return _("A number from %(least)s to %(most)s.", least=number(least), most=number(most))
    if least is not None:
        return _("A number from %(least)s upwards.", least=number(least))
    return _("A number up to %(most)s.", most=number(most)) if most is not None else ""


def _days(question: Question) -> str:
    earliest, latest = question.earliest, question.latest
    if earliest and latest:
        return _("From %(earliest)s to %(latest)s.", earliest=day_words(earliest), latest=day_words(latest))
    if earliest:
        return _("Not before %(day)s.", day=day_words(earliest))
    return _("Not after %(day)s.", day=day_words(latest)) if latest else ""


def _length(question: Question) -> str:
    return _("At most %(most)s characters.", most=number(question.longest)) if question.max_length else ""
