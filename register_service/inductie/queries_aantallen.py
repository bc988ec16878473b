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
_EVERYBODY = ((_TABLES, "t.", "true"),)
_OF_LERAAR = ((_TABLES, "t.", "s.leraar = current_setting('register.leraar', true)"),)
# Policies ask per row, which is best for few; the view weighs all that a bestuur sees at once.
_OF_BESTUUR = (
    (f"own join {_TABLES} on s.leraar = own.leraar", "t.", FEW_OWN),
    ("inductiestand_in_zicht s", "s.", MANY_OWN),
)
_THEN = ((f"inductietraject t cross join lateral (select t.id as traject, s.* from {SPANS_THEN}) s", "t.", "true"),)

# `is true` changes no answer: with it PostgreSQL makes a hash table of the trajecten, whatever it expects of their number.
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
        change=f"{own}rij as materialized ({rows})",
        finish=_finish,
    )


def _rows(source: str, alias: str, condition: str, asked: tuple[str, ...]) -> str:
    # What is no facet leaves rows out beforehand. Without a facet's filter nobody asks any more which traject a row is of.
    conditions = [_WANTED, condition]
    if "verwachte_einddatum_voor" in asked:
        conditions.append(f"{alias}verwachte_einddatum < %(verwachte_einddatum_voor)s::date")
    if "begeleider" in asked:
        conditions.append(f"s.traject in (select b.traject from begeleiding b where {GUIDES})")
    rows = f"from {source} where {' and '.join(conditions)}"
    if any(facet in asked for facet in _MEETS):
        return f"select s.traject, s.soort, s.waarde, {alias}sector, 1 as aantal {rows}"
    return f"select s.soort, s.waarde, {alias}sector, count(*) as aantal {rows} group by 1, 2, 3"


def _total(asked: tuple[str, ...]) -> str:
    return f"select coalesce(sum(aantal), 0) from rij where {_meets('status', asked, but=None)}"


def _counts(facet: str, asked: tuple[str, ...]) -> str:
    soort, value = ("status", "sector") if facet == "sector" else (facet, "waarde")
    counted = (
        f"select {value} as waarde, sum(aantal) as aantal from rij where {_meets(soort, asked, but=facet)} group by 1"
    )
    return f"select coalesce(json_object_agg(waarde, aantal order by waarde), '{{}}') from ({counted}) counted"


def _meets(soort: str, asked: tuple[str, ...], *, but: str | None) -> str:
    others = (condition for facet, condition in _MEETS.items() if facet in asked and facet != but)
    return " and ".join((f"soort = '{soort}'", *others))


def _finish(body: str, day: date) -> str:
    found: dict[str, Any] = orjson.loads(body)
    shown: dict[str, Any] = {"peildatum": day.isoformat(), "totaal": found["totaal"]}
    for facet in _MEETS:
        counts = dict.fromkeys(_ALWAYS.get(facet, ()), 0) | found[facet]
        shown[facet] = [{"waarde": value, "aantal": count} for value, count in counts.items()]
    return orjson.dumps(shown).decode()
