"""What stands in a `.pb` file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from insights.budgeting import Election, Measure, Project, election


class VoteType(StrEnum):
    """What people wrote on their ballots."""

    APPROVAL = "approval"
    CHOOSE_ONE = "choose-1"
    ORDINAL = "ordinal"
    CUMULATIVE = "cumulative"
    SCORING = "scoring"

    @property
    def has_points(self) -> bool:
        return self in {VoteType.CUMULATIVE, VoteType.SCORING}

    @property
    def measure(self) -> Measure:
        """What a project is worth to a voter, as the field counts such ballots."""
        return Measure.COST if self in {VoteType.APPROVAL, VoteType.CHOOSE_ONE} else Measure.POINTS


@dataclass(frozen=True)
class PbProject:
    """A project and its cost in the currency of the budget."""

    id: str
    cost: Fraction
    name: str = ""


@dataclass(frozen=True)
class PbVote:
    """One ballot: the ids of projects, the best first where it is ranked, and their points where it has some.

    Who cast it is not kept.
    """

    chosen: tuple[str, ...]
    points: tuple[Fraction, ...] = ()


@dataclass(frozen=True)
class PbFile:
    """A whole file. `meta` has every line of its first part, by key."""

    budget: Fraction
    vote_type: VoteType
    projects: tuple[PbProject, ...]
    votes: tuple[PbVote, ...]
    meta: Mapping[str, str] = field(default_factory=dict)

    def election(self) -> Election:
        """The same for the counting rules; ties go to the project whose id comes first in the alphabet."""
        projects = [Project(project.id, project.cost) for project in self.projects]
        return election(projects, self.budget, [self._points(vote) for vote in self.votes])

    def _points(self, vote: PbVote) -> dict[str, Fraction]:
        """By project: the points that were given; 1 for each that was chosen; after Borda where they are ranked."""
        if self.vote_type.has_points:
            return dict(zip(vote.chosen, vote.points, strict=True))
        if self.vote_type is VoteType.ORDINAL:
            return {chosen: Fraction(len(vote.chosen) - place) for place, chosen in enumerate(vote.chosen, start=1)}
        return dict.fromkeys(vote.chosen, Fraction(1))
