"""What the API document says of one operation, made from the same values that the operation runs on."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask_smorest import Blueprint

from register_service.api import uploads
from register_service.api.answers import REFUSALS, refusal
from register_service.core.schema import camel_case
from register_service.storage.kinds import MEDIATYPES

if TYPE_CHECKING:
    from register_service.api.operation import Operation

# Every operation may answer with these; the reasons are in the component of the same name.
_ALWAYS = (400, 401, 403, 406, 503)
_DESCRIPTIONS = {200: "Gelukt.", 201: "Aangemaakt.", 204: "Verwijderd."}


def document(view: Callable[..., Any], operation: "Operation") -> Callable[..., Any]:
    """Attach the documentation of an operation to its view."""
    manual: dict[str, Any] = {
        "operationId": camel_case(view.__name__),
        "summary": operation.summary.rstrip("."),
        "description": _description(operation),
        "parameters": _parameters(operation),
        "responses": _responses(operation),
        "security": [] if operation.open else [{"oauth2": [str(operation.scope)]}],
    }
    content = _content(operation)
    if content:
        manual["requestBody"] = {"required": True, "content": content}
    documented: Callable[..., Any] = Blueprint.doc(**manual)(view)
    return documented


def _content(operation: "Operation") -> dict[str, Any]:
    if operation.body_stream:
        return {mediatype: {"schema": {"type": "string", "format": "binary"}} for mediatype in MEDIATYPES}
    return {"application/json": {"schema": operation.body}} if operation.body is not None else {}


def _description(operation: "Operation") -> str:
    text = " ".join(operation.description.split())
    scope = "Open voor iedereen, zonder token." if operation.open else f"Scope: `{operation.scope}`."
    return "\n\n".join(part for part in (text, scope) if part)


def _parameters(operation: "Operation") -> list[Any]:
    parameters: list[Any] = [{"in": "query", "schema": operation.query}] if operation.query is not None else []
    if operation.writes:
        parameters.append("Reden")
        parameters += ["IdempotencyKey"] if operation.method == "POST" else []
        parameters += ["IfMatch"] if operation.needs_match else []
        parameters += ["Bestandsnaam"] if operation.body_stream else []
    elif operation.method == "GET":
        parameters.append("IfNoneMatch")
    return parameters


def _refusals(operation: "Operation") -> set[int]:
    refusals = {*_ALWAYS, *operation.refusals, *operation.codes}
    refusals -= {401, 403} if operation.open else set()
    refusals |= {404} if "{" in operation.rule else set()
    refusals |= {429} if operation.limit is not None else set()
    refusals |= {413, 415} if _content(operation) else set()
    refusals |= {409} if operation.writes and operation.method == "POST" else set()
    return refusals | ({412, 428} if operation.needs_match else set())


def _responses(operation: "Operation") -> dict[str, Any]:
    responses: dict[str, Any] = {str(operation.status): _success(operation)}
    if operation.method == "GET":
        responses["304"] = "NietGewijzigd"
    if "{registratienummer}" in operation.rule:
        responses["308"] = "Samengevoegd"
    for status in sorted(_refusals(operation)):
        responses[str(status)] = _with_codes(operation, status) or f"Fout{status}"
    return responses


def _with_codes(operation: "Operation", status: int) -> dict[str, Any] | None:
    codes = [*operation.codes.get(status, ()), *(uploads.CODES.get(status, ()) if operation.body_stream else ())]
    description, detail = uploads.DESCRIPTIONS.get(status, (None, None)) if operation.body_stream else (None, None)
    if status == 409 and operation.method == "POST":
        codes.append("idempotency-key-hergebruikt")
    if not codes:
        return refusal(status, description, detail=detail) if description else None
    where = "'code' in 'errors' kan ook zijn" if status == 400 else "'code' is een van"
    text = f"{description or REFUSALS[status].description} {where}: {', '.join(f'`{code}`' for code in codes)}."
    return refusal(status, text, code=codes[0] if status == 409 else None, detail=detail)


def _success(operation: "Operation") -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if operation.answer is not None and _has_tag(operation):
        headers["ETag"] = {"$ref": "#/components/headers/ETag"}
    if operation.page and operation.method == "GET":
        headers["Link"] = {"$ref": "#/components/headers/Link"}
    if operation.status == 201:
        headers["Location"] = {"$ref": "#/components/headers/Location"}
    if operation.writes and operation.method == "POST":
        headers["Idempotency-Replayed"] = {"$ref": "#/components/headers/IdempotencyReplayed"}
    response: dict[str, Any] = {"description": _DESCRIPTIONS[operation.status], "headers": headers}
    if operation.answer is not None:
        response["content"] = {"application/json": {"schema": operation.answer}}
        for form in operation.forms.values():
            response["content"].setdefault(form, {"schema": {"type": "string", "format": "binary"}})
    return response


def _has_tag(operation: "Operation") -> bool:
    # An answer that is no resource (a search, candidates, a merge) has no state to name.
    return operation.method != "POST" or operation.status == 201 or operation.needs_match or operation.tagged
