"""Routes of progress: of one leraar, and of many at once."""

import orjson

from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call
from register_service.api.reading import fetch
from register_service.api.schemas import MomentQuery
from register_service.leraren.queries import of_leraar
from register_service.registratie import queries
from register_service.registratie.routes.blueprint import blueprint
from register_service.registratie.schemas import VoortgangLijstSchema, VoortgangSchema, VoortgangVraagSchema


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
    rows = fetch(call, queries.VOORTGANGEN, {"registratienummers": asked}, paged=True)
    day = call.query.get("geldig_op") or call.context.today
    found = orjson.loads(f"[{','.join([body for body, _ in rows])}]")
    figures = next((one["regelingen"] for one in found if one["regelingen"]), None)
    items = []
    if figures is not None:
        regelingen = queries.regelingen_of(figures)
        items = [queries.voortgang_of(one["feiten"], regelingen, day) for one in found]
    seen = {item["registratienummer"] for item in items}
    missing = [number for number in asked if number not in seen]
    return Answer(orjson.dumps({"items": items, "nietGevonden": missing}))
