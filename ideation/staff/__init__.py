"""Ideas in the staff console."""

from ideation.staff import acting, campaigns, curating, importing, talk
from ideation.staff.room import bp

__all__ = ["acting", "bp", "campaigns", "curating", "importing", "talk"]
