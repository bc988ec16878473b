"""Routes of koppelcodes, below the leraar: an HR system hands one out, so that the leraar can sign in."""

from typing import Any

import orjson
from sqlalchemy.orm import Session

from register_service.aanmelding import codes, queries
from register_service.aanmelding.schemas import KoppelcodeSchema, NieuweKoppelcodeSchema
from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call, etag_of
from register_service.api.operation import RegisterBlueprint
from register_service.api.reading import fetch_in, peek
from register_service.api.schemas import MomentQuery, page_schema
from register_service.core import clock
from register_service.core.errors import Forbidden
from register_service.leraren.queries import of_leraar, require_leraar

blueprint = RegisterBlueprint("aanmelding", __name__, "Koppelcodes waarmee leraren zich de eerste keer aanmelden")

ALL = "/leraren/{registratienummer}/koppelcodes"
ONE = ALL + "/{id}"


@blueprint.write(
    ALL,
    scope=Scope.KOPPELCODES_BEHEREN,
    event="koppelcode.uitgegeven",
    purpose="koppelcode uitgeven",
    answer=NieuweKoppelcodeSchema,
    status=201,
    secret=True,
)
def hand_out_koppelcode(call: Call, session: Session) -> Answer:
    """Geef een koppelcode uit, waarmee de leraar een account aan het dossier koppelt.

    De code werkt één keer, veertien dagen lang en na vijf verkeerde pogingen niet meer. U ziet haar alleen in dit antwoord: geef
    haar aan de leraar zelf. Een eerdere code van uw bestuur voor deze leraar werkt daarna niet meer.
    """
    number = call.path["registratienummer"]
    _require_hr(call)
    require_leraar(session, number)
    made, code = codes.hand_out(session, leraar=number, bestuur=call.caller.bestuur)
    body = fetch_in(session, call, queries.KOPPELCODE, **_values(number, str(made.id)))
    headers = {
        "ETag": etag_of(body),
        "Location": f"/v1/leraren/{number}/koppelcodes/{made.id}",
        "Cache-Control": "no-store",
    }
    return Answer(orjson.dumps({**orjson.loads(body), "code": code}), 201, headers)


@blueprint.read(
    ALL,
    scope=Scope.KOPPELCODES_BEHEREN,
    purpose="koppelcodes raadplegen",
    query=MomentQuery,
    answer=page_schema(KoppelcodeSchema),
)
def list_koppelcodes(call: Call) -> Answer:
    """Som de koppelcodes van een leraar op die nog werken; een bestuur ziet die van zichzelf."""
    _require_hr(call)
    return of_leraar(call, queries.KOPPELCODES, call.path["registratienummer"], now=clock.now())


@blueprint.read(
    ONE,
    scope=Scope.KOPPELCODES_BEHEREN,
    purpose="koppelcodes raadplegen",
    query=MomentQuery,
    answer=KoppelcodeSchema,
)
def get_koppelcode(call: Call) -> Answer:
    """Haal één koppelcode op die nog werkt, zonder de code zelf."""
    _require_hr(call)
    return of_leraar(call, queries.KOPPELCODE, call.path["registratienummer"], id=call.path["id"], now=clock.now())


@blueprint.write(
    ONE,
    method="DELETE",
    scope=Scope.KOPPELCODES_BEHEREN,
    event="koppelcode.ingetrokken",
    purpose="koppelcode intrekken",
    status=204,
    needs_match=True,
)
def withdraw_koppelcode(call: Call, session: Session) -> Answer:
    """Trek een koppelcode in, bijvoorbeeld omdat de brief zoek is; de historie bewaart dat zij er was."""
    _require_hr(call)
    number, identifier = call.path["registratienummer"], call.path["id"]
    require_leraar(session, number)
    code = codes.code_to_withdraw(session, number, identifier)
    call.require_match(etag_of(peek(session, queries.KOPPELCODE, **_values(number, identifier))))
    codes.withdraw(session, code)
    return Answer(b"", 204)


def _require_hr(call: Call) -> None:
    if call.caller.role not in ("bestuur", "beheer"):
        raise Forbidden("Koppelcodes zijn voor het bestuur van de leraar en voor de beheerder van het register.")


def _values(registratienummer: str, identifier: str) -> dict[str, Any]:
    return {"registratienummer": registratienummer, "id": identifier, "now": clock.now()}
