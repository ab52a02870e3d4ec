"""Brings questionnaires from files of other tools. Nothing here touches the database.

The format is told from the content, never from the name alone. `read` never raises for what stands in a file: a file
that cannot be used makes a report that says why.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from citizen.core.errors import Refused
from surveys.importers import bounds, conditions, limesurvey, surveyjs, xlsform
from surveys.importers.report import Import, ImportReport, Ledger, Source, settled
from surveys.questionnaire import Questionnaire


@dataclass(frozen=True)
class Format:
    """A way of writing questionnaires. `read` notes every row in the ledger; it raises Refused, naming the place."""

    name: str
    fits: Callable[[bytes], bool]
    read: Callable[[Source, Ledger], Questionnaire]


FORMATS = (
    Format("xlsform", xlsform.fits, xlsform.read),
    Format("limesurvey", limesurvey.fits, limesurvey.read),
    Format("surveyjs", surveyjs.fits, surveyjs.read),
)


def read(filename: str, content: bytes, languages: Sequence[str]) -> Import:
    """The questionnaire in a file, and what became of every part of it. `languages` of the city, the main one first."""
    found = next((format_ for format_ in FORMATS if format_.fits(content)), None)
    ledger, name = Ledger(), found.name if found else ""
    try:
        bounds.check_size(content)
        if found is None:
            raise Refused(bounds.unknown_format(content), status=422)
        questionnaire = conditions.settle(found.read(Source(filename, content, languages), ledger), ledger)
        bounds.check_questionnaire(questionnaire)
    except Refused as refusal:
        return Import(None, ImportReport(name, refusal.sentence, settled(ledger)))
    except ValidationError as error:
        return Import(None, ImportReport(name, bounds.unfit(error), settled(ledger)))
    return Import(questionnaire, ImportReport(name, None, settled(ledger)))
