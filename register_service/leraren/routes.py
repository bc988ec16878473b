"""Routes of leraren."""

from sqlalchemy.orm import Session

from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call, answer_json, etag_of
from register_service.api.limiting import Limit
from register_service.api.operation import RegisterBlueprint
from register_service.api.reading import fetch_in, log_looked, page, peek
from register_service.api.schemas import MomentQuery, PageQuery, history_schema, page_schema
from register_service.core.errors import Invalid
from register_service.leraren import queries, rules, service
from register_service.leraren.schemas import (
    KandidatenSchema,
    KandidatenVraagSchema,
    KoppelingInvoerSchema,
    LeraarInvoerSchema,
    LeraarSchema,
    LeraarWijzigingSchema,
    LeraarZoekSchema,
    LerarenQuery,
)

blueprint = RegisterBlueprint("leraren", __name__, "Leraren inschrijven, vinden, koppelen en wijzigen")


@blueprint.write(
    "/leraren",
    scope=Scope.LERAREN_SCHRIJVEN,
    event="leraar.ingeschreven",
    purpose="leraar inschrijven",
    body=LeraarInvoerSchema,
    codes={400: ("leeftijd-bij-inschrijving",), 409: ("leraar-bestaat-mogelijk", "eck-id-bestaat")},
    answer=LeraarSchema,
    status=201,
)
def register_leraar(call: Call, session: Session) -> Answer:
    """Schrijf een leraar in.

    Is de persoon er misschien al (zelfde eckId, of zelfde geboortedatum en een naam die lijkt), dan is het antwoord 409 met
    de registratienummers die u mag kennen. Koppel dan, of herhaal met `bevestigdNieuw: true`.
    """
    number = service.register_leraar(
        session, dict(call.body), caller=call.caller, context=call.context, figures=call.figures
    )
    return _written(call, session, number, status=201)


@blueprint.read(
    "/leraren",
    scope=Scope.LERAREN_LEZEN,
    purpose="leraren opsommen",
    query=LerarenQuery,
    answer=page_schema(LeraarSchema),
    page=True,
)
def list_leraren(call: Call) -> Answer:
    """Som de leraren op die u mag zien.

    Met `vestiging` of `geldigOp`: wie daar, of op die dag, een aanstelling heeft (bij uw bestuur).
    """
    vestiging = call.query.get("vestiging")
    kind = "at_work" if vestiging or call.query.get("geldig_op") else "list"
    return page(call, queries.list_source(call, kind), vestiging=vestiging, bestuur=call.caller.bestuur)


@blueprint.read(
    "/leraren/_zoek",
    method="POST",
    scope=Scope.LERAREN_LEZEN,
    purpose="leraren zoeken",
    body=LeraarZoekSchema,
    codes={400: ("geen-zoekvraag",)},
    query=MomentQuery,
    answer=page_schema(LeraarSchema),
    page=True,
)
def search_leraren(call: Call) -> Answer:
    """Zoek leraren op persoonsgegevens.

    Persoonsgegevens horen niet in een adres; daarom staan ze hier in de inhoud. De volgende pagina: dezelfde vraag met `cursor`.
    Met `geldigOp`: wie op die dag een aanstelling heeft (bij uw bestuur).
    """
    errors = rules.check_search(call.body)
    if errors:
        raise Invalid(errors)
    call.query = {**call.query, **{name: call.body[name] for name in ("limiet", "cursor") if name in call.body}}
    criteria = {name: call.body.get(name) for name in queries.SEARCHED}
    return page(call, queries.list_source(call, "search"), **criteria, bestuur=call.caller.bestuur)


@blueprint.write(
    "/leraren/_kandidaten",
    scope=Scope.LERAREN_SCHRIJVEN,
    event="leraar.kandidaten",
    purpose="nagaan of een leraar al is ingeschreven",
    body=KandidatenVraagSchema,
    answer=KandidatenSchema,
)
def match_leraren(call: Call, session: Session) -> Answer:
    """Vraag of iemand misschien al is ingeschreven, zonder iets vast te leggen."""
    found = service.candidates(session, call.body, call.figures)
    log_looked(session, call, [candidate.number for candidate in found], ["kandidaat"])
    return answer_json({"kandidaten": [candidate.as_dict() for candidate in found]})


@blueprint.write(
    "/leraren/_koppel",
    scope=Scope.LERAREN_SCHRIJVEN,
    event="leraar.gekoppeld",
    purpose="leraar koppelen aan bestuur",
    body=KoppelingInvoerSchema,
    answer=LeraarSchema,
    refusals=(404,),
    limit=Limit(rules.MOST_WRONG_LINKS, rules.WRONG_LINKS_SECONDS, misses_only=True),
)
def link_leraar(call: Call, session: Session) -> Answer:
    """Koppel een leraar die al is ingeschreven aan uw bestuur.

    U hebt het registratienummer en de geboortedatum nodig; vraag ze aan de leraar. Voer daarna binnen drie maanden een
    aanstelling in, anders vervalt de koppeling. Een verkeerde geboortedatum geeft hetzelfde antwoord als een onbekend nummer;
    na 20 keer 404 in een uur is het antwoord op elke koppeling 429, tot het uur om is.
    """
    number = service.link_leraar(session, call.body, caller=call.caller, context=call.context, figures=call.figures)
    return _written(call, session, number)


@blueprint.read(
    "/leraren/{registratienummer}",
    scope=Scope.LERAREN_LEZEN,
    purpose="leraar raadplegen",
    query=MomentQuery,
    answer=LeraarSchema,
)
def get_leraar(call: Call) -> Answer:
    """Haal één leraar op."""
    return queries.of_leraar(call, queries.LERAAR, call.path["registratienummer"])


@blueprint.write(
    "/leraren/{registratienummer}",
    method="PATCH",
    scope=Scope.LERAREN_SCHRIJVEN,
    event="leraar.gewijzigd",
    purpose="leraar wijzigen",
    body=LeraarWijzigingSchema,
    codes={
        400: ("leeftijd-bij-inschrijving", "te-jong-voor-bevoegdheid", "niets-te-wijzigen"),
        409: ("eck-id-bestaat",),
    },
    answer=LeraarSchema,
    needs_match=True,
)
def change_leraar(call: Call, session: Session) -> Answer:
    """Wijzig gegevens van een leraar (JSON Merge Patch)."""
    number = call.path["registratienummer"]
    queries.require_leraar(session, number, to_change=True)
    leraar = service.held_leraar(session, number)
    call.require_match(etag_of(peek(session, queries.LERAAR, registratienummer=number)))
    service.change_leraar(session, leraar, call.body, call.figures)
    return _written(call, session, number)


@blueprint.read(
    "/leraren/{registratienummer}/historie",
    scope=Scope.LERAREN_LEZEN,
    purpose="historie van leraar raadplegen",
    query=PageQuery,
    answer=page_schema(history_schema(LeraarSchema)),
    page=True,
)
def list_leraar_historie(call: Call) -> Answer:
    """Haal op wie wat wanneer wijzigde aan een leraar, oudste eerst."""
    return queries.history_of(call, queries.HISTORIE, call.path["registratienummer"])


def _written(call: Call, session: Session, number: str, status: int = 200) -> Answer:
    body = fetch_in(session, call, queries.LERAAR, registratienummer=number)
    headers = {"ETag": etag_of(body)} | ({"Location": f"/v1/leraren/{number}"} if status == 201 else {})
    return Answer(body, status, headers)
