"""Builders of facts for the tests of the rules: one ordinary leraar as PostgreSQL gives him, and how he differs.

His first period runs from 1 August 2020 to 31 July 2024; he is bevoegd, works half time in po, and has all hours by then.
"""

from datetime import date
from typing import Any

from register_service.registratie.rules.course import course_of
from register_service.registratie.rules.facts import Feiten, read_feiten
from register_service.registratie.rules.norms import Regelingen, read_regelingen
from register_service.registratie.rules.voortgang import Eis, Voortgang, voortgang_on

Json = dict[str, Any]

START, END = "2020-08-01", "2024-07-31"
FIGURES: Json = {
    "registratieJaren": 4,
    "registeruren": 160,
    "primairUren": 100,
    "werkuren": 1328,
    "jaaruren": 1659,
    "voorwaardenMaanden": 6,
    "uitstelMaximaalMaanden": 24,
    "meldingMaanden": 6,
    "meldingWeken": 12,
    "registrerendeSoorten": ["pabo", "tweedegraads", "eerstegraads", "pdg", "beperkt", "erkend-buitenland"],
    "activiteitMaximaalUren": 1680,
    "aanbodMinimaalUren": 3,
    "gelijkenisTitel": 0.5,
}
VAKINHOUDELIJK = {"po": 0, "so": 0, "vo": 40, "mbo": 0, "ho": 0}


def day(text: str) -> date:
    """Give the date of `2024-07-31`."""
    return date.fromisoformat(text)


def rows(vanaf: str = "1900-01-01", sectors: dict[str, int] = VAKINHOUDELIJK, **changed: Any) -> list[Json]:
    """Give regelingen as the table has them, with other figures for every sector in `changed`."""
    return [
        {"sector": "alle", "geldigVanaf": vanaf, "waarden": {**FIGURES, **changed}},
        *(
            {"sector": sector, "geldigVanaf": vanaf, "waarden": {"vakinhoudelijkUren": hours}}
            for sector, hours in sectors.items()
        ),
    ]


REGELINGEN = read_regelingen(rows())
NORMEN = REGELINGEN.normen[0]


def holds(vanaf: str = "2019-07-01", tot: str | None = None, soort: str = "pabo") -> Json:
    """Give a bevoegdheid."""
    return {"soort": soort, "vanaf": vanaf, "tot": tot}


def ru(ended: str, hours: float, decided: str | None = None, **split: float) -> Json:
    """Give an approved activiteit; pedagogisch, but for what `split` says. Approved on the day it ended, unless `decided`."""
    parts = {"vakinhoudelijk": 0, "vakdidactisch": 0, "pedagogisch": hours - sum(split.values()), "overig": 0}
    return {"einddatum": ended, "geteldOp": decided or ended, **parts, **split}


def job(first: str = START, last: str | None = None, fte: float = 0.5, sector: str = "po") -> Json:
    """Give an aanstelling."""
    return {"begindatum": first, "einddatum": last, "betrekkingsomvang": fte, "sector": sector}


def off(vanaf: str, tot: str | None = None) -> Json:
    """Give a doorhaling."""
    return {"vanaf": vanaf, "tot": tot}


def stored(first: str, last: str, grond: str = "eerste", uitstel: int = 0) -> Json:
    """Give a stored period; its id is its first day."""
    return {"id": first, "begindatum": first, "einddatum": last, "grond": grond, "uitstelMaanden": uitstel}


ENOUGH = ru("2023-05-01", 160)


def leraar(regelingen: Regelingen = REGELINGEN, **changed: Any) -> Feiten:
    """Give the ordinary leraar, with `changed` in its place."""
    json: Json = {
        "nummer": "1234567895",
        "geregistreerdOp": START,
        "bevoegd": [holds()],
        "perioden": [],
        "doorhalingen": [],
        "uren": [ENOUGH],
        "ingediend": [],
        "werk": [job()],
    }
    return read_feiten({**json, **changed}, regelingen)


def periods(feiten: Feiten, until: str, regelingen: Regelingen = REGELINGEN) -> list[tuple[str, str, str]]:
    """Give begin, end and grond of every period that has begun on a day."""
    found = course_of(feiten, regelingen, day(until)).perioden
    return [(p.begindatum.isoformat(), p.einddatum.isoformat(), p.grond) for p in found]


def status(feiten: Feiten, on: str, regelingen: Regelingen = REGELINGEN) -> str | None:
    """Give the status of a day."""
    return course_of(feiten, regelingen, day(on)).status


def progress(feiten: Feiten, on: str, regelingen: Regelingen = REGELINGEN) -> Voortgang:
    """Give the progress on a day."""
    return voortgang_on(feiten, regelingen, day(on))


def eis(feiten: Feiten, on: str, name: str) -> Eis:
    """Give one requirement as it is met on a day."""
    return next(one for one in progress(feiten, on).eisen if one.eis == name)
