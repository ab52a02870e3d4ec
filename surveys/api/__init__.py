"""Surveys as JSON."""

from surveys.api.room import bp

__all__ = ["bp"]
