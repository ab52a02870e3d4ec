"""Commands about surveys."""

from flask import Flask
from flask.cli import AppGroup

survey = AppGroup("survey", help="Main surveys.")


def init_app(app: Flask) -> None:
    app.cli.add_command(survey)
