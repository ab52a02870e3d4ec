"""Every sentence that the browser may say while somebody answers, so that it is translated. It fills in the {braces}.

The same words as those of the server: surveys.sheets.checking, surveys.views.sheet_pages.
"""

from flask_babel import gettext as _

from surveys.views import progress


def sentences() -> dict[str, str]:
    """By the name that the script calls them, as attributes data-say-… of the form."""
    return progress.sentences() | _steps() | _sending() | _keeping() | _missing() | _numbers_and_days() | _choices()


def _steps() -> dict[str, str]:
    return {
        "next": _("Next"),
        "check": _("Check my answers"),
        "send": _("Send my answers"),
        "not-answered": _("Not answered"),
        "change": _("Change"),
        "agreed": _("Yes"),
        "error": _("Error:"),
    }


def _sending() -> dict[str, str]:
    return {
        "sending": _("Sending …"),
        "retry": _("Try again"),
        "offline": _(
            "There is no connection right now. Your answers are kept on this device and go out as soon as it is back."
        ),
        "failed": _("Your answers did not arrive. Nothing is lost. Please try again."),
        "gone": _("This page is out of date. Please load it again."),
        "wait": _("Many people are answering at this moment. We send your answers again in {seconds} seconds."),
    }


def _keeping() -> dict[str, str]:
    return {
        "restored": _("These are your answers from last time. You can go on."),
        "changed": _(
            "The city has changed this survey since you began. Your answers are still here, but for those to questions "
            "that are different now. Please look at them again."
        ),
        "sure": _("Do you want to remove all your answers?"),
        "sure-no": _("Keep my answers"),
        "sure-yes": _("Remove them"),
        "idle": _("Are you still there? This page starts again in {seconds} seconds."),
        "idle-stay": _("I am still here"),
    }


def _missing() -> dict[str, str]:
    return {
        "missing-choice": _("Please choose an answer."),
        "missing-text": _("Please write an answer."),
        "missing-number": _("Please write a number."),
        "missing-rows": _("Please choose an answer in every row."),
        "missing-consent": _("Please tick this box to go on."),
        "missing-check": _("Please check this answer."),
        "other-missing": _("Please write what you mean by “{label}”."),
        "district": _("Please choose a district from the list."),
        "too-long": _("Please write at most {most} characters."),
    }


def _numbers_and_days() -> dict[str, str]:
    return {
        "number": _("Please write a number, such as 12."),
        "whole": _("Please write a whole number."),
        "too-small": _("Please write a number that is not smaller than {least}."),
        "too-large": _("Please write a number that is not larger than {most}."),
        "date": _("Please write a date, such as 31.12.2026."),
        "too-early": _("Please choose a date that is not before {day}."),
        "too-late": _("Please choose a date that is not after {day}."),
    }


def _choices() -> dict[str, str]:
    return {
        "too-many": _("You chose {count} answers. Please choose at most {most}."),
        "alone": _("“{label}” cannot go with other answers. Please choose the one or the others."),
        "alone-taken": _("“{label}” takes the place of your other answers. Tap it again to bring them back."),
        "alone-back": _("Your other answers are back."),
        "alone-gone": _("“{label}” was taken back."),
    }
