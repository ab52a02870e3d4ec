"""Surveys in the staff console."""

from surveys.staff.room import bp

__all__ = ["bp"]
