"""The pages of citizens."""

from surveys.views.room import bp

__all__ = ["bp"]
