"""The pages of citizens."""

from ideation.views.room import bp

__all__ = ["bp"]
