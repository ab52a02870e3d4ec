"""What the checker says, as the console shows it: each sentence with the part that it is about, and a way there."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from citizen.core.i18n import own_name
from surveys.checker import Finding
from surveys.editing.parts import section_named
from surveys.editing.words import question_name, section_name
from surveys.models import Survey
from surveys.questionnaire import Questionnaire
from surveys.staff.editor_page import address_of


@dataclass(frozen=True)
class Remark:
    """A finding in words: what is wrong, `where`, and the address at which somebody can mend it."""

    sentence: str
    where: str
    url: str
    is_error: bool


def remarks(found: Iterable[Finding], survey: Survey, questionnaire: Questionnaire) -> list[Remark]:
    return [_remark(finding, survey, questionnaire) for finding in found]


def _remark(finding: Finding, survey: Survey, questionnaire: Questionnaire) -> Remark:
    where, url = _place(finding, survey, questionnaire)
    return Remark(finding.sentence, where, url, finding.severity == "error")


def _place(finding: Finding, survey: Survey, questionnaire: Questionnaire) -> tuple[str, str]:
    if finding.path[:1] == ("languages",):
        language = str(finding.path[1])
        url = url_for("survey_staff.translation", survey_id=survey.id, language=language, only="missing")
        return own_name(language), url
    part = finding.question or _section_of(finding, questionnaire)
    return _name(part, questionnaire), address_of(survey, questionnaire, part)


def _section_of(finding: Finding, questionnaire: Questionnaire) -> str:
    """The code of the section that the finding is about; empty where it is about none."""
    if finding.path[:1] != ("sections",) or len(finding.path) < 2:
        return ""
    return questionnaire.sections[int(finding.path[1])].code


def _name(part: str, questionnaire: Questionnaire) -> str:
    question, section = questionnaire.question(part), section_named(questionnaire, part)
    if question:
        return question_name(question)
    return section_name(section) if section else _("The whole survey")
