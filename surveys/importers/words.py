"""The report of an import in words, for the page and the command line."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from surveys.importers.report import Element, ImportReport, Severity

FORMATS = {"xlsform": "XLSForm", "limesurvey": "LimeSurvey", "surveyjs": "SurveyJS"}
"""What the formats call themselves."""


def element_words(element: Element) -> str:
    words: dict[Element, Callable[[], str]] = {
        Element.QUESTION: lambda: _("Question"),
        Element.TEXT: lambda: _("Text"),
        Element.SECTION: lambda: _("Section"),
        Element.OPTION: lambda: _("Option"),
        Element.SETTING: lambda: _("Setting"),
        Element.CALCULATION: lambda: _("Calculation"),
        Element.OTHER: lambda: _("Other"),
    }
    return words[element]()


def severity_words(severity: Severity) -> str:
    words: dict[Severity, Callable[[], str]] = {
        Severity.KEPT: lambda: _("Came over"),
        Severity.CHANGED: lambda: _("Changed"),
        Severity.LOST: lambda: _("Not possible"),
    }
    return words[severity]()


def summary(report: ImportReport) -> list[str]:
    """How many questions came over, were changed on the way, and could not come."""
    n, changed, lost = report.questions_imported, report.questions_changed, report.questions_skipped
    sentences = [ngettext("%(num)s question came over.", "%(num)s questions came over.", n)]
    if changed:
        sentences.append(ngettext("%(num)s of them was changed.", "%(num)s of them were changed.", changed))
    if lost:
        sentences.append(ngettext("%(num)s question could not.", "%(num)s questions could not.", lost))
    elif n:
        sentences.append(_("No question was lost."))
    return sentences
