"""The blueprint that all pages about surveys share."""

from flask import Blueprint

bp = Blueprint("survey", __name__, url_prefix="/<slug:city_slug>/surveys")
