"""Words that other tools show by themselves, so that no file has them: answers such as "Yes" and "Other"."""

from collections.abc import Sequence
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from citizen.core.i18n import WRITTEN
from surveys.importers.languages import language_name
from surveys.importers.report import Entry

YES, NO, OTHER, NONE = _l("Yes"), _l("No"), _l("Other"), _l("None of these")
DONT_KNOW, REFUSED = _l("I don't know"), _l("I prefer not to say")
UNCERTAIN, INCREASE, SAME, DECREASE = _l("Uncertain"), _l("Increase"), _l("Same"), _l("Decrease")
FEMALE, MALE = _l("Female"), _l("Male")
COMMENT, FROM, TO = _l("Your comment"), _l("from"), _l("to")
PLEASE_CHECK = _l("Please check this answer.")


def written(word: Any, languages: Sequence[str], entry: Entry) -> dict[str, str]:
    """The word in the city's languages that we know it in; says on the entry which languages are missing."""
    known = [code for code in languages if code in WRITTEN] or [languages[0]]
    missing = [language_name(code) for code in languages if code not in WRITTEN]
    if missing:
        entry.keep(
            _("Some words here are ours. Please write them also in: %(languages)s.", languages=", ".join(missing))
        )
    return {code: _in(code, word) for code in known}


def _in(code: str, word: Any) -> str:
    with force_locale(code):
        return str(word)
