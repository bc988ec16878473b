"""Routes of whole dossiers: reading one, and merging two."""

from sqlalchemy.orm import Session

from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call, answer_json
from register_service.api.operation import RegisterBlueprint
from register_service.api.schemas import MomentQuery
from register_service.core.errors import Forbidden
from register_service.dossiers import queries, service
from register_service.dossiers.schemas import DossierSchema, SamenvoegingInvoerSchema, SamenvoegingSchema
from register_service.leraren.queries import of_leraar

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
