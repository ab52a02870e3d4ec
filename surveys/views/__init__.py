"""The pages of citizens."""

from surveys.views import answering, kiosks, paper, results, resuming, sending, start
from surveys.views.room import bp

__all__ = ["answering", "bp", "kiosks", "paper", "results", "resuming", "sending", "start"]
