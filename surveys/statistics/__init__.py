"""What came out of a survey wave: read-only, frozen, and the same for page, CSV, JSON and API."""

from surveys.statistics.kept import approved, count
from surveys.statistics.results import Answered, Result, answered, result, results_of

__all__ = ["Answered", "Result", "answered", "approved", "count", "result", "results_of"]
