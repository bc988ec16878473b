"""The OpenAPI 3.1 document of /v1, made by flask-smorest from the schemas that validate, finished here."""

from typing import Any

from flask import Flask
from flask_smorest import Api

from register_service.access.scopes import DESCRIPTIONS

API_VERSION = "1.0.0"
EXAMPLE_SERVER = "https://lerarenregister.example.nl"

REFUSALS = {
    400: "De aanvraag is ongeldig; 'errors' noemt alles wat er mis is.",
    401: "Er is geen geldig toegangstoken meegestuurd.",
    403: "Het token mist de scope of de rol die hiervoor nodig is.",
    404: "Dit bestaat niet of u mag het niet zien.",
    406: "De gevraagde vorm van het antwoord is er niet.",
    409: "De aanvraag is in strijd met wat het register bevat; 'code' noemt de regel.",
    412: "De gegevens zijn intussen gewijzigd.",
    413: "De aanvraag is te groot.",
    415: "De inhoud is geen JSON.",
    428: "De kop If-Match ontbreekt.",
    503: "Het register is even niet bereikbaar; er is niets vastgelegd.",
}

_DESCRIPTION = """Het regionaal lerarenregister van RA-ZON: wie lesgeeft, met welke bevoegdheden en aanstellingen.

**Aanmelden.** Vraag een token aan bij `/oauth/token` (client credentials) en stuur het mee als `Authorization: Bearer ...`.
**Tijd.** `geldigOp` toont wat op een dag gold; `beschikbaarOp` toont wat op een tijdstip bekend was.
**Wijzigen.** Stuur `If-Match` mee met de ETag van wat u wijzigt, en bij een POST een `Idempotency-Key`: dan is herhalen veilig.
**Reden.** De kop `Reden` (UTF-8, percent-gecodeerd) komt in de geschiedenis te staan.
"""


def configure(app: Flask) -> Api:
    """Make flask-smorest's Api with everything that the document holds besides the operations."""
    app.config.update(API_TITLE="Regionaal lerarenregister", API_VERSION=API_VERSION, OPENAPI_VERSION="3.1.0")
    Api.DEFAULT_ERROR_RESPONSE_NAME = None
    api = Api(app, spec_kwargs={"info": _info(), "servers": [{"url": f"{EXAMPLE_SERVER}/v1"}]})
    _add_components(api)
    return api


def _info() -> dict[str, Any]:
    contact = {
        "name": "Beheer lerarenregister RA-ZON",
        "email": "register@ra-zon.example.nl",
        "url": EXAMPLE_SERVER,
    }
    return {"description": _DESCRIPTION, "contact": contact}


def _add_components(api: Api) -> None:
    components = api.spec.components
    components.security_scheme(
        "oauth2",
        {
            "type": "oauth2",
            "flows": {
                "clientCredentials": {
                    "tokenUrl": f"{EXAMPLE_SERVER}/oauth/token",
                    "scopes": {str(scope): text for scope, text in DESCRIPTIONS.items()},
                }
            },
        },
    )
    components.schema("Fout", _FIELD_ERROR)
    components.schema("Probleem", _PROBLEM)
    for name, parameter in _PARAMETERS.items():
        components.parameter(name, "header", parameter)
    components.response("NietGewijzigd", {"description": "U hebt de laatste toestand al.", "headers": {}})
    components.response("Samengevoegd", _problem_response("Het dossier gaat verder onder een ander registratienummer."))
    for status, text in REFUSALS.items():
        components.response(f"Fout{status}", _problem_response(text))


def _problem_response(description: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Probleem"}
    return {"description": description, "headers": {}, "content": {"application/problem+json": {"schema": schema}}}


_FIELD_ERROR = {
    "type": "object",
    "required": ["in", "location", "code", "detail"],
    "properties": {
        "in": {"type": "string", "enum": ["body", "query", "path", "header"]},
        "location": {"type": "string", "description": "JSON Pointer (RFC 6901) naar wat er mis is."},
        "code": {"type": "string", "description": "Vaste code van de regel."},
        "detail": {"type": "string", "description": "Wat u kunt doen."},
    },
}
_PROBLEM = {
    "type": "object",
    "description": "Een weigering volgens RFC 9457.",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string", "description": "Vaste code van de regel; zie docs/rules.md."},
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/Fout"}},
        "kandidaten": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Bij 'leraar-bestaat-mogelijk': registratienummers die u mag kennen.",
        },
    },
}
_PARAMETERS: dict[str, dict[str, Any]] = {
    "Reden": {
        "name": "Reden",
        "description": "Waarom; komt in de geschiedenis. Niet-ASCII-tekens percent-gecodeerd.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    },
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "description": "Uw eigen sleutel voor deze aanvraag; binnen 24 uur geeft dezelfde aanvraag hetzelfde antwoord.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[!-~]+$"},
    },
    "IfMatch": {
        "name": "If-Match",
        "required": True,
        "description": "De ETag van de toestand die u wijzigt.",
        "schema": {"type": "string"},
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "description": "De ETag die u al hebt; is er niets veranderd, dan is het antwoord 304.",
        "schema": {"type": "string"},
    },
}


def build_document(app: Flask) -> dict[str, Any]:
    """Give the document of an application: paths below the server's /v1, API-Version on every response."""
    document: dict[str, Any] = app.extensions["register-api"].spec.to_dict()
    document["paths"] = {path.removeprefix("/v1"): item for path, item in document["paths"].items()}
    version = {"description": "De volledige versie van deze API.", "schema": {"type": "string"}}
    document["components"].setdefault("headers", {})["ApiVersion"] = version
    for response in _responses(document):
        response.setdefault("headers", {})["API-Version"] = {"$ref": "#/components/headers/ApiVersion"}
    used = str(document["paths"])
    kept = document["components"]["responses"]
    document["components"]["responses"] = {name: kept[name] for name in kept if f"/responses/{name}'" in used}
    return document


def _responses(document: dict[str, Any]) -> list[dict[str, Any]]:
    everywhere = [
        response
        for item in document["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict)
        for response in operation.get("responses", {}).values()
        if "$ref" not in response
    ]
    return everywhere + list(document["components"]["responses"].values())
