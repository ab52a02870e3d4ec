"""Levels, channels, states and rules as people read them."""

from flask_babel import gettext as _

from citizen.participation.models import Assurance, Channel, ResultsRule, State


def assurance_words(level: Assurance) -> str:
    """What the level means for whoever reads a result."""
    return {
        Assurance.OPEN: _("Everybody, as often as they liked. Nobody checked who answered or where people live."),
        Assurance.DEVICE: _("One answer per device. Nobody checked where people live."),
        Assurance.CONTACT: _("One answer per confirmed email address. Nobody checked where people live."),
        Assurance.ENTITLED: _("One answer per code that the city sent out."),
        Assurance.VERIFIED: _("One answer per person, checked with an electronic ID card."),
    }[level]


def channel_words(channel: Channel) -> str:
    return {
        Channel.WEB: _("on the web"),
        Channel.QR: _("by QR code"),
        Channel.KIOSK: _("at a kiosk"),
        Channel.PAPER: _("on paper"),
        Channel.EVENT: _("at an event"),
        Channel.EMBED: _("on another website"),
        Channel.API: _("by another program"),
        Channel.INVITED: _("by invitation"),
    }[channel]


def state_words(state: State) -> str:
    return {
        State.DRAFT: _("Draft"),
        State.UPCOMING: _("Coming"),
        State.OPEN: _("Open"),
        State.CLOSED: _("Closed"),
        State.WITHDRAWN: _("Withdrawn"),
    }[state]


def results_rules() -> dict[str, str]:
    """When the public sees a result, for whoever chooses."""
    return {
        ResultsRule.ALWAYS.value: _("At any time"),
        ResultsRule.AFTER_ANSWER.value: _("After they have answered, and everybody after closing"),
        ResultsRule.AFTER_CLOSE.value: _("After closing"),
    }


def levels() -> dict[int, str]:
    """Who may answer, for whoever chooses among the levels that need no register."""
    return {
        Assurance.OPEN.value: _(
            "Everybody, as often as they like. Good for a quick show of opinions on a screen at an event."
        ),
        Assurance.DEVICE.value: _("Everybody, once per device. Right in most cases."),
        Assurance.CONTACT.value: _("People who confirm an email address, once per address. Fewer people answer."),
    }
