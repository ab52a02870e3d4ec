"""Everything that the console shows around one poll."""

from typing import Any

from flask import current_app, g, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from citizen.core import clock
from citizen.core.i18n import localized, moment, short_day
from citizen.participation.curves import curve
from citizen.participation.models import Channel, State
from citizen.participation.words import levels, results_rules, state_words
from polls import statistics
from polls.drafts import draft_of, gaps, missing_translations
from polls.models import Poll
from polls.powers import powers
from polls.report import report
from polls.staff_statistics import decided_texts

EMBED = Markup('<iframe src="{}" title="{}" width="100%" height="640" loading="lazy"></iframe>')


def overview(poll: Poll) -> dict[str, Any]:
    """For the page of one poll."""
    result = statistics.result(poll)
    may = powers(g.role, poll, answers=result.n)
    draft = draft_of(poll)
    return {
        "poll": poll,
        "result": result,
        "report": report(poll, result),
        "may": may,
        "state_word": state_words(poll.state),
        "lacking": [gap.sentence for gap in gaps(draft, poll.city.languages)] if may.may_publish else [],
        "untranslated": missing_translations(draft, poll.city.languages),
        "curve": curve(result.days),
        "bursts": [(short_day(burst.day), burst.n) for burst in statistics.burst_days(poll)],
        "held": statistics.held_texts(poll),
        "decided": decided_texts(poll),
        "share": addresses(poll) if poll.state in {State.UPCOMING, State.OPEN, State.CLOSED} else None,
        "plan": plan(poll),
    }


def plan(poll: Poll) -> list[tuple[str, str]]:
    """What publishing will do, in words."""
    opens = moment(poll.opens_at) if poll.opens_at > clock.now() else _("at once")
    return [
        (_("Opens"), opens),
        (_("Closes"), moment(poll.closes_at)),
        (_("Result"), results_rules()[poll.results]),
        (_("Who may answer"), levels()[poll.assurance]),
    ]


def addresses(poll: Poll) -> dict[str, str]:
    """Where the public finds the poll, whichever language this page is in, and the code that shows it elsewhere."""
    return {
        "page": _public("poll.show", poll),
        "qr": _public("poll.show", poll, via=Channel.QR.value),
        "event": _public("poll.live", poll),
        "embed": str(
            EMBED.format(_public("poll.embed", poll), _("Poll: %(question)s", question=localized(poll.title)))
        ),
    }


def _public(endpoint: str, poll: Poll, **values: Any) -> str:
    base = current_app.extensions["settings"].base_url
    return f"{base}{url_for(endpoint, slug=poll.slug, **({'lang': None} | values))}"
