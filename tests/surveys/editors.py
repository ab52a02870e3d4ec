"""Ana and Bruno, and what they do to a survey with two questions."""

from sqlalchemy import func, select

from citizen.core.audit import Actor
from citizen.core.db import db
from surveys import drafting
from surveys.drafting import Edit
from surveys.editing import parts
from surveys.editing.kinds import new_question
from surveys.models import Survey
from surveys.questionnaire import Kind, Question, Questionnaire, loaded
from tests.surveys.makers import question, section

ANA, BRUNO = Actor("account", 1, "Ana"), Actor("account", 2, "Bruno")
TWO = {"title": {"en": "Two"}, "sections": [section("s", question("a", "line"), question("b", "line"))]}


def asks(survey: Survey) -> Questionnaire:
    return loaded(survey.document)


def codes(survey: Survey) -> str:
    return "".join(question.code for question in asks(survey).questions)


def text_of(survey: Survey, code: str) -> str:
    return asks(survey).question(code).text["en"]


def writes(code: str, text: str) -> Edit:
    """Somebody writes another text for a question."""

    def apply(now: Questionnaire) -> Questionnaire:
        changed = (now.question(code) or Question(code=code, kind=Kind.LINE)).model_copy(update={"text": {"en": text}})
        return parts.replace_question(now, code, changed)

    return Edit("question changed", code, apply, lambda now: now.question(code))


def deletes(code: str) -> Edit:
    return Edit("question deleted", code, lambda now: parts.remove_question(now, code), lambda now: now.question(code))


def adds(code: str) -> Edit:
    return Edit("question added", code, lambda now: parts.add_question(now, new_question(code, Kind.LINE)))


def edit(survey: Survey, *edits: Edit, by: Actor = ANA) -> None:
    """One after the other, each having seen what was there."""
    for one in edits:
        drafting.edit_survey(survey, one, seen=survey.edition, by=by)
    db.session.commit()


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0
