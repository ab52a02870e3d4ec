"""Ideas and comments as the inbox of the city sees them: found, shown, hidden, brought back. Nothing here commits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from citizen.cities.models import City
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.moderation.sources import Addressee, Submission, register
from ideation import curating
from ideation.flags import EXPLAINED
from ideation.inbox import COMMENT, IDEA, name_of, submission_of
from ideation.models import Campaign, Contributor, Idea, IdeaComment, Showing
from ideation.talking import show_comment_as

CAN_BE_HIDDEN = {Showing.HELD, Showing.SHOWN}
CAN_BE_SHOWN = {Showing.HELD, Showing.SHOWN, Showing.HIDDEN}


@dataclass
class Texts:
    """The texts of one kind. What was taken back or merged stays as it is."""

    kind: str
    model: type[Idea] | type[IdeaComment]

    def name(self) -> str:
        return name_of(self.kind)

    def explanations(self) -> Mapping[str, str]:
        return {flag: str(words()) for flag, words in EXPLAINED.items()} if self.kind == IDEA else {}

    def is_public(self, city: City, subject: str) -> bool:
        return any(row.showing == Showing.SHOWN for row in self._found(city, [subject]))

    def submission(self, city: City, subject: str) -> Submission | None:
        for row in self._found(city, [subject]):
            return submission_of(_campaign(row.campaign_id), row)
        return None

    def addressees(self, city: City, subjects: Sequence[str]) -> Mapping[str, Addressee]:
        rows = {str(row.id): row.author_id for row in self._found(city, subjects)}
        wanted = select(Contributor).where(Contributor.id.in_([number for number in rows.values() if number]))
        people = {person.id: person for person in db.session.scalars(wanted) if person.has_mail}
        found = ((subject, people.get(author or 0)) for subject, author in rows.items())
        return {
            subject: Addressee(person.email, person.language) for subject, person in found if person and person.email
        }

    def publish(self, city: City, subjects: Sequence[str], *, by: Actor) -> None:
        for campaign, rows in self._by_campaign(city, subjects, CAN_BE_SHOWN):
            if self.kind == IDEA:
                curating.show(campaign, [row for row in rows if isinstance(row, Idea)], by=by)
            else:
                self._decide(campaign, rows, Showing.SHOWN, {}, by)

    def hide(self, city: City, subjects: Sequence[str], reason: Mapping[str, str], *, by: Actor) -> None:
        for campaign, rows in self._by_campaign(city, subjects, CAN_BE_HIDDEN):
            if self.kind == IDEA:
                curating.hide(campaign, [row for row in rows if isinstance(row, Idea)], reason, by=by)
            else:
                self._decide(campaign, rows, Showing.HIDDEN, reason, by)

    def hold(self, city: City, subjects: Sequence[str], *, by: Actor) -> None:
        for _campaign_of, rows in self._by_campaign(city, subjects, CAN_BE_SHOWN):
            for row in rows:
                row.hidden_reason = {}
                if isinstance(row, IdeaComment):
                    show_comment_as(row, Showing.HELD)
                else:
                    row.showing = Showing.HELD

    def restore(self, city: City, subjects: Sequence[str], *, by: Actor) -> None:
        self.publish(city, subjects, by=by)

    def _decide(
        self,
        campaign: Campaign,
        rows: Sequence[Idea | IdeaComment],
        showing: Showing,
        reason: Mapping[str, str],
        by: Actor,
    ) -> None:
        for row in rows:
            if isinstance(row, IdeaComment):
                curating.decide_comment(campaign, row, showing, reason, by=by)

    def _by_campaign(
        self, city: City, subjects: Sequence[str], states: set[Showing]
    ) -> Iterator[tuple[Campaign, list[Idea | IdeaComment]]]:
        rows = [row for row in self._found(city, subjects) if row.showing in states]
        for number in sorted({row.campaign_id for row in rows}):
            yield _campaign(number), [row for row in rows if row.campaign_id == number]

    def _found(self, city: City, subjects: Sequence[str]) -> list[Idea | IdeaComment]:
        numbers = [int(subject) for subject in subjects if subject.isdecimal() and len(subject) < 10]
        ours = select(self.model).where(self.model.city_id == city.id, self.model.id.in_(numbers))
        return list(db.session.scalars(ours.order_by(self.model.id)))


def _campaign(number: int) -> Campaign:
    return db.session.scalars(select(Campaign).filter_by(id=number)).unique().one()


register(Texts(IDEA, Idea))
register(Texts(COMMENT, IdeaComment))
