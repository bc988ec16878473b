"""The refusals and headers that operations share, as the API document describes them."""

from dataclasses import dataclass
from typing import Any

from register_service.core import errors


@dataclass(frozen=True, slots=True)
class Refusal:
    """One status: what it means, an example of its body (code, title, detail), the header that comes with it."""

    description: str
    code: str
    title: str
    detail: str
    header: str | None = None


def _of(kind: type[errors.DomainError], description: str, detail: str, header: str | None = None) -> Refusal:
    return Refusal(description, kind.code, kind.title, detail, header)


_CHALLENGE = "WWW-Authenticate"
REFUSALS: dict[int, Refusal] = {
    400: _of(
        errors.Invalid,
        "De aanvraag is ongeldig; 'errors' noemt alles wat er mis is.",
        "Er is 1 fout gevonden. Verbeter wat er in 'errors' staat en stuur de aanvraag opnieuw.",
    ),
    401: _of(
        errors.Unauthenticated,
        "Er is geen geldig toegangstoken meegestuurd. Codes: `niet-aangemeld`, `ongeldig-token`, `token-ingetrokken`.",
        "Stuur een toegangstoken mee in de kop 'Authorization: Bearer ...'. U krijgt het bij /oauth/token.",
        _CHALLENGE,
    ),
    403: _of(
        errors.Forbidden,
        "Het token mist de scope of de rol die hiervoor nodig is.",
        "Voor deze aanvraag is een scope nodig die uw token niet heeft.",
        _CHALLENGE,
    ),
    404: _of(errors.NotFound, "Dit bestaat niet of u mag het niet zien.", "Dit bestaat niet of u mag het niet zien."),
    406: _of(
        errors.NotAcceptable,
        "De gevraagde vorm van het antwoord is er niet.",
        "Deze dienst antwoordt met application/json. Pas de kop 'Accept' aan of laat hem weg.",
    ),
    409: _of(
        errors.Conflict,
        "De aanvraag is in strijd met wat het register bevat.",
        "Lees in 'code' welke regel het is en in de beschrijving wat u kunt doen.",
    ),
    412: _of(
        errors.PreconditionFailed,
        "De gegevens zijn intussen gewijzigd: de ETag in If-Match is niet meer die van nu.",
        "Haal de gegevens opnieuw op, kijk wat er is gewijzigd en stuur uw wijziging met de nieuwe ETag.",
    ),
    413: _of(errors.TooLarge, "De aanvraag is te groot.", "Stuur minder gegevens in één aanvraag."),
    415: _of(
        errors.UnsupportedMediaType,
        "De inhoud is geen JSON.",
        "Stuur JSON, met de kop 'Content-Type: application/json'.",
    ),
    428: _of(
        errors.PreconditionRequired,
        "De kop If-Match ontbreekt.",
        "Stuur de kop 'If-Match' mee met de ETag die u bij het ophalen kreeg.",
    ),
    429: _of(
        errors.TooMany,
        "Te veel aanvragen in korte tijd. De kop Retry-After zegt na hoeveel seconden het weer kan.",
        "U vroeg dit te vaak. Probeer het over 240 seconden opnieuw.",
        "Retry-After",
    ),
    503: _of(
        errors.Unavailable,
        "Het register is even niet bereikbaar.",
        "Het register is even niet bereikbaar; er is niets vastgelegd. Probeer het zo opnieuw.",
        "Retry-After",
    ),
}

HEADERS: dict[str, dict[str, Any]] = {
    "ETag": {
        "required": True,
        "description": "Kenmerk van deze toestand, voor If-Match en If-None-Match.",
        "schema": {"type": "string", "examples": ['"zRUhXBHwJiYQknNF"']},
    },
    "Link": {
        "description": 'Adres van de volgende pagina, met rel="next"; ontbreekt op de laatste.',
        "schema": {"type": "string", "examples": ['</v1/leraren?cursor=Zm9v>; rel="next"']},
    },
    "Location": {
        "required": True,
        "description": "Adres van wat is aangemaakt, of waar het dossier verder gaat.",
        "schema": {"type": "string", "format": "uri-reference", "examples": ["/v1/leraren/2657035144"]},
    },
    "IdempotencyReplayed": {
        "description": "true als dit het antwoord is dat deze Idempotency-Key al eerder kreeg.",
        "schema": {"type": "string", "enum": ["true"]},
    },
    "WWWAuthenticate": {"description": "Hoe u zich aanmeldt (RFC 6750).", "schema": {"type": "string"}},
    "RetryAfter": {
        "required": True,
        "description": "Na hoeveel seconden u het opnieuw kunt proberen.",
        "schema": {"type": "integer", "minimum": 1},
    },
}

GENERAL_CODES = {
    "dubbel": "de parameter of naam staat er twee keer",
    "geen-inhoud": "deze aanvraag heeft geen inhoud",
    "leeg": "het veld mag niet leeg of null zijn",
    "nog-niet-verzegeld": "'beschikbaarOp' is nog niet verzegeld",
    "onbekend-veld": "het veld of de parameter bestaat niet",
    "onbekende-cursor": "de cursor is niet van deze lijst",
    "ongeldig-teken": "een teken dat niet mag, zoals NUL",
    "ongeldig-tijdstip": "geen tijdstip met tijdzone",
    "ongeldig-type": "een waarde van het verkeerde type",
    "ongeldige-datum": "geen bestaande dag",
    "ongeldige-json": "de inhoud is geen JSON",
    "ongeldige-waarde": "een waarde die niet mag",
    "controlecijfer": "het controlecijfer van het registratienummer klopt niet",
    "te-diep-genest": "de JSON is te diep genest",
    "te-lang": "de tekst is te lang",
    "verplicht": "het veld ontbreekt",
}


def refusal(
    status: int, description: str | None = None, *, code: str | None = None, detail: str | None = None
) -> dict[str, Any]:
    """Describe a refusal, with an example of its body; `code` and `detail` replace those of the example."""
    known = REFUSALS[status]
    header = known.header
    headers = {header: {"$ref": f"#/components/headers/{header.replace('-', '')}"}} if header else {}
    return problem_response(description or known.description, _example(status, known, code, detail), headers)


def _example(status: int, known: Refusal, code: str | None, detail: str | None) -> dict[str, Any]:
    code = code or known.code
    body = {"type": f"urn:lerarenregister:fout:{code}", "title": known.title, "status": status}
    body["detail"] = detail or known.detail
    example: dict[str, Any] = {**body, "code": code}
    if status == 400:
        entry = {"in": "query", "location": "/geldigOp", "code": "ongeldige-datum"}
        example["errors"] = [{**entry, "detail": "Geef een bestaande dag als JJJJ-MM-DD."}]
    return example


def problem_response(description: str, example: dict[str, Any], headers: dict[str, Any]) -> dict[str, Any]:
    """Describe an answer of problem+json."""
    content = {"schema": {"$ref": "#/components/schemas/Probleem"}, "example": example}
    return {"description": description, "headers": headers, "content": {"application/problem+json": content}}
