"""Routes of progress: of one leraar, and of many at once."""

from datetime import date
from typing import Any

import orjson

from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call
from register_service.api.reading import fetch
from register_service.api.schemas import MomentQuery
from register_service.leraren.queries import of_leraar
from register_service.registratie import queries
from register_service.registratie.routes.blueprint import blueprint
from register_service.registratie.schemas import VoortgangLijstSchema, VoortgangSchema, VoortgangVraagSchema
from register_service.registratie.standen import fingerprint


@blueprint.read(
    "/leraren/{registratienummer}/voortgang",
    scope=Scope.REGISTRATIE_LEZEN,
    purpose="voortgang raadplegen",
    query=MomentQuery,
    answer=VoortgangSchema,
)
def get_voortgang(call: Call) -> Answer:
    """Haal op hoe ver een leraar is met de eisen voor herregistratie; `percentage` is er voor een voortgangsbalk.

    Activiteiten die de leraar niet met de werkgever deelt, tellen mee, net als werk bij andere besturen; te zien zijn alleen de
    totalen.
    """
    return of_leraar(call, queries.VOORTGANG, call.path["registratienummer"])


@blueprint.read(
    "/leraren/_voortgang",
    method="POST",
    scope=Scope.REGISTRATIE_LEZEN,
    purpose="voortgang van leraren raadplegen",
    query=MomentQuery,
    body=VoortgangVraagSchema,
    answer=VoortgangLijstSchema,
)
def list_voortgang(call: Call) -> Answer:
    """Haal de voortgang van hoogstens 500 leraren in één keer op."""
    asked = list(dict.fromkeys(call.body["registratienummers"]))
    day = call.query.get("geldig_op") or call.context.today
    if call.query.get("beschikbaar_op"):
        rows = fetch(call, queries.VOORTGANGEN, {"registratienummers": asked}, paged=True)
        found = dict(queries.voortgangen_of((body for body, _ in rows), day))
    else:
        found = _as_known_now(call, asked, day)
    missing = [number for number in asked if number not in found]
    return Answer(orjson.dumps({"items": [found[number] for number in sorted(found)], "nietGevonden": missing}))


def _as_known_now(call: Call, asked: list[str], day: date) -> dict[str, Any]:
    """Give the progress of whom the caller sees, by number; worked out where nothing was ready that holds."""
    values = {"registratienummers": asked, "dag": day, "regels": fingerprint()}
    rows = fetch(call, queries.STANDEN, values)
    found: dict[str, Any] = dict(queries.voortgangen_from((stand for (stand,) in rows), day))
    unready = [number for number, progress in found.items() if progress is None]
    if unready:
        values = {"registratienummers": unready, "geldig_op": day, "beschikbaar_op": None}
        (bodies,) = call.services.database.read(call.context, (queries.UNKNOWN_VOORTGANGEN, values))
        found |= queries.voortgangen_of((body for (body,) in bodies), day)
    return {number: progress for number, progress in found.items() if progress is not None}
