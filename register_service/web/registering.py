"""Putting the pages into the application: the one list of their parts."""

from flask import Blueprint, Flask

from register_service.settings import Settings
from register_service.web import assets, errors, rendering, signing_in, start
from register_service.web.auditor import pages as auditor
from register_service.web.leraar import pages as leraar

PARTS: tuple[Blueprint, ...] = (start.blueprint, signing_in.blueprint, leraar.blueprint, auditor.blueprint)


def register(app: Flask, settings: Settings) -> None:
    """Add the pages, what they look like, and their errors; after the API, whose errors stay as they are."""
    signing_in.register(app, settings)
    assets.register(app, settings.thema)
    rendering.register(app)
    for blueprint in PARTS:
        app.register_blueprint(blueprint)
    errors.register(app)
