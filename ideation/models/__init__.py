"""A campaign, its ideas and the talk about them, who takes part in it, and its secret ballots.

Talk (ideas, comments, support) belongs to a `Contributor`, whom a private link or a browser's cookie opens. Ballots
belong to nobody: they stand under a key that only the campaign's own secret can make, and that secret is destroyed at
the end.
"""

from ideation.models.acts import CuratingAct, IdeaDraftOnAccount
from ideation.models.campaigns import Campaign, CampaignCategory, CampaignPulse, CampaignStage
from ideation.models.events import IdeaEvent, IdeaNotice
from ideation.models.ideas import Idea, IdeaNote, IdeaTag, IdeaTerm, IdeaVersion
from ideation.models.kinds import (
    ANSWERED,
    MAX_CANDIDATES,
    MAX_CATEGORIES,
    MAX_COMMENT,
    MAX_TEXT,
    MAX_TITLE,
    TERM,
    BallotForm,
    Method,
    Rhythm,
    Rule,
    Showing,
    StageKind,
    Stance,
    Status,
)
from ideation.models.talk import CommentHelp, Contributor, Following, IdeaComment, IdeaSupport
from ideation.models.votes import IdeaBallot, IdeaVote, VoteOutcome, VoteTally

__all__ = [
    "ANSWERED",
    "MAX_CANDIDATES",
    "MAX_CATEGORIES",
    "MAX_COMMENT",
    "MAX_TEXT",
    "MAX_TITLE",
    "TERM",
    "BallotForm",
    "Campaign",
    "CampaignCategory",
    "CampaignPulse",
    "CampaignStage",
    "CommentHelp",
    "Contributor",
    "CuratingAct",
    "Following",
    "Idea",
    "IdeaBallot",
    "IdeaComment",
    "IdeaDraftOnAccount",
    "IdeaEvent",
    "IdeaNote",
    "IdeaNotice",
    "IdeaSupport",
    "IdeaTag",
    "IdeaTerm",
    "IdeaVersion",
    "IdeaVote",
    "Method",
    "Rhythm",
    "Rule",
    "Showing",
    "StageKind",
    "Stance",
    "Status",
    "VoteOutcome",
    "VoteTally",
]
