"""SurveyJS: forms as its Form Library and Creator keep them in JSON."""

from surveys.importers.report import Ledger, Source
from surveys.importers.surveyjs.document import is_surveyjs, read_document
from surveys.importers.surveyjs.file import File
from surveys.questionnaire import Questionnaire

fits = is_surveyjs


def read(source: Source, ledger: Ledger) -> Questionnaire:
    """The questionnaire of a form, with what became of every page and element. Raises Refused."""
    return File(source, read_document(source.content), ledger).questionnaire()
