"""Questionnaires as SurveyJS forms, as its Form Library and Creator read them.

Source of all names: the classes that survey-core registers (Serializer.addClass) and its documentation.
"""

from collections.abc import Sequence

import orjson

from surveys.exporters.exported import Exported
from surveys.exporters.surveyjs.form import Form
from surveys.questionnaire import Questionnaire


def export(questionnaire: Questionnaire, languages: Sequence[str]) -> Exported:
    """The form as indented JSON. `languages` of the city, the main one first; texts in others are left out."""
    form = Form(questionnaire, languages)
    return Exported(orjson.dumps(form.written(), option=orjson.OPT_INDENT_2), tuple(form.left))
