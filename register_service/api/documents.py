"""The API document and its page, both open to all; the page loads nothing from outside."""

import orjson
from flask import Blueprint, Flask, Response, current_app, redirect
from flask_swagger_ui import get_swaggerui_blueprint
from werkzeug.wrappers import Response as BaseResponse

from register_service.api.openapi import build_document

PAGE = "/v1/docs"

# Swagger UI sets styles from its script and draws its icons from data: addresses; everything else is our own origin.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; frame-ancestors 'none'"
)

blueprint = Blueprint("documents", __name__)


@blueprint.get("/v1/openapi.json")
def openapi() -> Response:
    """Give the OpenAPI document."""
    response = Response(_document(), mimetype="application/json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@blueprint.get("/")
def start() -> BaseResponse:
    """Lead a visitor to the documentation."""
    return redirect(f"{PAGE}/")


def _document() -> bytes:
    document: bytes | None = current_app.extensions.get("register-openapi")
    if document is None:
        document = current_app.extensions["register-openapi"] = orjson.dumps(build_document(current_app))
    return document


def register(app: Flask) -> None:
    """Add the routes."""
    app.register_blueprint(blueprint)
    page = get_swaggerui_blueprint(
        PAGE, "/v1/openapi.json", config={"app_name": "Regionaal lerarenregister", "validatorUrl": None}
    )
    page.after_request(_allow_page)
    app.register_blueprint(page)


def _allow_page(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    return response
