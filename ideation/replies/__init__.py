"""What programs get to read about ideas: models of the JSON API."""

from ideation.replies.campaigns import CampaignListed, CampaignReply, CampaignsReply
from ideation.replies.ideas import (
    CommentReply,
    CommentsReply,
    IdeaListed,
    IdeaReply,
    IdeasReply,
    SimilarIdeasReply,
    SupportReply,
)
from ideation.replies.votes import BallotReply, ResultsReply

__all__ = [
    "BallotReply",
    "CampaignListed",
    "CampaignReply",
    "CampaignsReply",
    "CommentReply",
    "CommentsReply",
    "IdeaListed",
    "IdeaReply",
    "IdeasReply",
    "ResultsReply",
    "SimilarIdeasReply",
    "SupportReply",
]
