"""The first page of the console: what is open, what waits."""

from flask import Blueprint, Response, g

from citizen.accounts.access import staff
from citizen.accounts.models import Role
from citizen.core.web import page
from citizen.participation.desk import console_url, desk

bp = Blueprint("console", __name__, url_prefix="/<city_slug>/staff")


@bp.get("/")
@staff(Role.VIEWER)
def home() -> Response:
    """What is open now, what closes this week, and what waits for somebody."""
    may_write, may_manage = g.role.covers(Role.EDITOR), g.role.covers(Role.ADMIN)
    return page(
        "staff/home.html",
        desk=desk(g.city),
        console_url=console_url,
        may_write=may_write,
        may_manage=may_manage,
    )
