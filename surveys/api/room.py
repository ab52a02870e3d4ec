"""The blueprint that all endpoints about surveys share."""

from flask import Blueprint

from citizen.core.api import API_ROOT

bp = Blueprint("surveys_api", __name__, url_prefix=f"{API_ROOT}/cities/<slug:city_slug>/surveys")
