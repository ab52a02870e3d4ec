"""What a city has going on, as cards that pages can show."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from citizen.core.i18n import Text, localized, moment, until
from citizen.participation.models import State
from citizen.participation.statistics import Listed, Overview


@dataclass(frozen=True)
class Card:
    """One consultation: one heading, one fact, one action. `occasion` tells it from others of its title."""

    title: Text
    status: str
    status_word: str
    fact: str
    url: str
    action: str
    occasion: Text | None = None
    primary: bool = False
    lang: str | None = None


@dataclass(frozen=True)
class Board:
    """The cards of a page, by what can be done with them."""

    open: list[Card]
    upcoming: list[Card]
    ended: list[Card]

    @property
    def is_empty(self) -> bool:
        return not (self.open or self.upcoming or self.ended)


def board(overview: Overview) -> Board:
    return Board(
        [_open_card(item) for item in overview.open],
        [_upcoming_card(item) for item in overview.upcoming],
        [_ended_card(item) for item in overview.ended],
    )


def _card(item: Listed, page: str, **words: object) -> Card:
    consultation = item.consultation
    url = url_for(f"{consultation.kind}.{page}", slug=consultation.slug)
    occasion = localized(consultation.occasion)
    return Card(title=localized(consultation.title), url=url, occasion=occasion, **words)  # type: ignore[arg-type]


def _open_card(item: Listed) -> Card:
    left = _("%(time)s left.", time=until(item.consultation.ends_at))
    heard = ngettext("%(num)s response so far.", "%(num)s responses so far.", item.answers)
    status, word = ("soon", _("Closes soon")) if item.closes_soon else ("open", _("Open"))
    fact = f"{left} {heard}" if item.answers else left
    return _card(item, "show", status=status, status_word=word, fact=fact, action=_("Answer now"), primary=True)


def _upcoming_card(item: Listed) -> Card:
    fact = _("Opens on %(moment)s.", moment=moment(item.consultation.opens_at))
    return _card(item, "show", status="upcoming", status_word=_("Coming"), fact=fact, action=_("Have a look"))


def _ended_card(item: Listed) -> Card:
    if item.consultation.state is State.WITHDRAWN:
        fact = str(localized(item.consultation.withdrawal_reason))
        return _card(item, "show", status="withdrawn", status_word=_("Withdrawn"), fact=fact, action=_("Read why"))
    fact = ngettext("%(num)s response.", "%(num)s responses.", item.answers)
    return _card(item, "results", status="closed", status_word=_("Closed"), fact=fact, action=_("See the result"))
