"""What every report of a result says: numbers as people write them, and how it was asked."""

from collections.abc import Mapping

from babel import Locale
from babel.numbers import format_decimal, format_percent
from flask_babel import get_locale
from flask_babel import gettext as _

from citizen.core.i18n import moment
from citizen.participation.models import Assurance, Channel, Consultation
from citizen.participation.words import assurance_words, channel_words


def number(value: float) -> str:
    """As the language writes it: "1,234.5"."""
    return str(format_decimal(value, locale=get_locale()))


def percent(share: float) -> str:
    """Whole per cent; what is more than nothing never reads as 0 %."""
    if 0 < share < 0.005:
        return "< " + str(format_percent(0.01, locale=get_locale()))
    return str(format_percent(int(share * 100 + 0.5) / 100, locale=get_locale()))


def fine_percent(share: float) -> str:
    """Per cent with one decimal, as the language writes it."""
    locale = get_locale() or Locale("en")
    pattern = locale.percent_formats[None].pattern.replace("0", "0.0", 1)
    return str(format_percent(share, format=pattern, locale=locale))


def method(
    consultation: Consultation,
    *,
    n: int,
    channels: Mapping[str, int],
    assurances: Mapping[int, int],
    population: int | None,
) -> list[tuple[str, str]]:
    """The box beside every result: how many, which ways, how sure. `channels` and `assurances` count responses."""
    pairs = [
        (_("Responses"), number(n)),
        (_("How people answered"), _listed({channel_words(Channel(name)): count for name, count in channels.items()})),
        (_("Who could answer"), assurance_words(Assurance(consultation.assurance))),
        (_("Open"), _("%(start)s to %(end)s", start=moment(consultation.opens_at), end=moment(consultation.ends_at))),
    ]
    if len(assurances) > 1:
        levels = {assurance_words(Assurance(level)): count for level, count in sorted(assurances.items())}
        pairs.append((_("How we checked that everybody counts once"), _listed(levels)))
    if population:
        pairs.append((_("Share of the population"), fine_percent(n / population)))
    return pairs


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name}: {number(n)}" for name, n in sorted(counts.items(), key=lambda pair: -pair[1]))
