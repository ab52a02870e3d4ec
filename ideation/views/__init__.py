"""The pages of citizens."""

from ideation.views import commenting, following, ideas, lists, own_page, proposing, results, supporting, voting
from ideation.views.room import bp

__all__ = [
    "bp",
    "commenting",
    "following",
    "ideas",
    "lists",
    "own_page",
    "proposing",
    "results",
    "supporting",
    "voting",
]
