"""The small print of OAuth 2.0 requests: how a form is read and how a refusal looks (RFC 6749, sections 3.2 and 5.2)."""

from urllib.parse import parse_qsl

import orjson
from flask import Request, Response
from werkzeug.exceptions import RequestEntityTooLarge

MAX_FORM_BYTES = 16 * 1024
MAX_FIELDS = 32
FORM = "application/x-www-form-urlencoded"
NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}


class OAuthError(Exception):
    """A refusal. `description` is Dutch in ASCII, without quotes or backslashes, and never repeats what was sent."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(f"{error}: {description}")
        self.error = error
        self.description = description
        self.status = status

    def response(self) -> Response:
        """Give the answer that RFC 6749 prescribes."""
        response = json_response({"error": self.error, "error_description": self.description}, self.status)
        if self.status == 401:
            response.headers["WWW-Authenticate"] = 'Basic realm="lerarenregister", charset="UTF-8"'
        return response


def invalid_request(description: str, status: int = 400) -> OAuthError:
    """Make the refusal of a malformed request."""
    return OAuthError("invalid_request", description, status)


def invalid_client(description: str = "De client is onbekend of het bewijs klopt niet") -> OAuthError:
    """Make the refusal of a client that did not prove who it is; the same whatever was wrong with its secret."""
    return OAuthError("invalid_client", description, 401)


def json_response(body: dict[str, object], status: int = 200) -> Response:
    """Answer with JSON that nobody may keep."""
    return Response(orjson.dumps(body), status, dict(NO_STORE), mimetype="application/json")


def read_form(request: Request) -> dict[str, str]:
    """Read the parameters of a request: each at most once, empty ones left out. Raises OAuthError (invalid_request)."""
    if request.query_string:
        raise invalid_request("Zet alle parameters in de body; in een URL komen geheimen in logboeken terecht")
    if request.mimetype != FORM:
        raise invalid_request(f"Stuur de parameters als {FORM}", 415)
    try:
        fields = parse_qsl(
            _read_body(request).decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MAX_FIELDS,
        )
    except ValueError as error:
        raise invalid_request(f"De body is geen geldig formulier van hoogstens {MAX_FIELDS} velden") from error
    form = dict(fields)
    if len(form) < len(fields):
        raise invalid_request("Elke parameter mag maar een keer voorkomen")
    return {name: value for name, value in form.items() if value}


def _read_body(request: Request) -> bytes:
    request.max_content_length = MAX_FORM_BYTES
    try:
        return request.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise invalid_request(f"De body mag hoogstens {MAX_FORM_BYTES} bytes groot zijn", 413) from error
