"""How many inductietrajecten there are of each kind: what a list with these filters would hold, counted.

The count of a filter leaves that filter itself out, so that it says what another choice would give.
"""

from datetime import date
from functools import cache
from typing import Any

import orjson

from register_service.api.call import Call
from register_service.api.reading import Source
from register_service.inductie.queries_lijst import FEW_OWN, GUIDES, HOLDS, MANY_OWN, OWN, PARAMETERS, SPANS_THEN
from register_service.inductie.schemas import ACHTERSTALLIG, STATUSSEN
from register_service.inductie.schemas_lijst import ANY_KIND

# Of which a count is shown also when it is nothing.
_ALWAYS = {"status": tuple(STATUSSEN), "achterstallig": tuple(ACHTERSTALLIG)}

# Each row is something that holds of a traject on the day; of every day a traject has one status, so those count trajecten.
_WANTED = f"s.soort in ('status', 'vestiging', 'achterstallig') and {HOLDS}"
_TABLES = "inductiestand s join inductietraject t on t.id = s.traject and t.leraar = s.leraar"
_OF_LERAAR = ((_TABLES, "t.", "s.leraar = current_setting('register.leraar', true)"),)
# Policies ask per row, which is best for few; the view weighs all that somebody sees at once.
_OF_BESTUUR = (
    (f"own join {_TABLES} on s.leraar = own.leraar", "t.", FEW_OWN),
    ("inductiestand_in_zicht s", "s.", MANY_OWN),
)
_EVERYBODY = (("inductiestand_in_zicht s", "s.", "true"),)
_THEN = ((f"inductietraject t cross join lateral (select t.id as traject, s.* from {SPANS_THEN}) s", "t.", "true"),)

# Whether the traject of a row meets a filter. `is true` changes no answer: with it PostgreSQL makes a hash table of the
# trajecten that do, whatever it expects of their number.
_AMONG = "(traject in (select traject from rij where soort = '{0}' and {1})) is true"
_MEETS = {
    "status": _AMONG.format("status", "waarde = %(status)s"),
    "vestiging": _AMONG.format("vestiging", "waarde = %(vestiging)s"),
    "sector": "sector = %(sector)s",
    "achterstallig": _AMONG.format("achterstallig", f"%(achterstallig)s in (waarde, '{ANY_KIND}')"),
}


def counting_source(call: Call) -> Source:
    """Give the source of the counts, for the filters and the caller of a call; it takes what the list's takes."""
    asked = tuple(name for name in PARAMETERS if call.query.get(name) is not None)
    return _source("then" if call.query.get("beschikbaar_op") else call.caller.role, asked)


@cache
def _source(role: str, asked: tuple[str, ...]) -> Source:
    ways = {"then": _THEN, "bestuur": _OF_BESTUUR, "leraar": _OF_LERAAR}.get(role, _EVERYBODY)
    rows = " union all ".join(_rows(*way, asked) for way in ways)
    own = f"{OWN}, " if role == "bestuur" else ""
    facets = ", ".join(f"'{facet}', ({_counts(facet, asked)})" for facet in _MEETS)
    return Source(
        f"select null::text as leraar, json_build_object('totaal', ({_total(asked)}), {facets}) as body",
        tables=("inductietraject", "begeleiding") if "begeleider" in asked else ("inductietraject",),
        parts=(),
        change=f"{own}rij as ({rows}), geteld as materialized ({_counted(asked)})",
        finish=_finish,
    )


def _rows(source: str, alias: str, condition: str, asked: tuple[str, ...]) -> str:
    # What is no facet leaves rows out beforehand.
    conditions = [_WANTED, condition]
    if "verwachte_einddatum_voor" in asked:
        conditions.append(f"{alias}verwachte_einddatum < %(verwachte_einddatum_voor)s::date")
    if "begeleider" in asked:
        conditions.append(f"s.traject in (select b.traject from begeleiding b where {GUIDES})")
    return f"select s.traject, s.soort, s.waarde, {alias}sector from {source} where {' and '.join(conditions)}"


def _counted(asked: tuple[str, ...]) -> str:
    # Some hundreds of rows: how many there are of each value, sector, and whether the filters are met.
    columns = ["soort", "waarde", "sector", *(f"{_MEETS[facet]} as of_{facet}" for facet in _MEETS if facet in asked)]
    numbers = ", ".join(str(number) for number in range(1, len(columns) + 1))
    return f"select {', '.join(columns)}, count(*) as aantal from rij group by {numbers}"


def _total(asked: tuple[str, ...]) -> str:
    return f"select coalesce(sum(aantal), 0) from geteld where {_meets('status', asked, but=None)}"


def _counts(facet: str, asked: tuple[str, ...]) -> str:
    soort, value = ("status", "sector") if facet == "sector" else (facet, "waarde")
    counted = f"select {value} as waarde, sum(aantal) as aantal from geteld where {_meets(soort, asked, but=facet)} group by 1"
    return f"select coalesce(json_object_agg(waarde, aantal order by waarde), '{{}}') from ({counted}) counted"


def _meets(soort: str, asked: tuple[str, ...], *, but: str | None) -> str:
    return " and ".join((f"soort = '{soort}'", *(f"of_{facet}" for facet in _MEETS if facet in asked and facet != but)))


def _finish(body: str, day: date) -> str:
    found: dict[str, Any] = orjson.loads(body)
    shown: dict[str, Any] = {"peildatum": day.isoformat(), "totaal": found["totaal"]}
    for facet in _MEETS:
        counts = dict.fromkeys(_ALWAYS.get(facet, ()), 0) | found[facet]
        shown[facet] = [{"waarde": value, "aantal": count} for value, count in counts.items()]
    return orjson.dumps(shown).decode()
