"""The console's pages about moderation: the inbox, appeals, blocks, rules, and the log of acts."""

from citizen.moderation.staff import appeals, audit_log, blocks, inbox, many, settings
from citizen.moderation.staff.room import bp

__all__ = ["appeals", "audit_log", "blocks", "bp", "inbox", "many", "settings"]
