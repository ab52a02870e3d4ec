"""Every component in every state, for whoever works on the look: served in debug mode only."""

from flask import Blueprint, Response

from citizen.core.web import page, public

bp = Blueprint("styleguide", __name__)


@bp.get("/styleguide")
@public
def index() -> Response:
    return page("styleguide/index.html")
