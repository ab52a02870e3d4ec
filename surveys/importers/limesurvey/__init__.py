"""LimeSurvey: surveys (.lss), groups (.lsg) and questions (.lsq) as it exports them since version 1.9."""

from surveys.importers.bounds import check_choices, check_questions
from surveys.importers.limesurvey.document import is_limesurvey, read_document
from surveys.importers.limesurvey.file import File
from surveys.importers.limesurvey.structure import structure
from surveys.importers.report import Ledger, Source
from surveys.questionnaire import Questionnaire

fits = is_limesurvey


def read(source: Source, ledger: Ledger) -> Questionnaire:
    """The questionnaire of a file, with what became of every group and question. Raises Refused."""
    document = read_document(source.content)
    survey = structure(document)
    questions = [question for group in survey.groups for question in group.questions]
    check_questions(len(questions))
    check_choices(sum(len(question.answers) + len(question.subquestions) for question in questions))
    return File(source, document, survey, ledger).questionnaire()
