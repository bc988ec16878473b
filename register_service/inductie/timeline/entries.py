"""The timeline of a traject: what one request changed, however many rows that took, is one entry in Dutch words. Pure.

A request that moves a leraar closes one stay, adds another and changes the traject: the entry is about the move.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from register_service.core.days import dutch_day
from register_service.inductie.timeline.sentences import say
from register_service.inductie.timeline.words import Row

HANDELING = {"insert": "aangemaakt", "update": "gewijzigd", "delete": "verwijderd"}
# What an entry can be about, and what that means.
WAT = {
    "traject": "het traject zelf: de start, de startdatum, intrekken",
    "vrijstelling": "vrijstelling van inductie",
    "afronding": "het oordeel aan het einde, of heropenen daarna",
    "stop": "stoppen voor het einde, of heropenen daarna",
    "verblijf": "een verblijf op een vestiging, of een verplaatsing",
    "overname": "overname door een ander bestuur, of instemming daarmee",
    "onderbreking": "een onderbreking",
    "verlenging": "een verlenging",
    "programma": "het programma van een inductiejaar",
    "begeleiding": "een coach, schoolopleider of werkplekbegeleider",
    "observatie": "dat een les is geobserveerd",
    "scores": "wat er in een les is gezien; alleen voor de leraar, tenzij gedeeld",
    "voortgangsgesprek": "een voortgangsgesprek",
}
TRAJECT = "inductietraject"
_STAY = "inductieperiode"
_WAT_OF_TABLE = {
    _STAY: "verblijf",
    "inductieprogramma": "programma",
    "observatiescore": "scores",
    "overname_instemming": "overname",
}
_STARTED, _MOVED = "inductietraject.gestart", "inductietraject.verplaatst"
_TAKEN_OVER, _WITHDRAWN = "inductietraject.overgenomen", "inductietraject.ingetrokken"
# What caused the rest, first: what came, then what went, then what changed.
_ORDER = {"insert": 0, "delete": 1, "update": 2}
_DAYS = ("begindatum", "startdatum", "besluitdatum", "datum", "gegeven_op")


def entry_of(found: Mapping[str, Any]) -> dict[str, Any]:
    """Make an entry of what SQL found: its number, moment, event, who and why, and `rijen` in order of the journal."""
    rows = [
        Row(row["tabel"], row["handeling"], row["voor"], row["na"], undone=bool(row["teruggenomen"]))
        for row in found["rijen"]
    ]
    event = found["gebeurtenis"]
    main = main_row(event, rows)
    return {
        **{name: value for name, value in found.items() if name != "rijen"},
        "datum": day_of(main),
        "wat": kind_of(event, main),
        "handeling": HANDELING[main.action],
        "tekst": text_of(event, main, rows),
        "ingetrokken": main.undone,
    }


def main_row(event: str, rows: Sequence[Row]) -> Row:
    """Give the row that the others followed from."""
    table = _STAY if event in (_MOVED, _TAKEN_OVER) else TRAJECT if event.startswith("inductietraject.") else None

    def rank(row: Row) -> tuple[bool, int]:
        # Of a change of a fact the traject follows; of a change of the traject its facts do.
        aside = row.table != table if table else row.table == TRAJECT
        return aside, _ORDER[row.action]

    return min(rows, key=rank)


def kind_of(event: str, row: Row) -> str:
    """Give what an entry is about: a key of WAT."""
    if event == _TAKEN_OVER:
        return "overname"
    if row.table != TRAJECT:
        return "traject" if event == _STARTED else _WAT_OF_TABLE.get(row.table, row.table)
    changed = row.changed()
    if "afgerond_op" in changed:
        return "afronding"
    if "gestopt_op" in changed:
        return "stop"
    return "vrijstelling" if row.state.get("vrijstelling_grond") else "traject"


def day_of(row: Row) -> str | None:
    """Give the day in the domain that a row is about, as ISO text; None for a programme, which is about a year."""
    changed = row.changed()
    for name in ("afgerond_op", "gestopt_op"):
        if name in changed:
            old, new = changed[name]
            return str(new or old)
    if set(changed) == {"einddatum"}:
        old, new = changed["einddatum"]
        return str(new or old)
    return next((str(row.state[name]) for name in _DAYS if row.state.get(name)), None)


def text_of(event: str, main: Row, rows: Sequence[Row]) -> str:
    """Say what happened: of the row that it is about, and of guidance that came or ended with it."""
    if event == _WITHDRAWN:
        return say(main)
    others = [say(row) for row in rows if row is not main and row.table == "begeleiding"]
    return " ".join([_say_main(event, main, rows), *others])


def _say_main(event: str, main: Row, rows: Sequence[Row]) -> str:
    came = next((row.state for row in rows if row.table == _STAY and row.added), None)
    if event == _STARTED and came is not None:
        return f"Inductietraject gestart op {dutch_day(came['begindatum'])} op vestiging {came['vestiging']}."
    if event == _MOVED and came is not None:
        return f"Vanaf {dutch_day(came['begindatum'])} verder op vestiging {came['vestiging']}."
    if event == _TAKEN_OVER and came is not None:
        begin, place = dutch_day(came["begindatum"]), came["vestiging"]
        return f"Overgenomen door bestuur {came['bestuur']}: vanaf {begin} verder op vestiging {place}."
    if event == _TAKEN_OVER:
        return f"Overgenomen door een ander bestuur. {say(main)}"
    return say(main)
