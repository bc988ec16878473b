"""The kinds of facts that make a traject, each declared once: its table, its words, and what the rules know of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import Schema

from register_service.core.schema import ApiSchema, camel_case
from register_service.inductie import schemas_feiten as schemas
from register_service.inductie.models import (
    CRITERIA,
    Begeleiding,
    Inductieperiode,
    Inductieprogramma,
    Observatie,
    OfTraject,
    Onderbreking,
    Verlenging,
    Voortgangsgesprek,
)

Values = dict[str, Any]
_HELD = "%(geldig_op)s::date between {0}.begindatum and coalesce({0}.einddatum, 'infinity')"


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of fact.

    `entry`, `state` and `change` are the schemas of what goes in, what is shown and what may change. `path` is its segment in an
    address, `raw` its name among the facts of the rules, `known` the columns that the rules look at,
    `day` the column that says when it was; `held` is the SQL, over an alias, of "held on %(geldig_op)s".
    """

    model: type[Any]
    entry: type[ApiSchema]
    state: type[Schema]
    change: type[Schema]
    path: str
    raw: str
    known: tuple[str, ...]
    day: str | None
    held: str = "true"
    fact_of: Callable[[Any], Values] | None = None

    @property
    def table(self) -> str:
        """Name its table."""
        return str(self.model.__tablename__)

    def fact(self, row: OfTraject) -> Values:
        """Give a row as the rules know it: days as text, as the view `inductiefeiten` has them."""
        known = {"id": str(row.id)} | {camel_case(name): _plain(getattr(row, name)) for name in self.known}
        return known | (self.fact_of(row) if self.fact_of else {})


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _hours(row: Any) -> Values:
    groups = {group: {c: getattr(row, f"{c}_{group}") for c in CRITERIA} for group in ("gepland", "gerealiseerd")}
    return {
        group: {camel_case(criterium): hours for criterium, hours in found.items() if hours is not None}
        for group, found in groups.items()
    }


def _kind(model: type[Any], entry: type[ApiSchema], path: str, raw: str, **how: Any) -> Kind:
    state, change = schemas.state_schema(entry), schemas.change_schema(entry)
    return Kind(model, entry, state, change, path, raw, **how)


PERIODES = _kind(
    Inductieperiode, schemas.PeriodeInvoerSchema, "periodes", "verblijven",
    known=("bestuur", "vestiging", "begindatum", "einddatum"), day="begindatum", held=_HELD,
)  # fmt: skip
ONDERBREKINGEN = _kind(
    Onderbreking, schemas.OnderbrekingInvoerSchema, "onderbrekingen", "onderbrekingen",
    known=("begindatum", "einddatum"), day="begindatum", held=_HELD,
)  # fmt: skip
VERLENGINGEN = _kind(
    Verlenging, schemas.VerlengingInvoerSchema, "verlengingen", "verlengingen",
    known=("maanden", "besluitdatum"), day="besluitdatum", held="%(geldig_op)s::date >= {0}.besluitdatum",
)  # fmt: skip
PROGRAMMAS = _kind(
    Inductieprogramma, schemas.ProgrammaInvoerSchema, "programmas", "programmas",
    known=("jaar", "lesreductie"), day=None, fact_of=_hours,
)  # fmt: skip
BEGELEIDERS = _kind(
    Begeleiding, schemas.BegeleiderInvoerSchema, "begeleiders", "begeleidingen",
    known=("rol", "begindatum", "einddatum"), day="begindatum", held=_HELD,
)  # fmt: skip
OBSERVATIES = _kind(
    Observatie, schemas.ObservatieInvoerSchema, "observaties", "observaties",
    known=("datum",), day="datum", held="%(geldig_op)s::date >= {0}.datum",
)  # fmt: skip
VOORTGANGSGESPREKKEN = _kind(
    Voortgangsgesprek, schemas.VoortgangsgesprekInvoerSchema, "voortgangsgesprekken", "gesprekken",
    known=("datum",), day="datum", held="%(geldig_op)s::date >= {0}.datum",
)  # fmt: skip
KINDS = (PERIODES, ONDERBREKINGEN, VERLENGINGEN, PROGRAMMAS, BEGELEIDERS, OBSERVATIES, VOORTGANGSGESPREKKEN)
