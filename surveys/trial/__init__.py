"""Trying a questionnaire out with invented answers, before anybody is asked. Nothing is saved."""

from surveys.trial.inventing import invented_values
from surveys.trial.report import Reached, Trial, Way, try_out

__all__ = ["Reached", "Trial", "Way", "invented_values", "try_out"]
