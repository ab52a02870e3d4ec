"""Puts Plaza together: settings, extensions, rooms, addresses and commands."""

import sys
from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import citizen.accounts.access
import citizen.accounts.cli
import citizen.accounts.staff
import citizen.accounts.views
import citizen.cities.api
import citizen.cities.cli
import citizen.cities.staff
import citizen.cities.staff_districts
import citizen.cities.tenancy
import citizen.cities.views
import citizen.moderation.jobs
import citizen.moderation.staff
import citizen.moderation.views
import citizen.participation.cli
import citizen.participation.staff
import citizen.participation.views
import ideation.api
import ideation.cli
import ideation.demo
import ideation.jobs
import ideation.moderating
import ideation.own_data
import ideation.staff
import ideation.views
import polls.api
import polls.demo
import polls.jobs
import polls.staff
import polls.views
import progress.cli
import surveys.api
import surveys.cli
import surveys.demo
import surveys.jobs
import surveys.staff
import surveys.views
from citizen.core import (
    api,
    assets,
    cli,
    db,
    errors,
    health,
    i18n,
    limits,
    logs,
    media,
    pages,
    security,
    styleguide,
    web,
)
from citizen.core.config import ROOT, BadSettings, Settings
from citizen.core.jobs import queue

GENERAL = (logs, security, assets, db, i18n, limits, web, errors, pages)
ROOMS = (citizen.cities.tenancy, citizen.accounts.access)
BLUEPRINTS = (
    health.bp,
    media.bp,
    api.bp,
    citizen.cities.api.bp,
    citizen.cities.views.bp,
    citizen.cities.staff.bp,
    citizen.accounts.views.bp,
    citizen.accounts.staff.bp,
    citizen.participation.views.bp,
    citizen.participation.staff.bp,
    citizen.moderation.views.bp,
    citizen.moderation.staff.bp,
    polls.views.bp,
    polls.staff.bp,
    polls.api.bp,
    surveys.views.bp,
    surveys.staff.bp,
    surveys.api.bp,
    ideation.views.bp,
    ideation.staff.bp,
    ideation.api.bp,
)
COMMANDS = (
    cli,
    citizen.cities.cli,
    citizen.accounts.cli,
    citizen.participation.cli,
    surveys.cli,
    ideation.cli,
    progress.cli,
)
JOBS = (citizen.moderation.jobs, polls.jobs, surveys.jobs, ideation.jobs)
DEMOS = (polls.demo, surveys.demo, ideation.demo)
KEEPERS = (ideation.own_data, ideation.moderating)
"""Importing these declares the jobs that the queue runs, what the demo city shows, what is kept about people, and which
texts moderators read."""


def settings_or_exit() -> Settings:
    try:
        return Settings.from_env()
    except BadSettings as problems:
        sys.exit(f"Plaza does not start:\n{problems}")


def create_app(overrides: Mapping[str, Any] | None = None, *, settings: Settings | None = None) -> Flask:
    """The application, ready to serve. Ends the program, saying why, where the environment makes no sense."""
    settings = settings or settings_or_exit()
    app = Flask(__name__, root_path=str(ROOT), static_folder=None)
    app.config.from_mapping(settings.flask())
    app.config.from_mapping(overrides or {})
    app.extensions["settings"] = settings
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    for part in (*GENERAL, *ROOMS, *COMMANDS):
        part.init_app(app)
    for blueprint in (*BLUEPRINTS, *((styleguide.bp,) if settings.debug else ())):
        app.register_blueprint(blueprint)
    queue.bind(app, settings)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]
    return app
