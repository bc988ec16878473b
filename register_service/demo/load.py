"""Loads the demo region in one transaction of the caller: killed half-way it leaves nothing, rerun it does nothing."""

import gc
import gzip
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

from psycopg import Connection

from register_service.core import clock
from register_service.demo.calendar import REFERENCE_DATE, fixed_id
from register_service.demo.copying import copy_rows
from register_service.demo.inzagen import draw_inzagen
from register_service.demo.nascholing import Nascholing, draw_nascholing
from register_service.demo.people import NUMBER_OF_LERAREN, SEED, Population, populate
from register_service.demo.region import (
    BESTUREN,
    MBO_BESTUUR,
    MBO_BRIN,
    MBO_NAAM,
    MBO_VESTIGINGEN,
    MEMBERS_SINCE,
    PARTNERSCHAPPEN,
    assign_besturen,
    workplaces,
)
from register_service.demo.traject_draft import Draft, Regeling
from register_service.demo.trajecten import draw_trajecten, records_of
from register_service.inductie.rules.norms import read_norms
from register_service.organisaties.duo import DuoFile, parse
from register_service.organisaties.importing import import_files
from register_service.registratie.rules.norms import Regelingen as RegistratieRegelingen
from register_service.registratie.rules.norms import read_regelingen

EVENT = "demo.load"
REASON = "demoregio: open gegevens van DUO en gegenereerde leraren"

_DATA = (
    "alle-schoolvestigingen-basisonderwijs.csv",
    "alle-vestigingen-vo.csv",
    "alle-vestigingen-sbo-so-en-vso.csv",
)
# Far beyond the ids of the leraren.
_FIRST_ORGANISATION_ID = 10_000_000

Tell = Callable[[str], None]


class DemoRefusedError(Exception):
    """The register already holds real leraren; the message is Dutch."""


def load_demo(connection: Connection[Any], tell: Tell, number: int = NUMBER_OF_LERAREN) -> bool:
    """Load everything, telling each step; give False when the demo was there already. Raises DemoRefusedError."""
    connection.execute("select pg_advisory_xact_lock(hashtextextended('demo.load', 0))")
    if _is_loaded(connection):
        return False
    with _without_collector():
        _load(connection, tell, number)
    return True


def _load(connection: Connection[Any], tell: Tell, number: int) -> None:
    tell("Scholen en vestigingen lezen (open gegevens van DUO) ...")
    duo_files = assign_besturen(read_duo_files())
    _add_organisations(connection)
    report = import_files(connection, duo_files, peildatum=REFERENCE_DATE, force=True)
    _add_mbo(connection)
    tell(f"{report.added} vestigingen van {report.schools_added} scholen, {len(BESTUREN)} besturen in de regio.")
    tell(f"{number} leraren maken ...")
    places = workplaces(duo_files)
    population = populate(places, number)
    for records in (population.leraren, population.bevoegdheden, population.aanstellingen):
        copy_rows(connection, records)
    tell(
        f"{len(population.leraren)} leraren met {len(population.bevoegdheden)} bevoegdheden en "
        f"{len(population.aanstellingen)} aanstellingen vastgelegd."
    )
    sectors = {place.code: place.sector for list_ in places.values() for place in list_}
    trajecten = _add_trajecten(connection, population, sectors)
    tell(f"{len(trajecten)} inductietrajecten vastgelegd.")
    nascholing = _add_nascholing(connection, population, sectors, tell)
    tell(f"{_add_inzagen(connection, nascholing, trajecten)} keer dat iemand in een dossier keek, vastgelegd.")


@contextmanager
def _without_collector() -> Iterator[None]:
    """Nothing here is a cycle, and all of it lives to the end: to look through it for garbage is a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def read_duo_files() -> list[DuoFile]:
    """Read the files that are shipped with the package."""
    folder = files("register_service.demo") / "data"
    return [parse(name, gzip.decompress((folder / f"{name}.gz").read_bytes())) for name in _DATA]


def _is_loaded(connection: Connection[Any]) -> bool:
    """Tell whether the demo is there. A register with other leraren is not for demo data."""
    row = connection.execute(
        "select exists (select from leraar), exists (select from journal where event = %s and table_name = 'leraar')",
        (EVENT,),
    ).fetchone()
    assert row is not None
    if row[0] and not row[1]:
        raise DemoRefusedError(
            "Het register bevat al leraren; demogegevens komen daar niet bij. Er is niets gewijzigd."
        )
    return bool(row[1])


def _add_organisations(connection: Connection[Any]) -> None:
    """Add besturen and partnerschappen, except those that somebody added before."""
    rng = random.Random(f"{SEED}:organisaties")  # noqa: S311 - the demo must be the same every time
    ids = (fixed_id(rng, _FIRST_ORGANISATION_ID + place) for place in range(1_000))
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into bestuur (id, nummer, naam, lid_sinds) values (%s, %s, %s, %s) on conflict (nummer) do nothing",
            [(next(ids), bestuur.nummer, bestuur.naam, MEMBERS_SINCE) for bestuur in BESTUREN],
        )
        for group in PARTNERSCHAPPEN:
            id_ = next(ids)
            cursor.execute(
                "insert into partnerschap (id, naam, opleidingen) values (%s, %s, %s) on conflict (naam) do nothing",
                (id_, group.naam, list(group.opleidingen)),
            )
            cursor.executemany(
                "insert into deelname (id, partnerschap_id, bestuur, begindatum)"
                " select %s, p.id, %s, %s from partnerschap p where p.id = %s",
                [(next(ids), nummer, MEMBERS_SINCE, id_) for nummer in group.besturen],
            )


def _add_mbo(connection: Connection[Any]) -> None:
    connection.execute(
        "insert into school (brin, naam, sector, bestuur) values (%s, %s, 'mbo', %s) on conflict (brin) do nothing",
        (MBO_BRIN, MBO_NAAM, MBO_BESTUUR),
    )
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into vestiging (code, brin, sector, naam, plaats, gemeente, provincie, bestuur)"
            " values (%s, %s, 'mbo', %s, %s, %s, %s, %s) on conflict (code) do nothing",
            [
                (code, MBO_BRIN, f"{MBO_NAAM}, locatie {plaats.capitalize()}", plaats, plaats, provincie, MBO_BESTUUR)
                for code, plaats, provincie in MBO_VESTIGINGEN
            ],
        )


def _add_trajecten(connection: Connection[Any], population: Population, sectors: Mapping[str, str]) -> list[Draft]:
    trajecten = draw_trajecten(population, sectors, _regelingen(connection))
    for rows in records_of(trajecten):
        copy_rows(connection, rows)
    return trajecten


def _add_nascholing(
    connection: Connection[Any], population: Population, sectors: Mapping[str, str], tell: Tell
) -> Nascholing:
    tell("Aanbod, activiteiten en registraties maken ...")
    nascholing = draw_nascholing(population, sectors, _regelingen_of_registratie(connection))
    for rows in nascholing.tables():
        copy_rows(connection, rows)
    # PostgreSQL notes who withdrew something.
    for role, ids in nascholing.ingetrokken().items():
        connection.execute("select set_config('register.role', %s, true)", (role,))
        connection.execute("update activiteit set status = 'ingetrokken' where id = any(%s)", (ids,))
    connection.execute("select set_config('register.role', 'beheer', true)")
    aanbod, activiteiten, perioden = (len(rows) for rows in nascholing.tables()[1:4])
    tell(f"{aanbod} keer aanbod, {activiteiten} activiteiten en {perioden} registratieperioden vastgelegd.")
    return nascholing


def _add_inzagen(connection: Connection[Any], nascholing: Nascholing, trajecten: Sequence[Draft]) -> int:
    inzagen = draw_inzagen(nascholing, trajecten, until=clock.now())
    copy_rows(connection, inzagen.clients)
    copy_rows(connection, inzagen.looks)
    return len(inzagen.looks)


def _regelingen(connection: Connection[Any]) -> list[Regeling]:
    # Those of 'alle' sectors hold other figures.
    rows = connection.execute(
        "select id, sector, geldig_vanaf, geldig_tot, waarden from regeling where sector <> 'alle' order by sector, geldig_vanaf"
    )
    return [Regeling(id_, sector, first, last, read_norms(values)) for id_, sector, first, last, values in rows]


def _regelingen_of_registratie(connection: Connection[Any]) -> RegistratieRegelingen:
    rows = connection.execute("select sector, geldig_vanaf::text, waarden from regeling")
    return read_regelingen(
        {"sector": sector, "geldigVanaf": since, "waarden": values} for sector, since, values in rows
    )
