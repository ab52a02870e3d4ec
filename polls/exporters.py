"""A result for programs: JSON and CSV, with the numbers of the page."""

import csv
import io
import json

from flask_babel import gettext as _

from citizen.core.spreadsheets import as_text
from citizen.participation.models import Assurance
from polls.models import Poll
from polls.statistics import Result


def as_data(poll: Poll, result: Result) -> dict[str, object]:
    """The result as plain values; shares are of responses, 0 to 1."""
    return {
        "question": poll.title,
        "form": poll.form,
        "state": poll.state,
        "n": result.n,
        "options": [
            {"id": bar.id, "text": str(bar.label), "count": bar.count, "share": round(bar.share, 4)}
            | ({"points": bar.points} if bar.points is not None else {})
            for bar in result.bars
        ],
        "channels": result.channels,
        "assurance": {f"A{level}": n for level, n in sorted(result.assurances.items())},
        "asked_for": f"A{Assurance(poll.assurance).value}",
        "population": result.population,
        "mean": result.mean,
        "median": result.median,
        "schulze_order": [list(group) for group in result.schulze],
        "note": _("People chose to answer. This is not a vote, and it may not show what everybody thinks."),
    }


def as_json(poll: Poll, result: Result) -> str:
    return json.dumps(as_data(poll, result), ensure_ascii=False)


def as_csv(result: Result) -> str:
    """One line an option. Texts that a spreadsheet would take for a formula are marked as text."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["option", "text", "count", "share", "responses"])
    for bar in result.bars:
        writer.writerow([bar.id, as_text(str(bar.label)), bar.count, f"{bar.share:.4f}", result.n])
    return buffer.getvalue()
