"""What waits for moderators, what they decided, and the city's rules for both."""

from citizen.moderation.models.decisions import Appeal, Decision, Outcome, Statement, Verdict
from citizen.moderation.models.items import Cause, ItemState, ModerationEdition, ModerationHit, ModerationItem, Report
from citizen.moderation.models.settings import ModerationRules, ReasonTemplate, WordList

__all__ = [
    "Appeal",
    "Cause",
    "Decision",
    "ItemState",
    "ModerationEdition",
    "ModerationHit",
    "ModerationItem",
    "ModerationRules",
    "Outcome",
    "ReasonTemplate",
    "Report",
    "Statement",
    "Verdict",
    "WordList",
]
