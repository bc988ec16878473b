"""Routes of progress: of one leraar, and of many at once."""

from datetime import date

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
    missing = orjson.dumps([number for number in asked if number not in found])
    return Answer(b'{"items":[%b],"nietGevonden":%b}' % (b",".join(found.values()), missing))


def _as_known_now(call: Call, asked: list[str], day: date) -> dict[str, bytes]:
    """Give the progress of whom the caller sees, in the order of their numbers; worked out where nothing was ready that holds."""
    values = {"registratienummers": asked, "dag": day, "regels": fingerprint()}
    rows = fetch(call, queries.STANDEN, values, paged=True)
    ready = dict(queries.voortgangen_from((stand for stand, _ in rows), day))
    unready = [number for _, number in rows if number not in ready]
    if unready:
        values = {"registratienummers": unready, "geldig_op": day, "beschikbaar_op": None}
        (bodies,) = call.services.database.read(call.context, (queries.UNKNOWN_VOORTGANGEN, values))
        ready |= queries.voortgangen_of((body for body, _ in bodies), day)
    return {number: ready[number] for _, number in rows if number in ready}
