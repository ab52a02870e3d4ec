"""Counts of decisions for programs: JSON and CSV, with the numbers of the page."""

import csv
import io
import json

from citizen.cities.models import City
from citizen.moderation.transparency import Line, Transparency

COLUMNS = "month source verdict reason is_legal number with_machine after_report appeals granted upheld".split()


def as_json(city: City, counted: Transparency) -> str:
    document = {"city": city.slug, "reports": counted.reports, "decisions": [_values(line) for line in counted.lines]}
    return json.dumps(document, ensure_ascii=False)


def as_csv(counted: Transparency) -> str:
    """One line for each month, kind of text, verdict and reason."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS)
    writer.writeheader()
    writer.writerows(_values(line) for line in counted.lines)
    return buffer.getvalue()


def _values(line: Line) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(line, name) for name in COLUMNS}
    return values | {"month": line.month.isoformat()[:7], "verdict": line.verdict.value}
