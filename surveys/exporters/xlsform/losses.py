"""What XLSForm cannot say about a question, in sentences for whoever takes the file along."""

from flask_babel import gettext as _

from surveys.exporters.xlsform.ground import Ground
from surveys.importers.xlsform.fields import MOST_POINTS
from surveys.questionnaire import Kind, Question, Questionnaire


def tell_of_form(questionnaire: Questionnaire, ground: Ground) -> None:
    """What is lost of the whole."""
    for section in questionnaire.sections:
        if not section.questions:
            ground.say(section.code, _("This section has no question, so it does not come back."))


def tell_of(question: Question, ground: Ground) -> None:
    """What is lost of one question, beside its conditions and texts."""
    if not any(question.text.values()):
        ground.say(question.code, _("This question has no text. The file shows its code."))
    if question.skips:
        ground.say(question.code, _("XLSForm has no jumps. The jump after this question was left out."))
    if question.kind.has_rows and question.checks:
        ground.say(question.code, _("XLSForm cannot check a whole table."))
    if any(option.picture for option in question.options):
        ground.say(question.code, _("The pictures of the options are not in the file."))
    if question.kind.has_options and not all(any(option.label.values()) for option in question.options):
        ground.say(question.code, _("An option has no text. The file shows its code."))
    if question.kind is Kind.SCALE and not is_scale(question):
        ground.say(question.code, _("A scale with so many points is a number to write in other tools."))
    if any(ground.names.get((question.code, row.code)) != f"{question.code}_{row.code}" for row in question.rows):
        ground.say(question.code, _("A row of this table has another name in the file."))


def is_scale(question: Question) -> bool:
    """True for a scale that XLSForm and our reader take for one."""
    return 0 < question.high - question.low < MOST_POINTS
