"""`professionalisering`: who is in which row, and the hours of each, held against the rows of the register added up by Python."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest

from register_service.core.context import Context
from register_service.rapportages.dataset import Vraag
from register_service.rapportages.datasets.professionalisering import PROFESSIONALISERING
from register_service.rapportages.datasets.professionalisering_sql import GEBIEDEN, SOORTEN
from register_service.rapportages.rules.tabel import TOTAAL, Afgeschermd, Tabel
from register_service.rapportages.running import checkpoint_at, tables_of
from register_service.rapportages.tables import register_tables
from tests.rapportages.conftest import Region

FIRST, LAST = date(2025, 8, 1), date(2026, 7, 31)
# Of somebody: sector, bestuur, vestiging and cohort; the keys of the rows.
Place = dict[str, str]

_PLACES = """
select l.registratienummer, l.geregistreerd_op, coalesce(w.sector, ''), coalesce(w.bestuur, ''), coalesce(w.vestiging, '')
from leraar l left join (
    select distinct on (a.leraar) a.leraar, v.sector, a.bestuur, a.vestiging
    from aanstelling a join vestiging v on v.code = a.vestiging
    where daterange(a.begindatum, a.einddatum, '[]') @> %s::date
    order by a.leraar, a.betrekkingsomvang desc, a.vestiging, a.bestuur) w on w.leraar = l.registratienummer
where l.samengevoegd_met is null and l.geregistreerd_op <= %s
"""
_DONE = """
select leraar, soort, registeruren, vakinhoudelijk, vakdidactisch, pedagogisch, overig from activiteit
where status = 'goedgekeurd' and einddatum between %s and %s
"""


def _table(region: Region, per: str, first: date = FIRST, last: date = LAST) -> Tabel:
    """Make the report as it is before anything is hidden."""
    vraag = Vraag(first, last, per, {})
    context = Context(role="auditor", actor="test", event="", today=date(2026, 11, 23), client="auditor", jti="x")
    with region.database.snapshot(context) as connection:
        ((moment,),) = connection.execute("select max(at) from checkpoint").fetchall()
        reads = PROFESSIONALISERING.reads
        values = {
            **vraag.values(),
            "snapshot": checkpoint_at(connection, moment)[1],
            "tabellen": register_tables(reads),
        }
        cursor = connection.execute(
            f"with {tables_of(connection, reads, values)}, {PROFESSIONALISERING.select(vraag)}", values
        )
        names = [column.name for column in cursor.description or ()]
        return PROFESSIONALISERING.maak(vraag, [dict(zip(names, row, strict=True)) for row in cursor])


def _places(region: Region, day: date) -> dict[str, Place]:
    def cohort(registered: date) -> str:
        year = registered.year - (registered.month < 8)
        return f"{year}-{year + 1}"

    return {
        number: {"cohort": cohort(registered), "sector": sector, "bestuur": bestuur, "vestiging": vestiging}
        for number, registered, sector, bestuur, vestiging in region.rows(_PLACES, day, day)
    }


@pytest.mark.parametrize("per", ["sector", "bestuur", "vestiging", "cohort"])
def test_people_and_hours_of_every_row(region: Region, per: str) -> None:
    places, hours = _places(region, LAST), defaultdict[str, Counter[str]](Counter)
    for leraar, soort, registeruren, *per_gebied in region.rows(_DONE, FIRST, LAST):
        if leraar in places:
            one = {"registeruren": registeruren, soort: registeruren, **dict(zip(GEBIEDEN, per_gebied, strict=True))}
            for key in (places[leraar][per], "totaal"):
                hours[key].update(one)
    people = Counter(place[per] for place in places.values())
    tabel = _table(region, per)
    assert {rij.sleutel: rij.waarden[TOTAAL] for rij in tabel.rijen} == people
    assert tabel.totaal.waarden[TOTAAL] == people.total() > 500
    for rij in (*tabel.rijen, tabel.totaal):
        total: Any = rij.waarden[TOTAAL]
        for name in ("registeruren", *GEBIEDEN, *SOORTEN):
            expected = float(hours[rij.sleutel][name])
            assert rij.waarden[f"{name}_som"] == expected, (rij.sleutel, name)
            assert rij.waarden[f"{name}_gemiddelde"] == round(expected / total, 1)


def test_everybody_is_in_one_column_of_the_registratie_and_on_course_or_not(region: Region) -> None:
    tabel = _table(region, "sector")
    for blok in ("registratie", "koers"):
        names = [kolom.naam for kolom in tabel.kolommen if kolom.blok == blok and kolom.soort == "telling"]
        for rij in (*tabel.rijen, tabel.totaal):
            counts: list[Any] = [rij.waarden[name] for name in names]
            assert sum(counts) == rij.waarden[TOTAAL]


def test_the_quarters_are_those_after_the_period(region: Region) -> None:
    tabel = _table(region, "sector", date(2025, 1, 1), date(2025, 12, 31))
    titles = [kolom.titel for kolom in tabel.kolommen if kolom.naam.startswith("verloopt_")]
    assert titles[:2] == ["Verloopt jan t/m mrt 2026", "Verloopt apr t/m jun 2026"]
    assert titles[7:] == ["Verloopt okt t/m dec 2027", "Verloopt later"]


def test_a_period_of_which_nothing_is_known_has_no_hours(region: Region) -> None:
    tabel = _table(region, "sector", FIRST - timedelta(days=40_000), FIRST - timedelta(days=39_000))
    assert tabel.rijen == ()
    assert tabel.totaal.waarden["registeruren_som"] == 0
    assert tabel.totaal.waarden["registeruren_gemiddelde"] is Afgeschermd.ONBEKEND


def test_what_was_judged_and_moved_since_is_not_known_at_the_moment(region: Region) -> None:
    path = "/professionalisering?per=sector&periodeTot=2026-07-31"
    before: Any = region.get(path)
    with psycopg.connect(region.settings.database_url) as connection:
        connection.execute(
            "delete from activiteit where status = 'goedgekeurd' and einddatum between '2026-06-01' and '2026-07-31'"
        )
        connection.execute("delete from doorhaling")
        connection.execute("update registratieperiode set einddatum = einddatum - 1 where einddatum = '2026-12-31'")
        connection.execute("update aanstelling set betrekkingsomvang = 0.1 where einddatum is null and random() < 0.05")
    again = region.get(f"{path}&beschikbaarOp={before.json['beschikbaarOp']}")
    assert again.data == before.data
    region.seal()
    now: Any = region.get(path).json
    for name in ("registerurenSom", "doorgehaald"):
        assert now["totaal"]["waarden"][name] != before.json["totaal"]["waarden"][name]
