"""Surveys as JSON."""

from surveys.api import questionnaires, sheets, waves
from surveys.api.room import bp

__all__ = ["bp", "questionnaires", "sheets", "waves"]
