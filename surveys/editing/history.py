"""What was done to a survey, step by step, and what undoing and redoing lead to. Read-only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from citizen.core.db import db
from surveys.models import Survey, SurveyRevision
from surveys.questionnaire import Questionnaire, loaded

MOST_STEPS = 500
"""How far back undo can see; the history page goes further."""


@dataclass(frozen=True)
class Step:
    """One revision without its document. `restored` is the edition that an undo or redo brought back."""

    edition: int
    act: str
    part: str
    by: str
    at: datetime
    restored: int | None

    @property
    def stands_for(self) -> int:
        """The edition whose content this is."""
        return self.restored or self.edition


@dataclass(frozen=True)
class Trail:
    """The last steps, oldest first."""

    steps: tuple[Step, ...]

    @property
    def last(self) -> Step:
        return self.steps[-1]

    @property
    def undoable(self) -> Step | None:
        """The step that undo takes back; None at the beginning."""
        place = self._place(self.last.stands_for)
        return self.steps[place] if place else None

    @property
    def before_last(self) -> int | None:
        """The edition that undo brings back."""
        place = self._place(self.last.stands_for)
        return self.steps[place - 1].stands_for if place else None

    @property
    def redoable(self) -> Step | None:
        """The newest step that was made from where we stand and is not in force."""
        here = self.last.stands_for
        made_here = [
            step
            for earlier, step in zip(self.steps, self.steps[1:], strict=False)
            if step.restored is None and earlier.stands_for == here
        ]
        return made_here[-1] if made_here else None

    def since(self, edition: int) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.edition > edition)

    def _place(self, edition: int) -> int | None:
        return next((i for i, step in enumerate(self.steps) if step.edition == edition), None)


COLUMNS = (
    SurveyRevision.edition,
    SurveyRevision.act,
    SurveyRevision.part,
    SurveyRevision.by,
    SurveyRevision.at,
    SurveyRevision.restored,
)


def trail_of(survey: Survey) -> Trail:
    query = select(*COLUMNS).filter_by(city_id=survey.city_id, survey_id=survey.id)
    rows = db.session.execute(query.order_by(SurveyRevision.edition.desc()).limit(MOST_STEPS))
    return Trail(tuple(reversed([Step(*row) for row in rows])))


def questionnaire_at(survey: Survey, edition: int) -> Questionnaire | None:
    """As it was in this edition; where that was merged into a later one, as it was before that began."""
    query = select(SurveyRevision.document).filter_by(city_id=survey.city_id, survey_id=survey.id)
    query = query.where(SurveyRevision.edition <= edition).order_by(SurveyRevision.edition.desc()).limit(1)
    document = db.session.scalar(query) if edition <= survey.edition else None
    return None if document is None else loaded(document)


def revisions_of(survey: Survey, *, most: int, before: int | None = None) -> list[SurveyRevision]:
    """A page of the history with the documents, newest first."""
    query = select(SurveyRevision).filter_by(city_id=survey.city_id, survey_id=survey.id)
    if before is not None:
        query = query.where(SurveyRevision.edition < before)
    return list(db.session.scalars(query.order_by(SurveyRevision.edition.desc()).limit(most)))
