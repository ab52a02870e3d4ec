"""Participatory budgets: which projects a vote pays for.

The two rules that cities use: greedy, which pays for what has most votes first, and the Method of Equal Shares, which
gives every voter the same share of the money. An overview: Rey, Schmidt and Maly, The (Computational) Social Choice
Take on Indivisible Participatory Budgeting, 2023.
"""

from insights.budgeting.elections import Election, Measure, Project, election, exhausts, total_cost
from insights.budgeting.equal_shares import Purchase, SharesOutcome, equal_shares, equal_shares_with_raises
from insights.budgeting.greedy import GreedyOutcome, Look, greedy

__all__ = [
    "Election",
    "GreedyOutcome",
    "Look",
    "Measure",
    "Project",
    "Purchase",
    "SharesOutcome",
    "election",
    "equal_shares",
    "equal_shares_with_raises",
    "exhausts",
    "greedy",
    "total_cost",
]
