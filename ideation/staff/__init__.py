"""Ideas in the staff console."""

from ideation.staff.room import bp

__all__ = ["bp"]
