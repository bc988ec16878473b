"""A register of a million leraren to report on: the demo region, copied some 250 times over under other numbers.

The demo is loaded first; every copy is made by PostgreSQL from it and goes in through COPY with all triggers, so that journal
and inductiestand follow as in a real load. A third of the copies works in the region itself, the others in two regions like it.
What had begun by HALFWAY goes in first and is sealed; then the rest, and sealed; then a tenth of it all changes, and is sealed.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import ceil
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

import orjson
import psycopg

from bench import data
from bench.rapportages_source import COPIED, KEY_OF_FIRST, PREPARE, TABLES, selection
from bench.stage import Stage
from register_service.core import clock
from register_service.core.context import set_context
from register_service.core.representation import moment
from register_service.demo.load import EVENT, load_demo
from register_service.journal.keys import load_or_create_key
from register_service.journal.sealer import become_sealer, seal_once
from register_service.runtime import migrate
from register_service.settings import Settings

LERAREN = 1_000_000
DATABASE = "rapportages"
HALFWAY = date(2021, 8, 1)
_DEMO = 5_000
_WORKERS, _COPIES_AT_ONCE = 2, 4
# Of whom every copy is made, and of whom fewer: 300 of a thousand have a traject, and few had many aanstellingen.
_TRAJECT, _FEW, _MANY = 243, 247, 117
_FILLED = "gevuld.json"

AUDITOR = data.Client("bench-auditor", "auditor", None)
HR = data.Client("bench-hr", "bestuur", "41285")

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Filled:
    """What is in the register: rows by table, and its sealed moments: half of the history, before a tenth changed, the last."""

    leraren: int
    rows: dict[str, int]
    halfway: str
    before: str
    now: str


def filled(stage: Stage, leraren: int, tell: Tell = print) -> tuple[Settings, Filled]:
    """Give the register, made now unless the stage has one of so many leraren; an older one is migrated."""
    known = _known(stage.folder)
    if known is None or known.leraren != leraren:
        (stage.folder / _FILLED).unlink(missing_ok=True)
        known = _make(stage, leraren, tell)
        (stage.folder / _FILLED).write_bytes(orjson.dumps(known))
    migrate.upgrade(stage.server.url(DATABASE))
    return stage.settings(DATABASE), known


def _known(folder: Path) -> Filled | None:
    file = folder / _FILLED
    return Filled(**orjson.loads(file.read_bytes())) if file.is_file() else None


def _make(stage: Stage, leraren: int, tell: Tell) -> Filled:
    if not stage.server.create_database(DATABASE):
        stage.drop(DATABASE)
    started = perf_counter()

    def say(what: str) -> None:
        tell(f"{perf_counter() - started:6.1f} s  {what}")

    with stage.hurried():
        settings = stage.create(DATABASE)
        with psycopg.connect(settings.database_url) as connection:
            set_context(connection, actor="bench", event=EVENT, today=clock.today())
            load_demo(connection, lambda _: None)
            rows: list[tuple[object, ...]] = [(c.client_id, c.client_id, c.role, c.bestuur, []) for c in (AUDITOR, HR)]
            data.copy(connection, "client", ("client_id", "naam", "soort", "bestuur", "scopes"), rows)
        say("demo loaded")
        moments = multiply(settings, leraren, say)
        data.settle(settings.database_url)
        say("vacuumed and analysed")
        with psycopg.connect(settings.database_url) as connection:
            counts = {table: int(_one(connection, f"select count(*) from {table}")) for table in TABLES}
    halfway, before, now = moments
    return Filled(leraren, counts, halfway, before, now)


def multiply(settings: Settings, leraren: int, say: Tell) -> list[str]:
    """Make a register with the demo region in it one of so many leraren, and seal it; gives the three moments.

    Sealing goes on while the next rows come: a moment holds what had been committed when it began.
    """
    url, sealed = settings.database_url, list[Future[str]]()
    copies = _lay_out(url, leraren)
    say(f"{copies} copies to make")
    with ThreadPoolExecutor(1) as sealer:
        for what, work in _stages(url, copies):
            _wait_for_snapshot(url, sealed)
            work()
            say(what)
            sealed.append(sealer.submit(_seal, settings))
        _wait_for_snapshot(url, sealed)
        _make_anew(url)
        say("indexes made")
        moments = [future.result() for future in sealed]
    say("sealed")
    return moments


def _wait_for_snapshot(url: str, sealed: Sequence[Future[str]]) -> None:
    """Wait until the last batch is being sealed, and those before it are: what is committed from now on is not in it."""
    for future in sealed[:-1]:
        future.result()
    sealing = """select exists (select from pg_locks l join pg_database d on d.oid = l.database
        where datname = current_database() and relation = 'seal'::regclass and mode = 'RowExclusiveLock')"""
    with psycopg.connect(url, autocommit=True) as connection:
        while sealed and not sealed[-1].done() and not _one(connection, sealing):
            sleep(0.05)


def _stages(url: str, copies: int) -> Iterable[tuple[str, Callable[[], None]]]:
    yield f"all that had begun by {HALFWAY}", lambda: _copy_all(url, copies, f"x.sinds < '{HALFWAY}'")
    yield "what began later", lambda: _copy_all(url, copies, f"x.sinds >= '{HALFWAY}'")
    yield "a tenth changed", lambda: _at_once(partial(_change, url, copy) for copy in range(1, copies + 1, 10))


def _lay_out(url: str, leraren: int) -> int:
    """Lay out beside the demo who is copied and from what; give the number of copies."""
    with psycopg.connect(url) as connection:
        set_context(connection, actor="bench", event="bench.gevuld", today=clock.today())
        connection.execute(PREPARE.encode())
        limits = [ceil(limit * leraren / LERAREN) for limit in (_TRAJECT, _FEW, _MANY)]
        connection.execute("select bench.maak_kopieen(%s, %s, %s, %s)", (*limits, leraren - _DEMO))
        copies = _give_numbers(connection, leraren - _DEMO)
    _run(url, "call bench.zonder()")
    _run(url, "analyze")
    return copies


def _give_numbers(connection: data.Connection, count: int) -> int:
    """Give everybody who is copied a number that the demo does not use, the later the higher; tells how many copies there are."""
    chosen = connection.execute("select kopie, oud from bench.persoon order by kopie, volgorde").fetchall()
    if len(chosen) != count:
        raise SystemExit(f"{len(chosen) + _DEMO} leraren can be made, not {count + _DEMO}")
    taken = {number for (number,) in connection.execute("select registratienummer from leraar")}
    numbers = sorted([number for number in data.numbers(count + _DEMO) if number not in taken][:count])
    rows = ((kopie, oud, new) for (kopie, oud), new in zip(chosen, numbers, strict=True))
    data.copy(connection, "nummer", ("kopie", "oud", "nieuw"), rows)
    connection.execute("select bench.geef_nummers()")
    return int(chosen[-1][0])


def _copy_all(url: str, copies: int, condition: str) -> None:
    _at_once(partial(_copy, url, first, condition) for first in range(1, copies + 1, _COPIES_AT_ONCE))


def _at_once(jobs: Iterable[Callable[[], object]]) -> None:
    with ThreadPoolExecutor(_WORKERS) as pool:
        for future in [pool.submit(job) for job in jobs]:
            future.result()


def _copy(url: str, first: int, condition: str) -> None:
    """Make some copies in one transaction, through a file of the server: by way of Python it takes twice as long."""
    which = f"p.kopie between {first} and {first + _COPIES_AT_ONCE - 1} and {condition}"
    with psycopg.connect(url) as connection:
        set_context(connection, actor="bench", event="bench.gevuld", today=clock.today())
        file = f"{_one(connection, 'show data_directory')}/bench-{first}"
        for table in COPIED:
            columns, select = selection(connection, table, which)
            connection.execute(f"copy ({select}) to '{file}' (format binary)".encode())
            connection.execute(f"copy {table} ({columns}) from '{file}' (format binary)".encode())
    Path(file).unlink()


# What changes in the rows of a tenth of the leraren: in each table something that may.
_CHANGES = {
    "leraar": "emailadres = 'nieuw.' || emailadres",
    "bevoegdheid": "instelling = instelling || ' (fusie)'",
    "aanstelling": "betrekkingsomvang = least(1, betrekkingsomvang + 0.05)",
    "activiteit": "titel = titel || ' (vervolg)'",
    "inductietraject": "vervroegd = not vervroegd",
    "inductieperiode": "leidinggevende = null, leidinggevende_naam = 'A. Leider'",
    "inductieprogramma": "lesreductie = least(100, coalesce(lesreductie, 0) + 1)",
    "voortgangsgesprek": "gevoerd_door = 'B. Leider'",
    "registratieperiode": "einddatum = einddatum - 1",
}


def _change(url: str, copy: int) -> None:
    first, last = (f"{KEY_OF_FIRST + place:04x}0000-0000-0000-0000-000000000000" for place in (copy, copy + 1))
    with psycopg.connect(url) as connection:
        set_context(connection, actor="bench", event="bench.gewijzigd", today=clock.today())
        for table, change in _CHANGES.items():
            connection.execute(f"update {table} set {change} where id >= %s and id < %s".encode(), (first, last))


def _seal(settings: Settings) -> str:
    """Seal as the sealer does, and give the moment."""
    with psycopg.connect(settings.database_url) as connection:
        if not become_sealer(connection):
            raise SystemExit("another sealer is at work")
        seal_once(connection, load_or_create_key(settings.key_dir))
        return str(_one(connection, f"select {moment('max(at)')} from checkpoint"))


def _run(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("set maintenance_work_mem = '256MB'")
        connection.execute(statement.encode())


def _make_anew(url: str) -> None:
    """Make the indexes and keys that were left out while rows came."""
    with psycopg.connect(url) as connection:
        anew = connection.execute("select soort, terug from bench.opnieuw").fetchall()
    # Foreign keys lock two tables, and so go one by one.
    keys, indexes = ([terug for soort, terug in anew if (soort == "f") == key] for key in (True, False))
    _at_once(partial(_run, url, statement) for statement in indexes)
    for statement in (*keys, "drop schema bench cascade"):
        _run(url, statement)


def _one(connection: data.Connection, statement: str) -> Any:
    row = connection.execute(statement.encode()).fetchone()
    assert row is not None
    return row[0]
