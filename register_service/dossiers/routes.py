"""Routes of whole dossiers: reading one, and merging two."""

from sqlalchemy.orm import Session

from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call, answer_json
from register_service.api.operation import RegisterBlueprint
from register_service.api.reading import Source, page_below
from register_service.api.schemas import MomentQuery, page_schema
from register_service.core.errors import Forbidden, NotFound
from register_service.dossiers import queries, queries_inzagen, service
from register_service.dossiers.schemas import DossierSchema, SamenvoegingInvoerSchema, SamenvoegingSchema
from register_service.dossiers.schemas_inzagen import DossierInzagenAantalSchema, DossierInzageSchema, InzagenQuery
from register_service.leraren.queries import of_leraar, refuse_bestuur, require_not_moved

blueprint = RegisterBlueprint("dossiers", __name__, "Het hele dossier van een leraar")


@blueprint.read(
    "/leraren/{registratienummer}/dossier",
    scope=Scope.LERAREN_LEZEN,
    purpose="dossier raadplegen",
    query=MomentQuery,
    answer=DossierSchema,
)
def get_dossier(call: Call) -> Answer:
    """Haal het hele dossier van een leraar op: gegevens, bevoegdheden en de aanstellingen bij uw bestuur."""
    return of_leraar(call, queries.DOSSIER, call.path["registratienummer"])


@blueprint.read(
    "/leraren/{registratienummer}/inzagen",
    scope=Scope.LERAREN_LEZEN,
    purpose="nagaan wie in het dossier keek",
    query=InzagenQuery,
    answer=page_schema(DossierInzageSchema),
    page=True,
)
def list_inzagen(call: Call) -> Answer:
    """Som op wie in het dossier keek, nieuwste eerst: de leraar zelf en de beheerder zien dat.

    Wie keek, wanneer, namens wie, waarvoor en naar welke onderdelen. Dat de leraar zelf keek, staat er niet bij.
    """
    return _inzagen(call, queries_inzagen.INZAGEN)


@blueprint.read(
    "/leraren/{registratienummer}/inzagen/_aantallen",
    scope=Scope.LERAREN_LEZEN,
    purpose="nagaan wie in het dossier keek",
    query=InzagenQuery,
    answer=page_schema(DossierInzagenAantalSchema),
    page=True,
)
def count_inzagen(call: Call) -> Answer:
    """Tel hoe vaak wie in het dossier keek, per maand en per doel, nieuwste maand eerst."""
    return _inzagen(call, queries_inzagen.AANTALLEN)


def _inzagen(call: Call, source: Source) -> Answer:
    number = call.path["registratienummer"]
    refuse_bestuur(call, number)
    try:
        return page_below(
            call, source, registratienummer=number, vanaf=call.query.get("vanaf"), tot=call.query.get("tot")
        )
    except NotFound:
        require_not_moved(call, number)
        raise


@blueprint.write(
    "/leraren/_samenvoegen",
    scope=Scope.LERAREN_SAMENVOEGEN,
    event="leraar.samengevoegd",
    purpose="dubbele dossiers samenvoegen",
    body=SamenvoegingInvoerSchema,
    codes={
        400: ("zelfde-dossier",),
        409: (
            "samenvoegen-overlapt",
            "samenvoegen-open-trajecten",
            "samenvoegen-inductie-dubbel",
            "samenvoegen-begeleidt-zichzelf",
            "samenvoegen-begeleider-is-leidinggevende",
            "samenvoegen-beoordeelt-zichzelf",
            "samenvoegen-in-steekproef",
        ),
    },
    answer=SamenvoegingSchema,
    refusals=(404,),
)
def merge_dossiers(call: Call, session: Session) -> Answer:
    """Voeg twee dossiers van één persoon samen (alleen de beheerder).

    Alles van `van` gaat naar `naar`; het oude nummer blijft verwijzen. Kan niet zolang aanstellingen of verblijven zouden
    overlappen, of zolang beide dossiers een inductietraject hebben dat open, behaald of vrijgesteld is.
    """
    if call.caller.role != "beheer":
        raise Forbidden("Dossiers samenvoegen kan alleen de beheerder van het register.")
    service.merge_dossiers(session, call.body["van"], call.body["naar"])
    return answer_json({"van": call.body["van"], "naar": call.body["naar"]})
