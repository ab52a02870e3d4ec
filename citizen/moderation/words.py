"""Causes, rules, verdicts and reasons as people read them."""

from collections.abc import Callable, Mapping

from flask_babel import gettext as _
from flask_babel import ngettext

from citizen.cities.models import City
from citizen.core.i18n import localized
from citizen.moderation import sources
from citizen.moderation.models import Cause, ModerationHit, Statement, Verdict
from citizen.moderation.personal_data import Kind
from citizen.moderation.settings import reasons_of


def cause_words() -> dict[str, str]:
    """Why a text is in the inbox."""
    return {
        Cause.REPORTED.value: _("Reported"),
        Cause.FLAGGED.value: _("A rule points to it"),
        Cause.BEFORE.value: _("Before publication"),
        Cause.AFTER.value: _("After publication"),
    }


def rule_words() -> dict[str, str]:
    """What each rule looks at, for whoever filters or switches rules off."""
    return {
        "words": _("Words of the city's lists"),
        "links": _("Many links"),
        "capitals": _("Capital letters"),
        "repeats": _("The same again and again within a text"),
        "repeated": _("The same text several times"),
        "burst": _("Many texts of one author at once"),
        "new_author": _("First text of an author"),
        "personal_data": _("Personal data"),
    }


def kind_words() -> dict[str, str]:
    """What personal data were found."""
    return {
        Kind.MAIL.value: _("an email address"),
        Kind.PHONE.value: _("a phone number"),
        Kind.ACCOUNT.value: _("a bank account"),
        Kind.PLATE.value: _("a number plate"),
        Kind.NAME.value: _("a name"),
    }


EXPLAINED: Mapping[str, Callable[[str], str]] = {
    "words": lambda found: _("It holds words of your lists: %(words)s.", words=found),
    "links": lambda found: ngettext("It holds %(num)s link.", "It holds %(num)s links.", int(found or 0)),
    "capitals": lambda _found: _("It is written in capital letters."),
    "repeats": lambda _found: _("It says the same again and again."),
    "repeated": lambda found: ngettext(
        "The same text came %(num)s more time.", "The same text came %(num)s more times.", int(found or 0)
    ),
    "burst": lambda found: ngettext(
        "Its author sent %(num)s text within ten minutes.",
        "Its author sent %(num)s texts within ten minutes.",
        int(found or 0),
    ),
    "new_author": lambda _found: _("It is the first text of its author."),
    "personal_data": lambda found: _("It may hold %(kinds)s.", kinds=_kinds(found)),
}
"""By rule: why it points to a text."""


def explain(hit: ModerationHit) -> str:
    """A sentence for the moderator; rules of features bring their own."""
    if hit.rule in EXPLAINED:
        return EXPLAINED[hit.rule](hit.found)
    return sources.explanations().get(hit.rule, hit.rule)


def _kinds(found: str) -> str:
    words = kind_words()
    return ", ".join(words.get(kind, kind) for kind in found.split(",") if kind)


def verdict_words() -> dict[str, str]:
    return {
        Verdict.APPROVE.value: _("Shown"),
        Verdict.REJECT.value: _("Not shown"),
        Verdict.RESTORE.value: _("Brought back"),
        Verdict.BLOCK.value: _("Author blocked"),
    }


def reason_names(city: City) -> dict[str, str]:
    """Names of all reasons, those of the past too."""
    return {code: str(localized(reason.name)) for code, reason in reasons_of(city).items()}


def restriction_words(statement: Statement) -> str:
    """What was restricted, as the title of the page that the author reads."""
    if statement.decision.verdict == Verdict.BLOCK:
        return _("You cannot write here for now")
    return _("Your text was hidden") if statement.was_shown else _("Your text was not published")


def reach_words(statement: Statement) -> str:
    """How far the restriction goes."""
    if statement.decision.verdict == Verdict.BLOCK:
        return _("You cannot send ideas, comments or other texts in this city. You can still read, answer and vote.")
    return _("The text is shown nowhere: on no page, in no list, in no download. Its place says that it was hidden.")


def machine_words(statement: Statement) -> str:
    """Whether a program took part."""
    if statement.had_machine:
        return _("A program pointed to the text. A person read it and decided.")
    return _("No program took part. A person read the text and decided.")
