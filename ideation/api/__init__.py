"""Ideas as JSON."""

from ideation.api import campaigns, deciding, ideas, taking_part
from ideation.api.room import bp

__all__ = ["bp", "campaigns", "deciding", "ideas", "taking_part"]
