"""The kinds of everything in a campaign, and how long texts may be."""

from enum import StrEnum

MAX_TITLE, MAX_TEXT, MAX_COMMENT = 120, 5000, 2000
"""The longest texts of citizens, in characters."""
MAX_CATEGORIES = 30
MAX_CANDIDATES = 500
TERM = 40
"""The longest word that the index keeps, in characters."""


class StageKind(StrEnum):
    """What a campaign goes through. Stages may overlap or be left out."""

    COLLECT = "collect"
    CURATE = "curate"
    VOTE = "vote"
    ANSWER = "answer"
    FOLLOW_UP = "follow_up"


class Method(StrEnum):
    """How a campaign's vote is held."""

    SUPPORT = "support"
    CHOOSE = "choose"
    POINTS = "points"
    RANK = "rank"
    BUDGET = "budget"


class BallotForm(StrEnum):
    """What people write on the ballot of a participatory budget."""

    APPROVAL = "approval"
    POINTS = "points"
    RANK = "rank"


class Rule(StrEnum):
    """How the winners of a participatory budget are found."""

    GREEDY = "greedy"
    EQUAL_SHARES = "equal_shares"


class Showing(StrEnum):
    """Whether the public sees an idea or a comment."""

    HELD = "held"
    SHOWN = "shown"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class Status(StrEnum):
    """How far the city has come with an idea."""

    RECEIVED = "received"
    UNDER_REVIEW = "under_review"
    SHORTLISTED = "shortlisted"
    IN_VOTE = "in_vote"
    ACCEPTED = "accepted"
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    DECLINED = "declined"


ANSWERED = (Status.ACCEPTED, Status.PLANNED, Status.UNDER_WAY, Status.DONE, Status.DECLINED)
"""The states in which the city has said yes or no."""


class Stance(StrEnum):
    """What a comment is to the idea."""

    FOR = "for"
    AGAINST = "against"
    QUESTION = "question"
    REMARK = "remark"


class Rhythm(StrEnum):
    """How often a contributor wants mail."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


def one_of(column: str, kinds: type[StrEnum]) -> str:
    """The text of a check constraint: the column holds one of these."""
    return f"{column} IN ({', '.join(repr(kind.value) for kind in kinds)})"
