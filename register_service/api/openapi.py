"""The OpenAPI 3.1 document of /v1, made by flask-smorest from the schemas that validate, finished here."""

import json
from typing import Any

from flask import Flask
from flask_smorest import Api

from register_service.access.scopes import DESCRIPTIONS
from register_service.api import answers
from register_service.api.finishing import finish
from register_service.core.errors import Moved

API_VERSION = "1.0.0"
EXAMPLE_SERVER = "https://lerarenregister.example.nl"

_DESCRIPTION = """Het regionale lerarenregister van RA-ZON: wie lesgeeft, met welke bevoegdheden en aanstellingen.

**Aanmelden.** Vraag met uw client een token aan bij `/oauth/token` (OAuth 2.0, client credentials, met een geheim of met
`private_key_jwt`) en stuur het mee als `Authorization: Bearer ...`. U ziet alleen de leraren van uw eigen bestuur: van drie
maanden voor tot twaalf maanden na een aanstelling. Van een ander krijgt u hetzelfde antwoord als van wie niet bestaat: 404.

**Tijd.** `geldigOp` toont wat op een dag gold; `beschikbaarOp` toont wat op een tijdstip bekend was. Samen mag ook. Dagen zijn
kalenderdagen in Amsterdam; tijdstippen zijn UTC. Begin en einde tellen mee. Elke bron heeft een `/historie`: wie wat wanneer
wijzigde, en waarom.

**Wijzigen.** Stuur `If-Match` mee met de ETag van wat u wijzigt: is het intussen veranderd, dan krijgt u 412. Stuur bij een
POST een `Idempotency-Key`: herhaalt u de aanvraag binnen 24 uur, dan krijgt u hetzelfde antwoord en gebeurt er niets dubbel.
De kop `Reden` (ASCII; andere tekens percent-gecodeerd als UTF-8) komt in de geschiedenis te staan.

**Lijsten.** Een lijst komt in pagina's van `limiet` (1 tot en met 500). Vraag de volgende met de `cursor` uit `volgende`, of volg
de kop `Link`; is `volgende` null, dan is dit de laatste.

**Fouten.** Elke weigering is `application/problem+json` (RFC 9457). `code` verandert niet; `detail` is voor mensen. Bij 400 staan
alle fouten tegelijk in `errors`, elk met een JSON Pointer. Onbekende velden en parameters worden geweigerd. Stuur nooit een BSN.
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
    for name, header in answers.HEADERS.items():
        components.header(name, header)
    tag = {"ETag": {"$ref": "#/components/headers/ETag"}}
    components.response("NietGewijzigd", {"description": "U hebt de laatste toestand al.", "headers": tag})
    components.response("Samengevoegd", _moved())
    for status in answers.REFUSALS:
        components.response(f"Fout{status}", answers.refusal(status))


def _moved() -> dict[str, Any]:
    text = "Het dossier is samengevoegd en gaat verder onder een ander registratienummer; zie de kop Location."
    example = {
        "type": f"urn:lerarenregister:fout:{Moved.code}",
        "title": Moved.title,
        "status": Moved.status,
        "detail": "Dit dossier is samengevoegd met 2657035144. Gebruik voortaan dat registratienummer.",
        "code": Moved.code,
    }
    return answers.problem_response(text, example, {"Location": {"$ref": "#/components/headers/Location"}})


_CODES = "\n".join(f"- `{code}`: {text}" for code, text in sorted(answers.GENERAL_CODES.items()))
_FIELD_ERROR = {
    "type": "object",
    "description": "Eén ding dat mis is met een aanvraag.",
    "required": ["in", "location", "code", "detail"],
    "properties": {
        "in": {
            "type": "string",
            "description": "In welk deel van de aanvraag.",
            "enum": ["body", "query", "path", "header"],
            "examples": ["body"],
        },
        "location": {
            "type": "string",
            "description": "JSON Pointer (RFC 6901) naar wat er mis is; leeg: het geheel.",
            "examples": ["/begindatum"],
        },
        "code": {
            "type": "string",
            "description": f"Vaste code van de fout. De regels van het domein staan bij elke bewerking; algemeen zijn:\n{_CODES}",
            "examples": ["ongeldige-datum"],
        },
        "detail": {
            "type": "string",
            "description": "Wat u kunt doen.",
            "examples": ["Geef een bestaande dag als JJJJ-MM-DD."],
        },
    },
}
_PROBLEM = {
    "type": "object",
    "description": "Een weigering volgens RFC 9457.",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {
            "type": "string",
            "format": "uri",
            "description": "Het soort weigering: een naam, geen adres.",
            "examples": ["urn:lerarenregister:fout:ongeldige-aanvraag"],
        },
        "title": {
            "type": "string",
            "description": "Het soort weigering, in woorden.",
            "examples": ["Ongeldige aanvraag"],
        },
        "status": {"type": "integer", "description": "De HTTP-status.", "examples": [400]},
        "detail": {
            "type": "string",
            "description": "Wat er aan de hand is en wat u kunt doen.",
            "examples": ["Er is 1 fout gevonden. Verbeter wat er in 'errors' staat en stuur de aanvraag opnieuw."],
        },
        "code": {
            "type": "string",
            "description": "Vaste code van de regel; hierop kan uw programma kiezen.",
            "examples": ["ongeldige-aanvraag"],
        },
        "errors": {
            "type": "array",
            "description": "Alles wat er mis is met de aanvraag (hoogstens de eerste 100).",
            "items": {"$ref": "#/components/schemas/Fout"},
        },
        "kandidaten": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Bij 'leraar-bestaat-mogelijk' en 'eck-id-bestaat': de registratienummers die u mag kennen.",
            "examples": [["2657035144"]],
        },
    },
}
_UUID = "0f4a1c52-7d1f-4c0a-9d53-2f6f0a7c1e11"
_TAGS = r'^(\*|(W/)?"[!#-~]*"(\s*,\s*(W/)?"[!#-~]*")*)$'
_PARAMETERS: dict[str, dict[str, Any]] = {
    "Reden": {
        "name": "Reden",
        "description": "Waarom; komt in de geschiedenis te staan. Tekens buiten ASCII percent-gecodeerd als UTF-8.",
        "schema": {
            "type": "string",
            "minLength": 1,
            "maxLength": 200,
            "pattern": "^[!-~]([ -~]*[!-~])?$",
            "examples": ["Doorgegeven door de school"],
        },
    },
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "description": "Uw eigen sleutel voor deze aanvraag; binnen 24 uur geeft dezelfde aanvraag hetzelfde antwoord.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[!-~]+$", "examples": [_UUID]},
    },
    "Bestandsnaam": {
        "name": "Bestandsnaam",
        "description": "Hoe u het bestand noemt; tekens buiten ASCII percent-gecodeerd als UTF-8. De inhoud zegt wat het is.",
        "schema": {
            "type": "string",
            "minLength": 1,
            "maxLength": 200,
            "pattern": "^[!-~]([ -~]*[!-~])?$",
            "examples": ["certificaat%20studiedag.pdf"],
        },
    },
    "IfMatch": {
        "name": "If-Match",
        "required": True,
        "description": "De ETag van de toestand die u wijzigt; of '*': wat de toestand ook is.",
        "schema": {"type": "string", "maxLength": 1000, "pattern": _TAGS, "examples": ['"zRUhXBHwJiYQknNF"']},
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "description": "De ETag die u al hebt; is er niets veranderd, dan is het antwoord 304.",
        "schema": {"type": "string", "examples": ['"zRUhXBHwJiYQknNF"']},
    },
}


def build_document(app: Flask) -> dict[str, Any]:
    """Give the document of an application: paths below the server's /v1, API-Version on every response."""
    api: Api = app.extensions["register-api"]
    names: dict[Any, str] = api.ma_plugin.converter.refs
    about = {name: getattr(key[0], "about", "") for key, name in names.items()}
    document: dict[str, Any] = json.loads(json.dumps(api.spec.to_dict()))
    return finish(document, about)
