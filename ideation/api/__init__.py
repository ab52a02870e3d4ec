"""Ideas as JSON."""

from ideation.api.room import bp

__all__ = ["bp"]
