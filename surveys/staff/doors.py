"""Ways out of the editor, as far as they lead somewhere on this install."""

from typing import Any

from flask import current_app, url_for


def door(endpoint: str, **values: Any) -> str:
    """The address of a page of the console; empty where there is no such page."""
    name = f"survey_staff.{endpoint}"
    return url_for(name, **values) if name in current_app.view_functions else ""
