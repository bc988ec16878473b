"""Routes of activiteiten, below the leraar."""

from sqlalchemy.orm import Session

from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call
from register_service.api.schemas import MomentQuery, PageQuery, history_schema, page_schema
from register_service.leraren.queries import history_of, of_leraar, require_leraar
from register_service.professionalisering import queries
from register_service.professionalisering.routes.blueprint import OF_LERAAR, ONE, blueprint, held, matched, written
from register_service.professionalisering.schemas import (
    ActiviteitenQuery,
    ActiviteitInvoerSchema,
    ActiviteitSchema,
    ActiviteitToestandSchema,
    ActiviteitWijzigingSchema,
)
from register_service.professionalisering.service import activiteiten

RULES = (
    "geen-halve-uren", "registeruren-buiten-grenzen", "verdeling-klopt-niet", "zelfstudie-te-veel", "einde-voor-begin",
)  # fmt: skip
_STATUS, _REPORTER = "status-laat-dit-niet-toe", "door-ander-gemeld"


@blueprint.write(
    OF_LERAAR,
    scope=Scope.PROFESSIONALISERING_SCHRIJVEN,
    event="activiteit.gemeld",
    purpose="activiteit melden",
    body=ActiviteitInvoerSchema,
    codes={400: RULES},
    answer=ActiviteitSchema,
    status=201,
)
def report_activiteit(call: Call, session: Session) -> Answer:
    """Meld een activiteit van een leraar; zij begint als concept.

    De verdeling over vakinhoudelijk, vakdidactisch, pedagogisch en overig telt precies op tot de registeruren. Lijkt er al zo'n
    activiteit te zijn, dan noemt `mogelijkDubbel` die; geweigerd wordt de melding daarom niet.
    """
    number = call.path["registratienummer"]
    require_leraar(session, number)
    bestuur, today = call.caller.bestuur, call.context.today
    activiteit = activiteiten.report(session, number, call.body, bestuur=bestuur, today=today)
    return written(call, session, activiteit, 201)


@blueprint.read(
    OF_LERAAR,
    scope=Scope.PROFESSIONALISERING_LEZEN,
    purpose="activiteiten raadplegen",
    query=ActiviteitenQuery,
    answer=page_schema(ActiviteitSchema),
    page=True,
)
def list_activiteiten(call: Call) -> Answer:
    """Som de activiteiten van een leraar op, naar de laatste dag.

    Een bestuur ziet wat het zelf meldde en wat de leraar deelt. `geldigOp` geeft wat er op die dag gaande was.
    """
    asked = {name: call.query.get(name) for name in ("status", "soort")}
    return queries.page_of_leraar(call, queries.OF_LERAAR, **asked)


@blueprint.read(
    ONE,
    scope=Scope.PROFESSIONALISERING_LEZEN,
    purpose="activiteit raadplegen",
    query=MomentQuery,
    answer=ActiviteitSchema,
)
def get_activiteit(call: Call) -> Answer:
    """Haal één activiteit op."""
    return of_leraar(call, queries.ACTIVITEIT, **call.path)


@blueprint.read(
    ONE + "/historie",
    scope=Scope.PROFESSIONALISERING_LEZEN,
    purpose="historie van activiteit raadplegen",
    query=PageQuery,
    answer=page_schema(history_schema(ActiviteitToestandSchema)),
    page=True,
)
def list_activiteit_historie(call: Call) -> Answer:
    """Haal op wie wat wanneer deed met een activiteit, oudste eerst; ook na verwijderen.

    Wie besliste, leest alleen de leraar; voor een bestuur is het 'validator'.
    """
    return history_of(call, queries.HISTORIE, **call.path)


@blueprint.write(
    ONE,
    method="PATCH",
    scope=Scope.PROFESSIONALISERING_SCHRIJVEN,
    event="activiteit.gewijzigd",
    purpose="activiteit wijzigen",
    body=ActiviteitWijzigingSchema,
    codes={400: (*RULES, "niets-te-wijzigen"), 409: (_STATUS, _REPORTER)},
    answer=ActiviteitSchema,
    needs_match=True,
)
def change_activiteit(call: Call, session: Session) -> Answer:
    """Wijzig een activiteit die u meldde (JSON Merge Patch), zolang zij concept is; na een afwijzing wordt zij weer concept."""
    activiteit = matched(call, session)
    activiteiten.require_reporter(activiteit, call.caller.role)
    activiteiten.change(session, activiteit, call.body, today=call.context.today)
    return written(call, session, activiteit)


@blueprint.write(
    ONE,
    method="DELETE",
    scope=Scope.PROFESSIONALISERING_SCHRIJVEN,
    event="activiteit.verwijderd",
    purpose="activiteit verwijderen",
    codes={409: (_STATUS, _REPORTER)},
    status=204,
    needs_match=True,
)
def withdraw_activiteit(call: Call, session: Session) -> Answer:
    """Verwijder een concept dat bij vergissing is gemeld, met zijn bewijsstukken; de historie bewaart het."""
    activiteit = matched(call, session)
    activiteiten.require_reporter(activiteit, call.caller.role)
    activiteiten.withdraw_draft(session, activiteit)
    return Answer(b"", 204)


@blueprint.write(
    ONE + "/_indienen",
    scope=Scope.PROFESSIONALISERING_SCHRIJVEN,
    event="activiteit.ingediend",
    purpose="activiteit indienen",
    codes={
        409: ("nog-niet-in-te-dienen", _STATUS, _REPORTER, "einddatum-in-toekomst", "zelfstudie-zonder-bewijs"),
    },
    answer=ActiviteitSchema,
    needs_match=True,
)
def submit_activiteit(call: Call, session: Session) -> Answer:
    """Dien een activiteit die is afgelopen in, om door een validator van een ander bestuur te laten beoordelen.

    Bestaat zij vooral uit zelfstudie, dan is er een toets of een bewijsstuk bij nodig. Wat er in de weg staat, staat in `errors`.
    """
    activiteit = matched(call, session)
    activiteiten.require_reporter(activiteit, call.caller.role)
    activiteiten.submit(session, activiteit, today=call.context.today)
    return written(call, session, activiteit)


@blueprint.write(
    ONE + "/_intrekken",
    scope=Scope.PROFESSIONALISERING_SCHRIJVEN,
    event="activiteit.ingetrokken",
    purpose="activiteit intrekken",
    codes={409: ("al-ingetrokken", _REPORTER)},
    answer=ActiviteitSchema,
    needs_match=True,
)
def retract_activiteit(call: Call, session: Session) -> Answer:
    """Trek als leraar een activiteit in, welke status zij ook heeft en wie haar ook meldde: zij telt niet meer."""
    activiteit = held(call, session)
    activiteiten.require_leraar_self(call.caller.role)
    activiteiten.retract(session, matched(call, session))
    return written(call, session, activiteit)


@blueprint.write(
    ONE + "/_heropen",
    scope=Scope.PROFESSIONALISERING_SCHRIJVEN,
    event="activiteit.heropend",
    purpose="activiteit heropenen",
    codes={409: (_STATUS, _REPORTER, "door-ander-ingetrokken")},
    answer=ActiviteitSchema,
    needs_match=True,
)
def reopen_activiteit(call: Call, session: Session) -> Answer:
    """Maak een activiteit die is afgewezen, of die u introk, weer concept.

    Was de activiteit bevestigde aanwezigheid bij aanbod, dan telt zij weer zoals zij telde.
    """
    activiteit = matched(call, session)
    activiteiten.reopen(session, activiteit, role=call.caller.role)
    return written(call, session, activiteit)


@blueprint.write(
    ONE + "/_delen",
    scope=Scope.PROFESSIONALISERING_DELEN,
    event="activiteit.gedeeld",
    purpose="activiteit delen",
    codes={409: (_REPORTER,)},
    answer=ActiviteitSchema,
    needs_match=True,
)
def share_activiteit(call: Call, session: Session) -> Answer:
    """Laat als leraar een activiteit, met haar bewijsstukken, zien aan werkgevers die haar niet meldden."""
    activiteit = held(call, session)
    activiteiten.require_leraar_self(call.caller.role)
    activiteiten.share(session, matched(call, session), shared=True)
    return written(call, session, activiteit)


@blueprint.write(
    ONE + "/_afschermen",
    scope=Scope.PROFESSIONALISERING_DELEN,
    event="activiteit.afgeschermd",
    purpose="activiteit niet meer delen",
    codes={409: (_REPORTER,)},
    answer=ActiviteitSchema,
)
def unshare_activiteit(call: Call, session: Session) -> Answer:
    """Laat als leraar een activiteit niet meer zien; ook wat eerder gedeeld was, is dan dicht. Nog een keer verandert niets."""
    activiteit = held(call, session)
    activiteiten.require_leraar_self(call.caller.role)
    activiteiten.share(session, activiteit, shared=False)
    return written(call, session, activiteit)
