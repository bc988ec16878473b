"""The induction of a leraar: how it stands, what is due, what was agreed, and what happened, in words."""

from typing import Any

from register_service.api.call import Call
from register_service.api.reading import Read, fetch_all
from register_service.core.errors import NotFound
from register_service.inductie import queries as inductie
from register_service.inductie.kinds import KINDS
from register_service.inductie.queries_feiten import READS
from register_service.inductie.queries_tijdlijn import TIJDLIJN
from register_service.web.leraar import queries, words
from register_service.web.leraar.actors import who_did
from register_service.web.leraar.blueprint import own_page
from register_service.web.leraar.programme import programme_of
from register_service.web.leraar.reading import (
    CursorQuery,
    first_of,
    list_of,
    list_read,
    own_values,
    read_known,
    read_own,
)
from register_service.web.rendering import render

_ENTRIES = 15
_PURPOSE = "eigen inductie bekijken"
_PARTS = {"trajecten": inductie.OF_LERAAR, "names": queries.NAMES, "taken_over": queries.AGREEMENTS}


@own_page("/mijn/inductie", purpose=_PURPOSE, nav="Inductie", query=CursorQuery)
def induction(call: Call) -> Any:
    """Show the traject that runs, or the last one."""
    found = read_own(call, _PARTS)
    trajecten = found["trajecten"]["items"]
    if not trajecten:
        return render("leraar/inductie_geen.html")
    return _show(call, found, trajecten[-1])


@own_page("/mijn/inductie/{id}", purpose=_PURPOSE, query=CursorQuery)
def earlier_induction(call: Call) -> Any:
    """Show one traject, of those that there were. Raises NotFound."""
    found = read_own(call, _PARTS)
    for traject in found["trajecten"]["items"]:
        if traject["id"] == call.path["id"]:
            return _show(call, found, traject)
    raise NotFound


def _show(call: Call, found: dict[str, Any], traject: dict[str, Any]) -> Any:
    own = own_values(call, id=traject["id"])
    reads = [Read(READS[kind].all, own) for kind in KINDS]
    timeline = list_read(call, TIJDLIJN, _ENTRIES, id=traject["id"])
    *rows, scores, entries = fetch_all(call, *reads, Read(queries.SCORES, own), timeline)
    facts = {kind.path: first_of(answer)["items"] for kind, answer in zip(KINDS, rows, strict=True)}
    told = list_of(TIJDLIJN, entries, _ENTRIES)
    known = read_known(call, told.items)
    return render(
        "leraar/inductie.html",
        traject=traject,
        word=words.INDUCTIE[traject["status"]],
        others=[one for one in found["trajecten"]["items"] if one is not traject],
        facts=facts,
        programme=[programme_of(year) for year in facts["programmas"]],
        scores=first_of(scores),
        entries=[{**entry, "door": who_did(entry, known)} for entry in told.items],
        following=told.following,
        continued="cursor" in call.query,
        agreements=[one for one in found["taken_over"] if one["traject"] == traject["id"]],
        names=found["names"],
        words=words,
        todo=words.TE_DOEN,
    )
