"""A change of one row, in one Dutch sentence for whoever reads the timeline. Pure: states in, words out; never a score."""

from collections.abc import Callable, Mapping

from register_service.core.days import dutch_day
from register_service.inductie.timeline.words import Row, State, list_changes, number, value_of

GRONDEN = {
    "elders-behaald": "de inductie is elders behaald",
    "ruime-ervaring": "de leraar gaf al jaren les",
    "overig": "om een andere reden",
}
REDENEN = {
    "uit-dienst": "de leraar ging uit dienst",
    "buiten-regio": "de leraar gaat verder buiten de regio",
    "buiten-onderwijs": "de leraar verlaat het onderwijs",
    "op-verzoek": "de leraar vroeg erom",
    "overig": "om een andere reden",
}


def say(row: Row) -> str:
    """Say what a row of the journal did. Raises KeyError for a table that is not of the inductie."""
    if row.table == "inductietraject":
        return _say_traject(row)
    if row.table == "observatiescore":
        return _say_scores(row)
    if row.table == "overname_instemming":
        agreed = "trekt de instemming in met" if row.removed else "stemt in met"
        return f"De leraar {agreed} overname door bestuur {row.state['bestuur']}."
    if row.added:
        return f"{_ADDED[row.table](row.state)}."
    if row.removed:
        return f"{_taken_back(row)}."
    return _say_change(row)


def _say_traject(row: Row) -> str:
    state, changed = row.state, row.changed()
    if row.added or row.removed:
        return _say_start(row)
    for column, name in (("afgerond_op", "afronding"), ("gestopt_op", "stop")):
        old, new = changed.get(column, (None, None))
        if old and not new:
            return f"Inductietraject heropend; de {name} van {dutch_day(old)} is ingetrokken."
    if "afgerond_op" in changed:
        return _say_judgement(state)
    if "gestopt_op" in changed:
        return f"Inductietraject gestopt op {dutch_day(state['gestopt_op'])}: {REDENEN[state['stop_reden']]}."
    if "startdatum" in changed:
        old, new = changed["startdatum"]
        return f"Startdatum gecorrigeerd van {dutch_day(old)} naar {dutch_day(new)}."
    if "vervolg_op" in changed:
        return "De opgebouwde tijd van een eerder traject telt mee."
    return f"Inductietraject gewijzigd: {list_changes(changed)}."


def _say_start(row: Row) -> str:
    state = row.state
    day = dutch_day(state["startdatum"])
    if state.get("vrijstelling_grond"):
        why = GRONDEN[state["vrijstelling_grond"]]
        return f"Vrijstelling van inductie vanaf {day} " + ("ingetrokken." if row.removed else f"vastgelegd: {why}.")
    if row.removed:
        return f"Inductietraject ingetrokken; de startdatum was {day}."
    return f"Inductietraject gestart op {day}."


def _say_judgement(state: State) -> str:
    early = "vervroegd " if state.get("vervroegd") else ""
    told = f"; meegedeeld op {dutch_day(state['meegedeeld_op'])}" if state.get("meegedeeld_op") else ""
    result = state["resultaat"].replace("-", " ")
    return f"Inductie {early}afgerond op {dutch_day(state['afgerond_op'])}: {result}{told}."


def _say_scores(row: Row) -> str:
    what = f"Scores van de observatie van {dutch_day(row.state['datum'])}" if row.state.get("datum") else "Scores"
    if row.removed:
        return f"{what} ingetrokken."
    if row.before is None:
        # To whom it was not shared before, sharing is all that shows.
        done = "vastgelegd" if row.action == "insert" else ""
        shared = "gedeeld" if row.state["gedeeld"] else ""
        return f"{what} {' en '.join(filter(None, (done, shared)))}."
    old, new = bool(row.before.get("gedeeld")), bool(row.state["gedeeld"])
    if old == new:
        return f"{what} gewijzigd."
    return f"{what} gedeeld." if new else f"{what} niet langer gedeeld."


def _say_change(row: Row) -> str:
    changed = row.changed()
    assert row.before is not None
    thing = _THINGS[row.table](row.before)
    if set(changed) == {"einddatum"} and changed["einddatum"][0] is None:
        return f"{thing} eindigt op {dutch_day(changed['einddatum'][1])}."
    return f"{thing} gewijzigd: {list_changes(changed)}."


def _taken_back(row: Row) -> str:
    thing = _THINGS[row.table](row.state)
    if row.table == "verlenging":
        return f"{thing} ingetrokken; was besloten op {dutch_day(row.state['besluitdatum'])}"
    if row.table == "begeleiding":
        return f"{thing} ingetrokken; was begonnen op {dutch_day(row.state['begindatum'])}"
    return f"{thing} ingetrokken"


def _period(state: State) -> str:
    begin, end = state["begindatum"], state.get("einddatum")
    if end is None:
        return f"vanaf {dutch_day(begin)}"
    return f"op {dutch_day(begin)}" if begin == end else f"van {dutch_day(begin)} tot en met {dutch_day(end)}"


def _who(state: State, role: str) -> str:
    name = state.get(f"{role}_naam")
    return str(name) if name else f"met registratienummer {state.get(role)}"


def _guide(state: State) -> str:
    return f"{state['rol'].capitalize()} {_who(state, 'begeleider')}"


def _months(state: State) -> str:
    number = state["maanden"]
    return f"Verlenging van {number} {'maand' if number == 1 else 'maanden'}"


def _guide_began(state: State) -> str:
    until = f", tot en met {dutch_day(state['einddatum'])}" if state.get("einddatum") else ""
    return f"{_guide(state)} begonnen op {dutch_day(state['begindatum'])}{until}"


def _talk_held(state: State) -> str:
    by = f" door {state['gevoerd_door']}" if state.get("gevoerd_door") else ""
    return f"Voortgangsgesprek gehouden op {dutch_day(state['datum'])}{by}"


def _programme(state: State) -> str:
    planned = sum(value for name, value in state.items() if name.endswith("_gepland") and value)
    reduction = state.get("lesreductie")
    less = f" en {value_of('lesreductie', reduction)} lesreductie" if reduction is not None else ""
    return f"{_THINGS['inductieprogramma'](state)} vastgelegd: {number(planned)} uur gepland{less}"


_THINGS: Mapping[str, Callable[[State], str]] = {
    "inductieperiode": lambda state: f"Verblijf op vestiging {state['vestiging']} {_period(state)}",
    "onderbreking": lambda state: f"Onderbreking ({state['soort'].replace('-', ' ')}) {_period(state)}",
    "verlenging": _months,
    "inductieprogramma": lambda state: f"Inductieprogramma van jaar {state['jaar']}",
    "begeleiding": _guide,
    "observatie": lambda state: f"Observatie van {dutch_day(state['datum'])} ({state['instrument']})",
    "voortgangsgesprek": lambda state: f"Voortgangsgesprek van {dutch_day(state['datum'])}",
}
_ADDED: Mapping[str, Callable[[State], str]] = {
    "inductieperiode": lambda state: f"{_THINGS['inductieperiode'](state)} vastgelegd",
    "onderbreking": lambda state: f"{_THINGS['onderbreking'](state)} vastgelegd",
    "verlenging": lambda state: f"{_months(state)} vastgelegd; besloten op {dutch_day(state['besluitdatum'])}",
    "inductieprogramma": _programme,
    "begeleiding": _guide_began,
    "observatie": lambda state: f"{_THINGS['observatie'](state)} vastgelegd; observator {_who(state, 'observator')}",
    "voortgangsgesprek": _talk_held,
}
