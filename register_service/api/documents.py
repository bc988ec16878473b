"""The API document and its page, both open to all; the page loads nothing from outside."""

from pathlib import Path
from typing import Any

import flask_swagger_ui
import orjson
from flask import Blueprint, Flask, Response, current_app, redirect, send_from_directory
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from register_service.api.openapi import build_document

PAGE = "/v1/docs/"

# Swagger UI sets styles from its script and draws its icons from data: addresses; everything else is our own origin.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_OURS = Path(__file__).with_name("docs")
_THEIRS = Path(flask_swagger_ui.__file__).with_name("dist")
# The only files that are served, each from where it is kept.
ASSETS = {
    "page.css": _OURS,
    "page.js": _OURS,
    "swagger-ui.css": _THEIRS,
    "swagger-ui-bundle.js": _THEIRS,
    "favicon-32x32.png": _THEIRS,
}

blueprint = Blueprint("documents", __name__)


@blueprint.get("/v1/openapi.json")
def openapi() -> Response:
    """Give the OpenAPI document."""
    response = Response(_document(), mimetype="application/json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@blueprint.get("/v1/docs")
def without_slash() -> BaseResponse:
    """Lead a visitor to the documentation."""
    return redirect(PAGE, 308)


@blueprint.get(PAGE)
def page() -> Response:
    """Give the page that shows the document."""
    response = send_from_directory(_OURS, "index.html")
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get(f"{PAGE}<name>")
def asset(name: str) -> Response:
    """Give a file that the page needs."""
    if name not in ASSETS:
        raise NotFound
    return send_from_directory(ASSETS[name], name)


def _document() -> bytes:
    document: bytes | None = current_app.extensions.get("register-openapi")
    if document is None:
        document = current_app.extensions["register-openapi"] = orjson.dumps(_of_this_server(current_app))
    return document


def _of_this_server(app: Flask) -> dict[str, Any]:
    # The committed document names an example; this one works from where it was found, whatever the name of the server.
    document = build_document(app)
    document["servers"] = [{"url": "/v1"}]
    document["components"]["securitySchemes"]["oauth2"]["flows"]["clientCredentials"]["tokenUrl"] = "/oauth/token"
    return document


def register(app: Flask) -> None:
    """Add the routes."""
    app.register_blueprint(blueprint)
