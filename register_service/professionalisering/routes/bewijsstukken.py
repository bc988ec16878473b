"""Routes of bewijsstukken: of the leraar and who reported the activiteit, and, below beoordelingen, of who judges it."""

import orjson
from sqlalchemy.orm import Session

from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call, etag_of
from register_service.api.reading import Source, fetch, fetch_in, one, peek
from register_service.api.schemas import MomentQuery, page_schema
from register_service.api.uploads import DownloadlinkSchema, link_to
from register_service.core.errors import NotFound
from register_service.leraren.queries import of_leraar, require_not_moved
from register_service.professionalisering import queries_bewijsstukken as queries
from register_service.professionalisering.routes.blueprint import ONE as ACTIVITEIT
from register_service.professionalisering.routes.blueprint import blueprint, held
from register_service.professionalisering.schemas import BewijsstukSchema
from register_service.professionalisering.schemas_beoordelingen import BeoordelingBewijsstukSchema
from register_service.professionalisering.service import bewijsstukken

ALL = ACTIVITEIT + "/bewijsstukken"
ONE = ALL + "/{bewijsstuk}"
TO_JUDGE = "/beoordelingen/{id}/bewijsstukken"
_REFUSED = ("status-laat-dit-niet-toe", "door-ander-gemeld")


@blueprint.read(
    ALL,
    scope=Scope.PROFESSIONALISERING_LEZEN,
    purpose="bewijsstukken raadplegen",
    query=MomentQuery,
    answer=page_schema(BewijsstukSchema),
)
def list_bewijsstukken(call: Call) -> Answer:
    """Som de bewijsstukken van een activiteit op, oudste eerst."""
    return of_leraar(call, queries.ALL, **call.path)


@blueprint.read(
    ONE,
    scope=Scope.PROFESSIONALISERING_LEZEN,
    purpose="bewijsstuk raadplegen",
    query=MomentQuery,
    answer=BewijsstukSchema,
)
def get_bewijsstuk(call: Call) -> Answer:
    """Haal op wat er over een bewijsstuk is vastgelegd; de inhoud haalt u op met _download."""
    return of_leraar(call, queries.ONE, **call.path)


@blueprint.write(
    ALL,
    scope=Scope.PROFESSIONALISERING_SCHRIJVEN,
    event="bewijsstuk.toegevoegd",
    purpose="bewijsstuk toevoegen",
    body_stream=True,
    codes={409: ("bewijsstuk-bestaat", "te-veel-bewijsstukken", *_REFUSED)},
    answer=BewijsstukSchema,
    status=201,
)
def add_bewijsstuk(call: Call, session: Session) -> Answer:
    """Voeg een bewijsstuk toe aan een activiteit die concept is: een PDF, PNG of JPEG van hoogstens 10 MB.

    De inhoud van de aanvraag is het bestand zelf. Is de activiteit afgewezen, dan wordt zij weer concept.
    """
    bewijsstuk = bewijsstukken.add(session, held(call, session), call.upload)
    identifiers = {**call.path, "registratienummer": bewijsstuk.leraar, "bewijsstuk": str(bewijsstuk.id)}
    body = fetch_in(session, call, queries.ONE, **identifiers)
    location = "/v1/leraren/{registratienummer}/activiteiten/{id}/bewijsstukken/{bewijsstuk}".format(**identifiers)
    return Answer(body, 201, {"ETag": etag_of(body), "Location": location})


@blueprint.write(
    ONE,
    method="DELETE",
    scope=Scope.PROFESSIONALISERING_SCHRIJVEN,
    event="bewijsstuk.verwijderd",
    purpose="bewijsstuk verwijderen",
    codes={409: _REFUSED},
    status=204,
    needs_match=True,
)
def remove_bewijsstuk(call: Call, session: Session) -> Answer:
    """Verwijder een bewijsstuk van een activiteit die concept is, of is afgewezen: die wordt dan weer concept."""
    activiteit = held(call, session)
    bewijsstuk = bewijsstukken.bewijsstuk_to_remove(session, activiteit, call.path["bewijsstuk"])
    call.require_match(etag_of(peek(session, queries.ONE, **call.path)))
    bewijsstukken.remove(session, activiteit, bewijsstuk)
    return Answer(b"", 204)


@blueprint.read(
    ONE + "/_download",
    method="POST",
    scope=Scope.PROFESSIONALISERING_LEZEN,
    purpose="bewijsstuk downloaden",
    answer=DownloadlinkSchema,
)
def download_bewijsstuk(call: Call) -> Answer:
    """Vraag een adres waar u de inhoud van een bewijsstuk ophaalt; het werkt vijf minuten. Dat u het vroeg, wordt vastgelegd."""
    number = call.path["registratienummer"]
    try:
        return _link(call, queries.CONTENT, dossier=number)
    except NotFound:
        require_not_moved(call, number)
        raise


@blueprint.read(
    TO_JUDGE,
    scope=Scope.PROFESSIONALISERING_BEOORDELEN,
    purpose="bewijsstukken beoordelen",
    answer=page_schema(BeoordelingBewijsstukSchema),
)
def list_bewijsstukken_to_judge(call: Call) -> Answer:
    """Som de bewijsstukken op van een activiteit die u beoordeelt, oudste eerst."""
    return one(call, queries.ALL_TO_JUDGE, **call.path)


@blueprint.read(
    TO_JUDGE + "/{bewijsstuk}/_download",
    method="POST",
    scope=Scope.PROFESSIONALISERING_BEOORDELEN,
    purpose="bewijsstuk downloaden om te beoordelen",
    answer=DownloadlinkSchema,
)
def download_bewijsstuk_to_judge(call: Call) -> Answer:
    """Vraag een adres waar u de inhoud ophaalt van een bewijsstuk bij een activiteit die u beoordeelt; het werkt vijf minuten."""
    return _link(call, queries.CONTENT_TO_JUDGE)


def _link(call: Call, source: Source, **values: str) -> Answer:
    rows = fetch(call, source, {**call.path, **values})
    if not rows:
        raise NotFound
    return link_to(call, **orjson.loads(rows[0][0]))
