"""The formats in which a questionnaire can be taken along."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from surveys.exporters import surveyjs, xlsform
from surveys.exporters.exported import Exported
from surveys.questionnaire import Questionnaire


@dataclass(frozen=True)
class Format:
    """`title` is the format's own name, `ending` that of its files. `export` takes the city's languages too."""

    title: str
    ending: str
    mimetype: str
    export: Callable[[Questionnaire, Sequence[str]], Exported]


FORMATS = {
    "xlsform": Format(
        "XLSForm", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsform.export
    ),
    "surveyjs": Format("SurveyJS", "json", "application/json", surveyjs.export),
}
