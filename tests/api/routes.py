"""Every route of the application, with values that make a valid request of it."""

from dataclasses import dataclass, field
from typing import Any

from register_service.access.models import ClientSoort
from register_service.access.persons import SCOPES
from register_service.access.scopes import PERSONAL
from register_service.api.operation import Operation
from register_service.app import SLICES
from tests.api import activiteiten, catalogus, koppelcodes, registraties, trajecten
from tests.api import world as w

OPERATIONS: tuple[Operation, ...] = tuple(operation for slice_ in SLICES for operation in slice_.operations)
READS = tuple(operation for operation in OPERATIONS if not operation.writes)
WRITES = tuple(operation for operation in OPERATIONS if operation.writes)

_IDENTIFIERS = {
    "/partnerschappen": {"id": w.PARTNERSCHAP},
    "/bevoegdheden": {"id": w.BEVOEGDHEID},
    "/aanstellingen": {"id": w.AANSTELLING},
    "/regelingen": {"id": w.REGELING},
}
_ALWAYS = {
    "registratienummer": w.VOL, "bestuursnummer": w.BESTUUR_A, "brin": "00AA", "vestigingscode": "00AA00",
    "naam": "gegevenskwaliteit",
}  # fmt: skip


def name(operation: Operation) -> str:
    """Name an operation, for pytest's report."""
    return f"{operation.method} {operation.rule}"


def path_of(operation: Operation, **identifiers: str) -> str:
    """Fill in the identifiers of an operation, with those of the world unless others are given."""
    values = dict(_ALWAYS)
    for part, found in _IDENTIFIERS.items():
        if part in operation.rule:
            values |= found
    if "/inductietrajecten/{id}" in operation.rule:
        values |= trajecten.identifiers(operation.rule)
    values |= catalogus.identifiers(operation.rule) | activiteiten.identifiers(operation.rule)
    values |= registraties.identifiers(operation.rule) | koppelcodes.identifiers(operation.rule)
    path = operation.rule
    for key, value in (values | identifiers).items():
        path = path.replace(f"{{{key}}}", value)
    return f"/v1{path}"


def readers(operation: Operation) -> tuple[str, ...]:
    """Give who, besides the leraar, may read what an operation shows; scores are not for the keeper."""
    one = activiteiten.reader(operation) or registraties.reader(operation)
    if one is not None:
        return (one,)
    return ("a",) if operation.rule.endswith("/scores") else ("a", "k")


def owner(operation: Operation) -> str:
    """Give who may change what an operation changes: the leraar or a validator, where only a person may."""
    if (one := registraties.owner(operation)) is not None:
        return one
    if operation.scope in PERSONAL:
        return "l" if operation.scope in SCOPES[ClientSoort.LERAAR] else "v"
    return catalogus.owner(operation) or activiteiten.owner(operation) or "a"


@dataclass(frozen=True)
class Example:
    """A valid request: who sends it (`l` is the leraar whom it is about), its body, and the journal's tables it writes to."""

    body: dict[str, Any] | w.File | None = None
    who: str = "a"
    tables: frozenset[str] = field(default_factory=frozenset)


def example(operation: Operation, number: str = w.VOL) -> Example:
    """Give a valid request for an operation; `number` is the leraar whom it is about."""
    achternaam = w.ACHTERNAMEN.get(number, "Onbekend")
    method, rule = operation.method, operation.rule
    elsewhere = (
        trajecten.example(method, rule)
        or catalogus.example(method, rule, number, achternaam)
        or activiteiten.example(method, rule, number)
        or registraties.example(method, rule, number)
        or koppelcodes.example(method, rule)
    )
    if elsewhere is not None:
        who, body, tables = elsewhere
        return Example(body, who, tables)
    merge = {"van": number, "naar": w.LEEG, "reden": "dubbel ingeschreven"}
    examples: dict[str, Example] = {
        "POST /leraren": Example(w.person() | {"bevestigdNieuw": True}, tables=frozenset({"leraar", "koppeling"})),
        "POST /leraren/_zoek": Example({"achternaam": "Proefpersoon"}),
        "POST /leraren/_kandidaten": Example(w.person()),
        "POST /leraren/_koppel": Example(
            {"registratienummer": number, "geboortedatum": w.BIRTHDAY}, who="b", tables=frozenset({"koppeling"})
        ),
        "PATCH /leraren/{registratienummer}": Example({"roepnaam": "Nieuw"}, tables=frozenset({"leraar"})),
        "POST /leraren/{registratienummer}/bevoegdheden": Example(w.bevoegdheid(), tables=frozenset({"bevoegdheid"})),
        "PATCH /leraren/{registratienummer}/bevoegdheden/{id}": Example(
            {"instelling": "HAN"}, tables=frozenset({"bevoegdheid"})
        ),
        "POST /leraren/{registratienummer}/bevoegdheden/{id}/_verifieer": Example(
            {"verificatie": "afgewezen", "tegen": "diplomaregister"}, tables=frozenset({"bevoegdheid"})
        ),
        "DELETE /leraren/{registratienummer}/bevoegdheden/{id}": Example(tables=frozenset({"bevoegdheid"})),
        "POST /aanstellingen/_bijwerken": Example(
            w.aanstelling(leraar=number, personeelsnummer=f"N{number}"), tables=frozenset({"aanstelling"})
        ),
        "POST /leraren/{registratienummer}/aanstellingen": Example(w.aanstelling(), tables=frozenset({"aanstelling"})),
        "PATCH /leraren/{registratienummer}/aanstellingen/{id}": Example(
            {"betrekkingsomvang": 0.5}, tables=frozenset({"aanstelling"})
        ),
        "POST /leraren/{registratienummer}/aanstellingen/{id}/_beeindig": Example(
            {"einddatum": "2026-07-31", "redenEinde": "pensioen"}, tables=frozenset({"aanstelling"})
        ),
        "DELETE /leraren/{registratienummer}/aanstellingen/{id}": Example(tables=frozenset({"aanstelling"})),
        "POST /leraren/_samenvoegen": Example(
            merge, who="k", tables=frozenset({"leraar", "samenvoeging", "koppeling"})
        ),
    }
    return examples.get(name(operation), Example())
