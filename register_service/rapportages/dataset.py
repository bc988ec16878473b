"""What a report is made of. One file in `datasets/` makes one of these; docs/rapportages.md tells how."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from register_service.rapportages.rules.grafiek import Grafiek
from register_service.rapportages.rules.tabel import Afgeschermd, Kolom, Rij, Tabel, Waarde

# What the rows of a report can be: the SQL of a row's key and of what it is called. Of the unit `u` a query gives `vestiging`,
# `bestuur` and `cohort`; `v` is the vestiging, `b` the bestuur with its oldest partnerschap (`PLAATSEN`).
DIMENSIES: Final[Mapping[str, tuple[str, str]]] = {
    "sector": ("coalesce(v.sector, '')", "coalesce(v.sector, 'zonder sector')"),
    "partnerschap": ("coalesce(b.partnerschap, '')", "coalesce(b.partnerschap_naam, 'geen partnerschap')"),
    "bestuur": ("coalesce(u.bestuur, '')", "coalesce(b.naam, u.bestuur, 'geen bestuur')"),
    "vestiging": (
        "coalesce(u.vestiging, '')",
        "coalesce(v.naam || ', ' || v.plaats, u.vestiging, 'geen vestiging')",
    ),
    "cohort": ("coalesce(u.cohort, '')", "coalesce(u.cohort, 'onbekend')"),
    # Of reports whose unit tells it, as a boolean.
    "inductie": (
        "case when u.inductie then 'behaald' else 'niet-behaald' end",
        "case when u.inductie then 'inductie behaald' else 'inductie niet behaald' end",
    ),
}
FILTERS: Final[Mapping[str, str]] = {
    "sector": "v.sector = %(sector)s",
    "partnerschap": "b.partnerschap = %(partnerschap)s",
    "bestuur": "u.bestuur = %(bestuur)s",
    "vestiging": "u.vestiging = %(vestiging)s",
    "cohort": "u.cohort = %(cohort)s",
}
# Tables that `PLAATSEN` reads.
ORGANISATIE: Final = ("bestuur", "partnerschap", "deelname", "vestiging")
PLAATSEN: Final = """
plaats_bestuur as not materialized (
    select distinct on (b.nummer) b.nummer, b.naam, p.id::text as partnerschap, p.naam as partnerschap_naam
    from bestuur b left join deelname d on d.bestuur = b.nummer and d.begindatum <= %(periode_tot)s
        and coalesce(d.einddatum, 'infinity') >= %(periode_tot)s
    left join partnerschap p on p.id = d.partnerschap_id
    order by b.nummer, d.begindatum, p.id),
plaats_vestiging as not materialized (select distinct on (code) code, naam, plaats, sector from vestiging)"""
_JOINS: Final = """left join plaats_vestiging v on v.code = u.vestiging
    left join plaats_bestuur b on b.nummer = u.bestuur"""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Vraag:
    """What was asked: the period (days, inclusive), the dimension of the rows, and filters by name."""

    periode_van: date
    periode_tot: date
    per: str
    filters: Mapping[str, str]

    def values(self) -> dict[str, Any]:
        """Give the parameters that every query may use."""
        filters = dict.fromkeys(FILTERS) | dict(self.filters)
        return {"periode_van": self.periode_van, "periode_tot": self.periode_tot, **filters}


@dataclass(frozen=True, slots=True)
class Dataset:
    """A report before anybody asks for it.

    `definitie` is Dutch and says what is counted; `toelichting` has further remarks, a sentence each. `tabellen`: the register
    tables that `query` reads, beside those of organisations. `query` is SQL after `with`: common table expressions that end with
    one named `u`, of one row per person counted, and then a select from `{units}` with `{key}` as `sleutel`, `{name}` as `naam`,
    `{is_total}` as `is_totaal` and what `maak` needs, grouped by `{groups}`. `{label}` is that name where
    nothing is grouped, with `{joins}` behind a `u` of one's own. `maak` makes the table of those rows. `voor_bestuur`: whether a
    bestuur may pull it too, about its own people.
    """

    naam: str
    titel: str
    definitie: str
    query: str
    tabellen: tuple[str, ...]
    maak: Callable[[Vraag, Sequence[Row]], Tabel]
    dimensies: tuple[str, ...] = ("sector", "partnerschap", "bestuur", "vestiging", "cohort")
    toelichting: tuple[str, ...] = ()
    grafieken: tuple[Grafiek, ...] = ()
    voor_bestuur: bool = False
    # When nothing is said: from today the first and last day of the period; without it the last school year.
    periode: Callable[[date], tuple[date, date]] | None = None
    # Further parameters that the query takes, beside those of the question and `peildatum`, the day of the moment.
    meer: Callable[[Vraag], Mapping[str, Any]] = field(default=lambda _vraag: {})

    @property
    def reads(self) -> tuple[str, ...]:
        """All register tables that it reads."""
        return (*ORGANISATIE, *(table for table in self.tabellen if table not in ORGANISATIE))

    def select(self, vraag: Vraag) -> str:
        """Give the query for a question, after the tables of the moment."""
        key, label = DIMENSIES[vraag.per]
        where = " and ".join(FILTERS[filter_] for filter_ in vraag.filters) or "true"
        parts = {
            "joins": _JOINS,
            "units": f"u {_JOINS} where {where}",
            "key": key,
            "label": label,
            "name": f"max({label})",
            "is_total": f"grouping({key}) = 1",
            "groups": f"grouping sets (({key}), ())",
        }
        query = self.query
        for part, sql in parts.items():
            query = query.replace(f"{{{part}}}", sql)
        return f"{PLAATSEN}, {query.strip()}"


def tabel_van(
    groep: str,
    kolommen: Sequence[Kolom],
    rows: Sequence[Row],
    waarden: Callable[[Row], Mapping[str, Waarde]],
    **how: Any,
) -> Tabel:
    """Make a table of rows of a query: those of the groups in order of their key, and the one of the total."""
    (total,) = [row for row in rows if row["is_totaal"]]
    of_groups = sorted((row for row in rows if not row["is_totaal"]), key=lambda row: str(row["sleutel"]))
    rijen = tuple(Rij(str(row["sleutel"]), str(row["naam"]), waarden(row)) for row in of_groups)
    return Tabel(groep, tuple(kolommen), rijen, Rij("totaal", "Totaal", waarden(total)), **how)


def number(value: Any, decimals: int) -> Waarde:
    """Give a figure that is no count, rounded half up as people do; ONBEKEND where there is none."""
    if value is None:
        return Afgeschermd.ONBEKEND
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return float(rounded) if decimals else int(rounded)


def percentage(part: int, whole: int, decimals: int = 0) -> Waarde:
    """Give a share in percent; ONBEKEND of nobody."""
    return number(Decimal(100 * part) / whole, decimals) if whole else Afgeschermd.ONBEKEND
