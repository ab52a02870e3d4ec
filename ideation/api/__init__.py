"""Ideas as JSON."""

from ideation.api import campaigns, ideas
from ideation.api.room import bp

__all__ = ["bp", "campaigns", "ideas"]
