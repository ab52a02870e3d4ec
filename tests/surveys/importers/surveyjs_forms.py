"""Small SurveyJS forms, as Python values."""

from collections.abc import Sequence
from typing import Any

import orjson

from surveys.importers.report import Import
from tests.surveys.importers.brought import BOTH, bring


def form(*elements: dict[str, Any], **settings: Any) -> Import:
    """A form of one page, read for a city that writes in English and German."""
    return form_of([{"name": "first", "elements": list(elements)}], **settings)


def form_of(pages: Sequence[dict[str, Any]], *, languages: Sequence[str] = BOTH, **settings: Any) -> Import:
    return bring(orjson.dumps({"pages": pages} | settings), languages, "form.json")


def element(type_: str, name: str = "q", **values: Any) -> dict[str, Any]:
    return {"type": type_, "name": name} | values


AB = [{"value": "a", "text": {"default": "One", "de": "Eins"}}, {"value": "b", "text": "Two"}]
