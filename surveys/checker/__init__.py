"""What is wrong with a questionnaire before anybody is asked: errors, which keep it from being published; and warnings.

Pure functions of the questionnaire, the city's languages and the codes of its districts. Each sentence says what to do.
"""

from collections.abc import Collection, Iterator, Sequence

from flask_babel import ngettext
from sqlalchemy import select

from citizen.cities.districts import District
from citizen.cities.models import City
from citizen.core.db import db
from citizen.core.errors import Refused
from surveys.checker import advice, conditions, reach, shape, wording
from surveys.checker.ground import Finding, Ground, place_in
from surveys.questionnaire import Questionnaire

__all__ = ["Finding", "NotReady", "ensure_ready", "errors_in", "findings", "findings_for"]


class NotReady(Refused):
    """The questionnaire has errors, so nobody can be asked. `findings` has a sentence for each."""

    def __init__(self, errors: list[Finding]) -> None:
        more = len(errors) - 1
        sentence = errors[0].sentence
        if more:
            sentence += " " + ngettext(
                "%(num)s more thing has to be put right before you can publish.",
                "%(num)s more things have to be put right before you can publish.",
                more,
            )
        super().__init__(sentence, status=422)
        self.findings = errors


def findings(questionnaire: Questionnaire, city: City) -> list[Finding]:
    """Everything that is worth saying about the questionnaire in this city, in the order of its pages."""
    districts = db.session.scalars(select(District.code).where(District.city_id == city.id)).all()
    return findings_for(questionnaire, city.languages, districts)


def findings_for(
    questionnaire: Questionnaire, languages: Sequence[str], districts: Collection[str] = ()
) -> list[Finding]:
    """The same for a city with these languages, its first one leading, and these districts."""
    ground = Ground(questionnaire, tuple(languages), frozenset(districts))
    return sorted(_all(ground), key=lambda finding: place_in(finding.path))


def errors_in(found: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.severity == "error"]


def ensure_ready(questionnaire: Questionnaire, city: City) -> None:
    """Raises NotReady where the questionnaire has errors."""
    errors = errors_in(findings(questionnaire, city))
    if errors:
        raise NotReady(errors)


def _all(ground: Ground) -> Iterator[Finding]:
    yield from shape.findings(ground)
    yield from wording.findings(ground)
    yield from conditions.findings(ground)
    yield from reach.findings(ground)
    yield from advice.findings(ground)
