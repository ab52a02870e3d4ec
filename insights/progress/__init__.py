"""How far an indicator has come towards its target: on the straight line from its baseline, and by growth rates."""

from insights.progress.growth import Growth, Series, growth
from insights.progress.line import Case, Progress, Standing, progress

RULE_VERSION = "2026.1"
"""Kept with every result, so that a later reader knows by which rules it was found."""

__all__ = ["RULE_VERSION", "Case", "Growth", "Progress", "Series", "Standing", "growth", "progress"]
