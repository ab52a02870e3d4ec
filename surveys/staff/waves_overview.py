"""Everything that the console shows around one wave."""

from typing import Any

from flask import current_app, g, url_for
from flask_babel import gettext as _

from citizen.accounts.models import Role
from citizen.core import clock
from citizen.core.i18n import localized, moment, number, short_day
from citizen.participation.curves import curve
from citizen.participation.models import Channel, State
from citizen.participation.words import channel_words, levels, results_rules, state_words
from surveys import rules
from surveys.actions import ends_with_grace
from surveys.changes import changes_since
from surveys.checker import findings
from surveys.comparing import number_of_waves
from surveys.kiosk import kiosk_link, may_have_kiosk
from surveys.models import SurveyWave
from surveys.paper.piles import batches_of
from surveys.questionnaire import loaded
from surveys.staff.findings import Remark, remarks
from surveys.staff.waves_forms import graces
from surveys.staff.waves_powers import powers
from surveys.turnout import Turnout, turnout
from surveys.written import TextState, counts

SHARED = {State.UPCOMING, State.OPEN, State.CLOSED}


def overview(wave: SurveyWave) -> dict[str, Any]:
    """For the page of one wave."""
    taken = turnout(wave)
    may = powers(g.role, wave)
    is_public = wave.published_at is not None
    changes = changes_since(wave) if is_public and rules.may_renew(wave) else None
    return {
        "wave": wave,
        "survey": wave.survey,
        "name": localized(wave.name),
        "may": may,
        "state_word": state_words(wave.state),
        "turnout": taken,
        "curve": curve(taken.days),
        "channels": _channels(taken),
        "is_comparable": taken.n and number_of_waves(wave, early=True) > 1,
        "bursts": [(short_day(day), n) for day, n in taken.bursts],
        "plan": plan(wave),
        "remarks": _remarks(wave) if may.may_publish or (may.may_renew and changes) else [],
        "is_late": wave.closes_at <= clock.now(),
        "changes": changes,
        "held": sum(states[TextState.HELD] for states in counts(wave).values()) if is_public else 0,
        "batches": batches_of(wave) if is_public else [],
        "paper_until": moment(ends_with_grace(wave)),
        "takes_paper": rules.takes_paper(wave),
        "share": addresses(wave) | {"kiosk": _kiosk(wave)} if wave.state in SHARED else None,
    }


def _remarks(wave: SurveyWave) -> list[Remark]:
    """What has to be put right, or could be better, before anybody is asked."""
    questionnaire = loaded(wave.survey.document)
    return remarks(findings(questionnaire, wave.city), wave.survey, questionnaire)


def plan(wave: SurveyWave) -> list[tuple[str, str]]:
    """What was planned, in words."""
    opens = moment(wave.opens_at) if wave.published_at or wave.opens_at > clock.now() else _("as soon as you publish")
    pairs = [
        (_("Opens"), opens),
        (_("Closes"), moment(wave.ends_at)),
        (_("Time for late answers and paper"), graces(wave.grace_minutes)[wave.grace_minutes]),
        (_("Result"), results_rules()[wave.results]),
        (_("Who may answer"), levels()[wave.assurance]),
    ]
    return [*pairs, (_("Version of the questionnaire"), number(wave.version))] if wave.version else pairs


def addresses(wave: SurveyWave) -> dict[str, str]:
    """Where the public finds the wave, whichever language this page is in."""
    return {
        "page": _public("survey.show", wave),
        "qr": _public("survey.show", wave, via=Channel.QR.value),
    }


def _kiosk(wave: SurveyWave) -> str:
    """For who may hand it out: whoever has the address can answer again and again."""
    is_possible = may_have_kiosk(wave) and wave.state is not State.CLOSED
    return kiosk_link(wave) if is_possible and g.role.covers(Role.EDITOR) else ""


def _public(endpoint: str, wave: SurveyWave, **values: Any) -> str:
    base = current_app.extensions["settings"].base_url
    return f"{base}{url_for(endpoint, slug=wave.slug, **({'lang': None} | values))}"


def _channels(taken: Turnout) -> list[list[str]]:
    """The rows of the table: each channel and how many came by it."""
    return [[channel_words(Channel(name)), number(n)] for name, n in taken.channels]
