"""Lists of inductietrajecten: SQL picks the rows by comparing days, the rules say how each stands.

What holds of a traject from a day to a day comes from its course, and from nowhere else: now by way of table inductiestand,
in the past (`beschikbaarOp`) from the course that the journal kept. A filter is one condition over either.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from register_service.api.call import Call
from register_service.api.reading import Source
from register_service.core import clock
from register_service.inductie.queries import TRAJECT_JSON, finish_one
from register_service.inductie.schemas import ACHTERSTALLIG
from register_service.inductie.schemas_lijst import ANY_KIND

# The spans of the course of traject `t`, as `s`: the same rows from two sources.
SPANS_NOW = "inductiestand s where s.leraar = t.leraar and s.traject = t.id"
SPANS_THEN = """(
    select soort, waarde, coalesce(vanaf, '-infinity') as vanaf, coalesce(tot, 'infinity') as tot
    from jsonb_to_recordset(t.verloop -> 'standen') as span (soort text, waarde text, vanaf date, tot date)) s where true"""
HOLDS = "%(dag)s::date between s.vanaf and s.tot"

# To find a page, the leraren of a bestuur are gone through when they are no more than this. When they are more, the rows of a
# filter are, in order: enough of them are the bestuur's own. With 100,000 trajecten either takes some thousands of rows at most.
FEW = 2000


@dataclass(frozen=True, slots=True)
class Filter:
    """A parameter of the list: its condition on a traject `t`, and where the rows are for which it holds.

    `holds` is the same for the past, but for `{spans}`. Each of `walks` is a condition on `table`, by which its rows come in
    order of `key`, that of the traject, by index; what is found by one of them will do.
    """

    holds: str
    walks: tuple[str, ...]
    table: str = "inductietraject t"
    key: str = "t.id"
    leraar: str = "t.leraar"


def _standing(soort: str, *values: str) -> Filter:
    any_of = f"s.soort = '{soort}'" + (f" and s.waarde = {values[0]}" if len(values) == 1 else "")
    walks = tuple(f"s.soort = '{soort}' and s.waarde = {value} and {HOLDS}" for value in values)
    holds = f"exists (select from {{spans}} and {any_of} and {HOLDS} offset 0)"
    return Filter(holds, walks, "inductiestand s", "s.traject", "s.leraar")


def _plain(condition: str) -> Filter:
    return Filter(condition, (condition,))


GUIDES = "b.begeleider = %(begeleider)s and %(dag)s::date between b.begindatum and coalesce(b.einddatum, 'infinity')"

# What leaves the fewest comes first: a page is found by the first that is asked for, and held against the others row by row
# (`offset 0` sees to that).
FILTERS = {
    "begeleider": Filter(
        f"exists (select from begeleiding b where b.traject = t.id and {GUIDES})",
        (GUIDES,), "begeleiding b", "b.traject", "b.leraar",
    ),
    "vestiging": _standing("vestiging", "%(vestiging)s"),
    "any_kind": _standing("achterstallig", *(f"'{kind}'" for kind in ACHTERSTALLIG)),
    "achterstallig": _standing("achterstallig", "%(achterstallig)s"),
    "status": _standing("status", "%(status)s"),
    "verwachte_einddatum_voor": _plain("t.verwachte_einddatum < %(verwachte_einddatum_voor)s::date"),
    "sector": _plain("t.sector = %(sector)s"),
}  # fmt: skip
_NO_FILTER = _plain("true")
PARAMETERS = ("status", "vestiging", "sector", "verwachte_einddatum_voor", "achterstallig", "begeleider")


def values(call: Call) -> dict[str, Any]:
    """Give what the statements need of a call: the filters, None where nothing was asked, and the day they are about."""
    return {name: call.query.get(name) for name in PARAMETERS} | {
        "dag": call.query.get("geldig_op") or clock.today(),
        "bestuur": call.caller.bestuur,
        "few": FEW,
    }


def list_source(call: Call) -> Source:
    """Give the source of a page of trajecten, for the filters and the caller of a call; it takes `values`."""
    names = tuple(name for name in FILTERS if name in _asked(call.query))
    return _then(names) if call.query.get("beschikbaar_op") else _now(names, call.caller.role)


def _asked(query: Mapping[str, Any]) -> set[str]:
    asked = {name for name in PARAMETERS if query.get(name) is not None}
    if query.get("achterstallig") == ANY_KIND:
        asked = asked - {"achterstallig"} | {"any_kind"}
    return asked


def _source(rows: str, tables: tuple[str, ...]) -> Source:
    return Source(
        f"select t.leraar, t.id::text as key, {TRAJECT_JSON} as body from {rows} order by t.id limit %(limit)s",
        tables=tables,
        parts=("inductietrajecten",),
        finish=finish_one,
    )


@cache
def _then(names: tuple[str, ...]) -> Source:
    # Of the past row-level security on the journal alone tells what is seen.
    tables = ("inductietraject", "begeleiding") if "begeleider" in names else ("inductietraject",)
    conditions = (f"t.id > {_AFTER}", *(FILTERS[name].holds.format(spans=SPANS_THEN) for name in names))
    return _source(f"inductietraject t where {' and '.join(conditions)}", tables)


@cache
def _now(names: tuple[str, ...], role: str) -> Source:
    first, *others = [FILTERS[name] for name in names] or [_NO_FILTER]
    find = {"bestuur": _find_for_bestuur, "leraar": _find_for_leraar}.get(role, _find)
    found = find(first, [other.holds.format(spans=SPANS_NOW) for other in others])
    return _source(f"({found}) found (id) join inductietraject t on t.id = found.id", ("inductietraject",))


# Made once, before any row. A conversion inside the condition could give away by an error what a row holds, so PostgreSQL would
# first ask of every row who may see it, of all those before the page too.
_AFTER = "(select coalesce(nullif(%(after)s, ''), '00000000-0000-0000-0000-000000000000')::uuid)"


def _find(first: Filter, others: Sequence[str]) -> str:
    return _walk(first, first.table, others, "true")


def _find_for_leraar(first: Filter, others: Sequence[str]) -> str:
    # Row-level security would leave out all others as well, one by one; this goes by index.
    return _walk(first, first.table, others, f"{first.leraar} = current_setting('register.leraar', true)")


def _find_for_bestuur(first: Filter, others: Sequence[str]) -> str:
    # Of these two one has a condition that is false before any row is looked at.
    by_leraar = _walk(first, f"own join {first.table} on {first.leraar} = own.leraar", others, FEW_OWN)
    seen = f"exists (select from in_zicht z where z.leraar = {first.leraar} offset 0)"
    by_filter = _walk(first, first.table, others, f"{MANY_OWN} and {seen}")
    return f"with {OWN} {by_leraar} union {by_filter}"


# Whom a bestuur sees, as far as needed to know whether these are few. Of a leraar who left long ago it may still open the
# traject; its lists are about who is there.
OWN = """own as materialized (
    select distinct leraar from (
        select leraar from zicht where bestuur = %(bestuur)s
        and current_setting('register.today')::date between vanaf and tot limit %(few)s + 1) z)"""
FEW_OWN, MANY_OWN = "(select count(*) from own) <= %(few)s", "(select count(*) from own) > %(few)s"


def _walk(first: Filter, source: str, others: Sequence[str], condition: str) -> str:
    # Each walk goes in order of key and no further than a page; two of them may meet the same traject.
    if others and first.key != "t.id":
        source = f"{source} join inductietraject t on t.id = {first.key} and t.leraar = {first.leraar}"
    rest = " and ".join((f"{first.key} > {_AFTER}", *others, condition))
    return " union ".join(
        f"(select distinct {first.key} from {source} where {walk} and {rest} order by {first.key} limit %(limit)s)"
        for walk in first.walks
    )
