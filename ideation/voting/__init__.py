"""Votes on ideas: who may get them, ballots, and what happens when an idea goes during a vote."""

from ideation.voting.ballots import Choice, add_vote, ballot_of, candidates, cast, withdraw_ballot
from ideation.voting.choices import checked
from ideation.voting.leaving import free_votes, move_votes
from ideation.voting.sealing import seal_ended_votes

__all__ = [
    "Choice",
    "add_vote",
    "ballot_of",
    "candidates",
    "cast",
    "checked",
    "free_votes",
    "move_votes",
    "seal_ended_votes",
    "withdraw_ballot",
]
