"""Routes of the facts of a traject: the same six operations for every kind, each with words, codes and an event of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call, etag_of
from register_service.api.reading import fetch_in, one, peek
from register_service.api.schemas import MomentQuery, PageQuery, history_schema, page_schema
from register_service.inductie import kinds
from register_service.inductie.kinds import Kind
from register_service.inductie.queries_feiten import READS, Reads
from register_service.inductie.routes.blueprint import MANAGER, PLACE, RULES, blueprint, history_page
from register_service.inductie.routes.blueprint import ONE as TRAJECT
from register_service.inductie.service import feiten, saving
from register_service.inductie.service.saving import Held

_NO_STAY = "geen-verblijf-bij-uw-bestuur"


@dataclass(frozen=True, slots=True)
class Words:
    """What the API document and the journal call a kind, and the codes that it alone knows.

    `one` with its article, `which` by which Dutch goes on about it ("die" or "dat"); `how` says what to know before entering one.
    """

    kind: Kind
    name: str
    one: str
    many: str
    which: str
    how: str = ""
    invalid: tuple[str, ...] = ()
    conflict: tuple[str, ...] = ()
    withdrawal: tuple[str, ...] = ()


WORDS = (
    Words(
        kinds.PERIODES, "periode", "een verblijf", "verblijven", "dat",
        invalid=(*PLACE, "regeling-ontbreekt", *MANAGER),
        conflict=("verblijf-van-ander-bestuur", "periode-overlapt"),
        withdrawal=("eerste-verblijf", "verblijf-van-ander-bestuur"),
    ),
    Words(
        kinds.ONDERBREKINGEN, "onderbreking", "een onderbreking", "onderbrekingen", "die",
        how="Een onderbreking van minstens 30 dagen (regeling) telt niet mee als opgebouwde tijd; een kortere wel.",
        conflict=("onderbreking-overlapt",),
    ),
    Words(
        kinds.VERLENGINGEN, "verlenging", "een verlenging", "verlengingen", "die",
        how="Samen hoogstens 12 maanden (regeling), gemotiveerd, en besloten voor de verwachte einddatum.",
    ),
    Words(
        kinds.PROGRAMMAS, "programma", "het programma van een inductiejaar", "programma's", "dat",
        how="Een lesreductie onder de norm is een signaal, geen fout.",
        conflict=("programma-dubbel",),
    ),
    Words(
        kinds.BEGELEIDERS, "begeleider", "een begeleider", "begeleiders", "die",
        how="Een tegelijk is coach: een nieuwe coach vanaf een dag beëindigt de vorige van uw bestuur op de dag ervoor.",
        invalid=("begeleider-een-van-beide", "registratienummer-onbekend", "begeleider-is-leraar-zelf",
                 "begeleider-is-leidinggevende"),
        conflict=("coach-overlapt",),
    ),
    Words(
        kinds.OBSERVATIES, "observatie", "een observatie", "observaties", "die",
        how="Dat er is geobserveerd, wordt vastgelegd. Wat er is gezien, blijft bij de leraar.",
        invalid=("observator-een-van-beide", "registratienummer-onbekend", "observator-is-leraar-zelf"),
    ),
    Words(
        kinds.VOORTGANGSGESPREKKEN, "voortgangsgesprek", "een voortgangsgesprek", "voortgangsgesprekken", "dat",
        how="Elke zes maanden (regeling) is er een nodig; het traject toont welke gehouden zijn.",
    ),
)  # fmt: skip


def _register(words: Words) -> None:
    kind, reads = words.kind, READS[words.kind]
    _register_reads(words, reads)
    if kind is not kinds.PERIODES:
        _register_add(words, reads)
    _register_change(words, reads)
    _register_withdrawal(words, reads)


def _register_reads(words: Words, reads: Reads) -> None:
    kind = words.kind
    below, one_below = _paths(kind)

    def list_all(call: Call) -> Answer:
        return one(call, reads.all, **call.path)

    def get(call: Call) -> Answer:
        return one(call, reads.one, **call.path)

    def list_history(call: Call) -> Answer:
        return history_page(call, reads.history, **call.path)

    how: dict[str, Any] = {"scope": Scope.INDUCTIE_LEZEN, "query": MomentQuery}
    blueprint.read(below, purpose=f"{words.many} raadplegen", answer=page_schema(kind.state), **how)(
        _named(list_all, f"list_{kind.path}", f"Som de {words.many} van een inductietraject op, oudste eerst.")
    )
    blueprint.read(one_below, purpose=f"{words.name} raadplegen", answer=kind.state, **how)(
        _named(get, f"get_{words.name}", f"Haal {words.one} op.")
    )
    about = f"Haal op wie wat wanneer wijzigde aan {words.one}, oudste eerst; ook na intrekken."
    blueprint.read(
        f"{one_below}/historie", scope=Scope.INDUCTIE_LEZEN, purpose=f"historie van {words.name} raadplegen",
        query=PageQuery, answer=page_schema(history_schema(kind.state)), page=True,
    )(_named(list_history, f"list_{words.name}_historie", about))  # fmt: skip


def _register_add(words: Words, reads: Reads) -> None:
    kind = words.kind

    def add(call: Call, session: Session) -> Answer:
        held = saving.hold(session, call.path["id"])
        fact = feiten.add_fact(session, held, kind, call.body, bestuur=call.caller.bestuur)
        body = fetch_in(session, call, reads.one, id=call.path["id"], feit=str(fact.id))
        location = f"/v1/inductietrajecten/{held.traject.id}/{kind.path}/{fact.id}"
        return Answer(body, 201, {"ETag": etag_of(body), "Location": location})

    blueprint.write(
        _paths(kind)[0], scope=Scope.INDUCTIE_SCHRIJVEN, event=f"{words.name}.toegevoegd", purpose=f"{words.name} vastleggen",
        body=kind.entry, codes={400: (*words.invalid, *RULES), 409: (_NO_STAY, *words.conflict)}, answer=kind.state, status=201,
    )(_named(add, f"add_{words.name}", f"Leg {words.one} vast.", words.how))  # fmt: skip


def _register_change(words: Words, reads: Reads) -> None:
    kind = words.kind

    def change(call: Call, session: Session) -> Answer:
        held, fact = _matched(call, session, kind, reads)
        feiten.change_fact(session, held, kind, fact, call.body, bestuur=call.caller.bestuur)
        body = fetch_in(session, call, reads.one, **call.path)
        return Answer(body, 200, {"ETag": etag_of(body)})

    conflict = words.conflict if kind is kinds.PERIODES else (_NO_STAY, *words.conflict)
    blueprint.write(
        _paths(kind)[1], method="PATCH", scope=Scope.INDUCTIE_SCHRIJVEN, event=f"{words.name}.gewijzigd",
        purpose=f"{words.name} wijzigen", body=kind.change, answer=kind.state, needs_match=True,
        codes={400: ("niets-te-wijzigen", *words.invalid, *RULES), 409: conflict},
    )(_named(change, f"change_{words.name}", f"Corrigeer {words.one} (JSON Merge Patch).", words.how))  # fmt: skip


def _register_withdrawal(words: Words, reads: Reads) -> None:
    kind = words.kind

    def withdraw(call: Call, session: Session) -> Answer:
        held, fact = _matched(call, session, kind, reads)
        feiten.withdraw_fact(session, held, kind, fact)
        return Answer(b"", 204)

    about = f"Trek {words.one} in {words.which} bij vergissing is vastgelegd; de historie bewaart alles."
    blueprint.write(
        _paths(kind)[1], method="DELETE", scope=Scope.INDUCTIE_SCHRIJVEN, event=f"{words.name}.ingetrokken",
        purpose=f"{words.name} intrekken", status=204, needs_match=True,
        codes={400: RULES} | ({409: words.withdrawal} if words.withdrawal else {}),
    )(_named(withdraw, f"withdraw_{words.name}", about))  # fmt: skip


def _paths(kind: Kind) -> tuple[str, str]:
    below = f"{TRAJECT}/{kind.path}"
    return below, f"{below}/{{feit}}"


def _named(handler: Callable[..., Answer], name: str, summary: str, description: str = "") -> Callable[..., Answer]:
    # The document reads both from the handler: its name is the operationId.
    handler.__name__, handler.__doc__ = name, f"{summary}\n\n{description}"
    return handler


def _matched(call: Call, session: Session, kind: Kind, reads: Reads) -> tuple[Held, Any]:
    held = saving.hold(session, call.path["id"])
    fact = feiten.fact_to_change(session, held, kind, call.path["feit"], bestuur=call.caller.bestuur)
    call.require_match(etag_of(peek(session, reads.one, **call.path)))
    return held, fact


for _words in WORDS:
    _register(_words)
