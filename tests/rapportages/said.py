"""What the SQL of `professionalisering` says of people, and what the rules of the registratie say of them."""

from datetime import date, timedelta
from typing import Any

import psycopg

from register_service.rapportages.datasets.professionalisering_sql import (
    ASPIRANT,
    DOORGEHAALD,
    LATER,
    ONDER_VOORWAARDEN,
    UNITS,
    VERLOPEN,
)
from register_service.registratie.rules.course import GEREGISTREERD, periods_until
from register_service.registratie.rules.facts import Feiten, read_feiten
from register_service.registratie.rules.norms import Regelingen, read_regelingen
from register_service.registratie.rules.voortgang import voortgang_on

_STANDEN = {
    "aspirant": ASPIRANT,
    "onder-voorwaarden": ONDER_VOORWAARDEN,
    "verlopen": VERLOPEN,
    "doorgehaald": DOORGEHAALD,
}
# Who, how it stands, on course.
Said = dict[str, tuple[int, bool]]


def said_by_sql(connection: psycopg.Connection[Any], day: date) -> Said:
    """Give what the query says of everybody on a day."""
    query = f"with {UNITS} select leraar, stand, coalesce(op_koers, false) from u"
    rows = connection.execute(query, {"periode_van": day - timedelta(days=364), "periode_tot": day}).fetchall()
    assert len({row[0] for row in rows}) == len(rows)
    return {leraar: (stand, on_course) for leraar, stand, on_course in rows}


def said_by_rules(everybody: list[Feiten], regelingen: Regelingen, day: date) -> Said:
    """Give what the rules say of these people on a day."""
    said: Said = {}
    for feiten in everybody:
        voortgang = voortgang_on(feiten, regelingen, day)
        if voortgang.status == GEREGISTREERD:
            end = periods_until(feiten, regelingen, day)[-1].einddatum
            said[feiten.nummer] = (_quarters_ahead(day, end), voortgang.op_koers)
        elif voortgang.status is not None:
            said[feiten.nummer] = (_STANDEN[voortgang.status], voortgang.op_koers)
    return said


def _quarters_ahead(day: date, end: date) -> int:
    after = day + timedelta(days=1)
    quarters = (end.year - after.year) * 4 + (end.month - 1) // 3 - (after.month - 1) // 3
    return max(0, min(quarters, LATER))


def everybody(connection: psycopg.Connection[Any], *numbers: str) -> tuple[list[Feiten], Regelingen]:
    """Give the facts of everybody, or of these, and the regelingen that hold."""
    rows = connection.execute("select sector, geldig_vanaf::text, waarden from regeling").fetchall()
    regelingen = read_regelingen(
        [{"sector": sector, "geldigVanaf": since, "waarden": figures} for sector, since, figures in rows]
    )
    asked = list(numbers) or [n for (n,) in connection.execute("select registratienummer from leraar")]
    facts = connection.execute("select feiten from registratiefeiten_van(%s, null)", (asked,))
    return [read_feiten(feiten, regelingen) for (feiten,) in facts], regelingen
