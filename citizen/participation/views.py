"""The city's first page: what is open now, what closes soon, what was heard."""

from flask import Blueprint, Response, g, render_template

from citizen.core import clock
from citizen.core.pages import shared_page
from citizen.core.web import public
from citizen.participation import statistics
from citizen.participation.board import board

bp = Blueprint("participation", __name__)


@bp.get("/<slug:city_slug>/")
@public
def home() -> Response:
    """Numbers of answers on this page are as of the minute."""
    minute = clock.now().replace(second=0)
    return shared_page(
        lambda: render_template("participation/home.html", board=board(statistics.overview(g.city))),
        minute,
        statistics.next_change(g.city),
    )
