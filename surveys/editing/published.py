"""Which codes people have been asked under: those stay what they were. Read-only."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from citizen.core.db import db
from citizen.core.errors import Refused
from surveys.editing.kinds import kind_words
from surveys.models import Survey, SurveyVersion
from surveys.questionnaire import Kind, Question, Questionnaire


@dataclass(frozen=True)
class Published:
    """By question: the kinds that it was asked as, and the codes of all options and rows that it ever had."""

    kinds: dict[str, set[Kind]]
    choices: dict[str, set[str]]

    def fault_of(self, question: Question) -> str | None:
        """Why the question may not have its code."""
        asked = self.kinds.get(question.code)
        if not asked or question.kind in asked:
            return None
        return _(
            "People were asked “%(code)s” as “%(kind)s”. Please add a new question with a code of its own instead.",
            code=question.code,
            kind=kind_words(max(asked)),
        )


def published_in(survey: Survey) -> Published:
    query = select(SurveyVersion.document).filter_by(city_id=survey.city_id, survey_id=survey.id)
    return _published(db.session.scalars(query))


def ensure_codes_stay(survey: Survey, questionnaire: Questionnaire) -> None:
    """Raises Refused where a code was published for another kind of question: answers would mean two things."""
    published = published_in(survey)
    if not published.kinds:
        return
    fault = next((fault for question in questionnaire.questions if (fault := published.fault_of(question))), None)
    if fault:
        raise Refused(fault, status=422)


def _published(documents: Iterable[dict[str, Any]]) -> Published:
    kinds: dict[str, set[Kind]] = defaultdict(set)
    choices: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        for section in document.get("sections", ()):
            for question in section.get("questions", ()):
                kinds[question["code"]].add(Kind(question["kind"]))
                parts = (*question.get("options", ()), *question.get("rows", ()))
                choices[question["code"]] |= {part["code"] for part in parts}
    return Published(dict(kinds), dict(choices))
