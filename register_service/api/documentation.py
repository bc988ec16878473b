"""What the API document says of one operation, made from the same values that the operation runs on."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask_smorest import Blueprint

if TYPE_CHECKING:
    from register_service.api.operation import Operation

ETAG = {"description": "Kenmerk van deze toestand, voor If-Match en If-None-Match.", "schema": {"type": "string"}}
LINK = {"description": 'Adres van de volgende pagina, met rel="next".', "schema": {"type": "string"}}
LOCATION = {"description": "Adres van wat is aangemaakt.", "schema": {"type": "string"}}

# Every operation may answer with these; the reasons are in the component of the same name.
_ALWAYS = (400, 401, 403, 406, 503)


def document(view: Callable[..., Any], operation: "Operation") -> Callable[..., Any]:
    """Attach the documentation of an operation to its view."""
    manual: dict[str, Any] = {
        "operationId": view.__name__,
        "summary": operation.summary,
        "parameters": _parameters(operation),
        "responses": _responses(operation),
        "security": [{"oauth2": [str(operation.scope)]}],
    }
    if operation.description:
        manual["description"] = " ".join(operation.description.split())
    if operation.body is not None:
        manual["requestBody"] = {"required": True, "content": {"application/json": {"schema": operation.body}}}
    documented: Callable[..., Any] = Blueprint.doc(**manual)(view)
    return documented


def _parameters(operation: "Operation") -> list[Any]:
    parameters: list[Any] = [{"in": "query", "schema": operation.query}] if operation.query is not None else []
    if operation.writes:
        parameters.append("Reden")
        parameters += ["IdempotencyKey"] if operation.method == "POST" else []
        parameters += ["IfMatch"] if operation.needs_match else []
    elif operation.method == "GET":
        parameters.append("IfNoneMatch")
    return parameters


def _responses(operation: "Operation") -> dict[str, Any]:
    refusals = {*_ALWAYS, *operation.refusals}
    refusals |= {404} if "{" in operation.rule else set()
    refusals |= {413, 415} if operation.body is not None else set()
    refusals |= {409} if operation.writes else set()
    refusals |= {412, 428} if operation.needs_match else set()
    responses: dict[str, Any] = {str(operation.status): _success(operation)}
    if operation.method == "GET":
        responses["304"] = "NietGewijzigd"
    if "{registratienummer}" in operation.rule:
        responses["308"] = "Samengevoegd"
    return responses | {str(status): f"Fout{status}" for status in sorted(refusals)}


def _success(operation: "Operation") -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if operation.answer is not None and not (operation.page and operation.method == "POST"):
        headers["ETag"] = ETAG
    if operation.page and operation.method == "GET":
        headers["Link"] = LINK
    if operation.status == 201:
        headers["Location"] = LOCATION
    response: dict[str, Any] = {"description": _DESCRIPTIONS[operation.status], "headers": headers}
    if operation.answer is not None:
        response["content"] = {"application/json": {"schema": operation.answer}}
    return response


_DESCRIPTIONS = {200: "Gelukt.", 201: "Aangemaakt.", 204: "Verwijderd."}
