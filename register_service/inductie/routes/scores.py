"""Routes of scores of an observatie: of the leraar alone, unless shared (domain.md, Observatie).

To whoever may not read them there are none: row-level security answers, and an absent row is all there is to see.
"""

from sqlalchemy.orm import Session

from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call, etag_of
from register_service.api.reading import fetch_in, one, peek
from register_service.api.schemas import MomentQuery
from register_service.core.errors import Forbidden
from register_service.inductie.models import Observatiescore
from register_service.inductie.queries_feiten import SCORES
from register_service.inductie.routes.blueprint import ONE as TRAJECT
from register_service.inductie.routes.blueprint import blueprint
from register_service.inductie.schemas_scores import (
    ObservatieScoreInvoerSchema,
    ObservatieScoreSchema,
    ObservatieScoreWijzigingSchema,
)
from register_service.inductie.service import observaties

OF_OBSERVATIE = TRAJECT + "/observaties/{feit}/scores"


@blueprint.read(
    OF_OBSERVATIE,
    scope=Scope.INDUCTIE_LEZEN,
    purpose="scores van observatie raadplegen",
    query=MomentQuery,
    answer=ObservatieScoreSchema,
)
def get_scores(call: Call) -> Answer:
    """Haal op wat er in een les is gezien: voor de leraar, en zolang het gedeeld is voor het bestuur van de observatie."""
    return one(call, SCORES, **call.path)


@blueprint.write(
    OF_OBSERVATIE,
    scope=Scope.INDUCTIE_DELEN,
    event="scores.bewaard",
    purpose="scores van observatie bewaren",
    body=ObservatieScoreInvoerSchema,
    codes={409: ("scores-bestaan",)},
    answer=ObservatieScoreSchema,
    status=201,
)
def keep_scores(call: Call, session: Session) -> Answer:
    """Bewaar als leraar wat er in een les is gezien. Niemand anders leest het, tenzij u het deelt."""
    _require_leraar(call)
    observaties.keep_scores(session, call.path["id"], call.path["feit"], call.body)
    return _written(call, session, 201)


@blueprint.write(
    OF_OBSERVATIE,
    method="PATCH",
    scope=Scope.INDUCTIE_DELEN,
    event="scores.gewijzigd",
    purpose="scores van observatie wijzigen",
    body=ObservatieScoreWijzigingSchema,
    codes={400: ("niets-te-wijzigen",)},
    answer=ObservatieScoreSchema,
    needs_match=True,
)
def change_scores(call: Call, session: Session) -> Answer:
    """Wijzig als leraar uw scores (JSON Merge Patch): null haalt een onderdeel weg."""
    observaties.change_scores(session, _matched(call, session), call.body)
    return _written(call, session)


@blueprint.write(
    OF_OBSERVATIE,
    method="DELETE",
    scope=Scope.INDUCTIE_DELEN,
    event="scores.verwijderd",
    purpose="scores van observatie verwijderen",
    status=204,
    needs_match=True,
)
def withdraw_scores(call: Call, session: Session) -> Answer:
    """Verwijder als leraar uw scores; wie ze las, leest ze niet meer."""
    observaties.withdraw_scores(session, _matched(call, session))
    return Answer(b"", 204)


@blueprint.write(
    OF_OBSERVATIE + "/_deel",
    scope=Scope.INDUCTIE_DELEN,
    event="scores.gedeeld",
    purpose="scores van observatie delen",
    answer=ObservatieScoreSchema,
    needs_match=True,
)
def share_scores(call: Call, session: Session) -> Answer:
    """Deel als leraar uw scores met het bestuur van de observatie."""
    observaties.share_scores(session, _matched(call, session), shared=True)
    return _written(call, session)


@blueprint.write(
    OF_OBSERVATIE + "/_afschermen",
    scope=Scope.INDUCTIE_DELEN,
    event="scores.niet-meer-gedeeld",
    purpose="scores van observatie niet meer delen",
    answer=ObservatieScoreSchema,
)
def unshare_scores(call: Call, session: Session) -> Answer:
    """Deel als leraar uw scores niet meer; ook wat eerder gedeeld was, is dan dicht. Nog een keer verandert niets."""
    observaties.share_scores(session, _held(call, session), shared=False)
    return _written(call, session)


def _require_leraar(call: Call) -> None:
    if call.caller.role != "leraar":
        raise Forbidden("Dit kan alleen de leraar zelf.")


def _held(call: Call, session: Session) -> Observatiescore:
    _require_leraar(call)
    return observaties.scores_to_change(session, call.path["id"], call.path["feit"])


def _matched(call: Call, session: Session) -> Observatiescore:
    kept = _held(call, session)
    call.require_match(etag_of(peek(session, SCORES, **call.path)))
    return kept


def _written(call: Call, session: Session, status: int = 200) -> Answer:
    body = fetch_in(session, call, SCORES, **call.path)
    address = "/v1/inductietrajecten/{id}/observaties/{feit}/scores".format(**call.path)
    return Answer(body, status, {"ETag": etag_of(body)} | ({"Location": address} if status == 201 else {}))
