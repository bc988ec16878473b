"""Reading a request: forms spoken, path, query, headers and body, with everything that is wrong with it at once."""

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import orjson
from flask import request
from marshmallow import Schema

from register_service.access.caller import Caller
from register_service.api.call import Call, Services
from register_service.core.errors import FieldError, Invalid, NotAcceptable, UnsupportedMediaType
from register_service.core.fields import Text
from register_service.core.schema import ApiSchema
from register_service.core.validation import load

if TYPE_CHECKING:
    from register_service.api.operation import Operation

JSON_TYPES = ("application/json", "application/merge-patch+json")
_ANY_FORM = ("*/*", "application/json")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)


class HeaderSchema(ApiSchema):
    """Headers that any write may carry."""

    reden = Text(200, data_key="Reden")
    idempotency_key = Text(
        100, data_key="Idempotency-Key", pattern="[!-~]+", hint="Gebruik alleen zichtbare ASCII-tekens, zoals een UUID."
    )


_HEADERS = HeaderSchema()


def read_call(operation: "Operation", services: Services, caller: Caller, path: dict[str, str]) -> Call:
    """Validate a request against its operation. Raises NotAcceptable, UnsupportedMediaType or Invalid with every error."""
    _require_acceptable()
    errors: list[FieldError] = []
    query = _query(operation.query, errors)
    headers = _headers(operation, errors)
    body = _body(operation.body, errors) if operation.body is not None else _no_body(errors)
    if errors:
        raise Invalid(errors)
    identifier = request.headers.get("X-Request-ID", "")
    request_id = identifier if _REQUEST_ID.fullmatch(identifier) else None
    reason = body.get("reden") or headers.get("reden")
    return Call(operation, services, caller, path, query, body, request_id, reason)


def _require_acceptable() -> None:
    raw = request.headers.get("Accept")
    if raw and raw not in _ANY_FORM and not _accepts_json():
        raise NotAcceptable("Deze dienst antwoordt met application/json. Pas de kop 'Accept' aan of laat hem weg.")


def _accepts_json() -> bool:
    # The most specific range decides (RFC 9110, section 12.5.1); parameters such as charset mean nothing for JSON.
    ranges = {form.partition(";")[0].strip().lower(): quality for form, quality in request.accept_mimetypes}
    for form in ("application/json", "application/*", "*/*"):
        if form in ranges:
            return ranges[form] > 0
    return False


def _query(schema: Schema | None, errors: list[FieldError]) -> dict[str, Any]:
    if not request.query_string:
        return {}
    for name in request.args:
        if len(request.args.getlist(name)) > 1:
            errors.append(FieldError("query", f"/{name}", "dubbel", "Geef deze parameter één keer."))
    return load(schema or _NOTHING, request.args.to_dict(), "query", errors)


def _headers(operation: "Operation", errors: list[FieldError]) -> dict[str, Any]:
    if not operation.writes:
        return {}
    given = {name: request.headers[name] for name in ("Reden", "Idempotency-Key") if name in request.headers}
    if "Reden" in given:  # a header is ASCII; other characters come percent-encoded
        given["Reden"] = unquote(given["Reden"], errors="replace")
    return load(_HEADERS, given, "header", errors) if given else {}


def _body(schema: Schema, errors: list[FieldError]) -> dict[str, Any]:
    if request.mimetype not in JSON_TYPES:
        raise UnsupportedMediaType("Stuur JSON, met de kop 'Content-Type: application/json'.")
    try:
        data = orjson.loads(request.get_data())
    except orjson.JSONDecodeError as error:
        detail = f"Dit is geen geldige JSON (regel {error.lineno}, teken {error.colno})."
        errors.append(FieldError("body", "", "ongeldige-json", detail))
        return {}
    return load(schema, data, "body", errors)


def _no_body(errors: list[FieldError]) -> dict[str, Any]:
    if request.content_length:
        errors.append(FieldError("body", "", "geen-inhoud", "Deze aanvraag heeft geen inhoud; laat die weg."))
    return {}


class NothingSchema(ApiSchema):
    """No parameters at all."""


_NOTHING = NothingSchema()
