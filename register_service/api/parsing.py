"""Reading a request: forms spoken, path, query, headers and body, with everything that is wrong with it at once."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, unquote_to_bytes

from flask import request
from marshmallow import Schema, ValidationError
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from register_service.access.caller import Caller
from register_service.api import uploads
from register_service.api.call import Call, Services
from register_service.api.json_body import read_json
from register_service.core.errors import FieldError, Invalid, NotAcceptable, PreconditionRequired, UnsupportedMediaType
from register_service.core.fields import Text
from register_service.core.schema import ApiSchema
from register_service.core.validation import escape, load

if TYPE_CHECKING:
    from register_service.api.operation import Operation

JSON_TYPES = ("application/json", "application/merge-patch+json")
_ANY_FORM = ("*/*", "application/json")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)


class Reason(Text):
    """A text in a header: ASCII, other characters percent-encoded as UTF-8."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        try:
            value.encode("ascii")
            text = unquote(value, errors="strict")
        except UnicodeError as error:
            hint = "Schrijf tekens buiten ASCII percent-gecodeerd als UTF-8, zoals %C3%AB voor ë."
            raise ValidationError(f"ongeldig-teken: {hint}") from error
        return super()._deserialize(text, attr, data, **kwargs)


class HeaderSchema(ApiSchema):
    """Headers that any write may carry."""

    reden = Reason(200, data_key="Reden")
    if_match = Text(
        1000,
        data_key="If-Match",
        pattern=r'\*|(W/)?"[!#-~]*"(\s*,\s*(W/)?"[!#-~]*")*',
        hint='Geef de ETag zoals u hem kreeg, met de aanhalingstekens: "..."',
    )
    idempotency_key = Text(
        100, data_key="Idempotency-Key", pattern="[!-~]+", hint="Gebruik alleen zichtbare ASCII-tekens, zoals een UUID."
    )
    bestandsnaam = Reason(200, data_key="Bestandsnaam")


_HEADERS = HeaderSchema()
_CHECKED_HEADERS = ("Reden", "Idempotency-Key", "If-Match", "Bestandsnaam")


def read_call(operation: "Operation", services: Services, caller: Caller, path: dict[str, str]) -> Call:
    """Validate a request against its operation.

    Raises NotAcceptable, UnsupportedMediaType, Invalid with every error, or PreconditionRequired.
    """
    _require_acceptable(operation)
    errors: list[FieldError] = []
    query = _query(operation.query, errors)
    headers = _headers(operation, errors)
    body = _body_of(operation, headers, errors)
    if errors:
        raise Invalid(errors)
    if operation.needs_match and "If-Match" not in request.headers:
        raise PreconditionRequired
    identifier = request.headers.get("X-Request-ID", "")
    request_id = identifier if _REQUEST_ID.fullmatch(identifier) else None
    reason = body.get("reden") or headers.get("reden")
    return Call(operation, services, caller, path, query, body, request_id, reason)


def _require_acceptable(operation: "Operation") -> None:
    raw = request.headers.get("Accept")
    forms = tuple(operation.forms.values()) or ("application/json",)
    if (
        operation.forms and "formaat" in request.args
    ):  # the address goes before the header: a link in a page has no say in that
        return
    if raw and raw not in _ANY_FORM and not any(_accepts(form) for form in forms):
        known = " of ".join(forms)
        raise NotAcceptable(f"Deze dienst antwoordt met {known}. Pas de kop 'Accept' aan of laat hem weg.")


def _accepts(form: str) -> bool:
    # The most specific range decides (RFC 9110, section 12.5.1); parameters such as charset mean nothing for JSON.
    ranges = {given.partition(";")[0].strip().lower(): quality for given, quality in request.accept_mimetypes}
    for known in (form, f"{form.partition('/')[0]}/*", "*/*"):
        if known in ranges:
            return ranges[known] > 0
    return False


def _query(schema: Schema | None, errors: list[FieldError]) -> dict[str, Any]:
    if not request.query_string:
        return {}
    if not _is_utf8(request.query_string):
        errors.append(FieldError("query", "", "ongeldig-teken", "Codeer de parameters als UTF-8."))
        return {}
    for name, values in request.args.lists():
        if len(values) > 1:
            errors.append(FieldError("query", f"/{escape(name)}", "dubbel", "Geef deze parameter één keer."))
    return load(schema or _NOTHING, request.args.to_dict(), "query", errors)


def _is_utf8(query_string: bytes) -> bool:
    try:
        unquote_to_bytes(query_string).decode()
    except UnicodeDecodeError:
        return False
    return True


def _headers(operation: "Operation", errors: list[FieldError]) -> dict[str, Any]:
    if not operation.writes:
        return {}
    given = {name: request.headers[name] for name in _CHECKED_HEADERS if name in request.headers}
    if not operation.needs_match:
        given.pop("If-Match", None)
    if not operation.body_stream:
        given.pop("Bestandsnaam", None)
    return load(_HEADERS, given, "header", errors) if given else {}


def _body_of(operation: "Operation", headers: dict[str, Any], errors: list[FieldError]) -> dict[str, Any]:
    if operation.body_stream:
        # The file itself is read when everything else was found to be right.
        uploads.require_file()
        return {"bestandsnaam": headers.get("bestandsnaam")}
    return _body(operation.body, errors) if operation.body is not None else _no_body(errors)


def _body(schema: Schema, errors: list[FieldError]) -> dict[str, Any]:
    if request.mimetype not in JSON_TYPES:
        raise UnsupportedMediaType("Stuur JSON, met de kop 'Content-Type: application/json'.")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType("Stuur de inhoud zonder compressie: laat de kop 'Content-Encoding' weg.")
    mistakes = len(errors)
    data = read_json(_whole_body(), errors)
    return load(schema, data, "body", errors) if len(errors) == mistakes else {}


def _whole_body() -> bytes:
    # gunicorn gives what came before the client left; that may be whole JSON, but it is not the whole request.
    data = request.get_data()
    if len(data) < (request.content_length or 0):
        raise ClientDisconnected
    # A body in chunks says no length beforehand, and werkzeug cuts it off at the limit without a word.
    if request.content_length is None and len(data) >= (request.max_content_length or len(data) + 1):
        raise RequestEntityTooLarge
    return data


def _no_body(errors: list[FieldError]) -> dict[str, Any]:
    if request.content_length or ("Transfer-Encoding" in request.headers and request.stream.read(1)):
        errors.append(FieldError("body", "", "geen-inhoud", "Deze aanvraag heeft geen inhoud; laat die weg."))
    return {}


class NothingSchema(ApiSchema):
    """No parameters at all."""


_NOTHING = NothingSchema()
