"""The first page of the console: what is open, what waits."""

from typing import Any

from flask import Blueprint, Response, g

from citizen.accounts.access import staff
from citizen.accounts.models import Role
from citizen.core.web import page
from citizen.participation.desk import console_url, desk

bp = Blueprint("console", __name__, url_prefix="/<slug:city_slug>/staff")


@bp.app_context_processor
def what_this_person_may_do() -> dict[str, Any]:
    """For the navigation of every page of the console."""
    role = g.get("role")
    return {"may_manage": role.covers(Role.ADMIN), "may_write": role.covers(Role.EDITOR)} if role else {}


@bp.get("/")
@staff(Role.VIEWER)
def home() -> Response:
    """What is open now, what closes this week, and what waits for somebody."""
    return page("staff/home.html", desk=desk(g.city), console_url=console_url)
