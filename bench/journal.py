"""The journal as it grows, the past, and sealing in bulk."""

import statistics
import time

import psycopg

from bench import data, inside
from bench.compare import LERAREN, requests
from bench.report import Figure, at_least, at_most
from bench.stage import Stage
from register_service.core import clock
from register_service.core.context import set_context
from register_service.journal.keys import load_or_create_key
from register_service.journal.sealer import become_sealer, seal_once
from register_service.settings import Settings

ROWS = 5_000_000
GROWTH_BAR, PAST_BAR, SEALING_BAR = 1.2, 3.0, 10_000.0
BULK = 100_000
RUNS = 17

# Rows as the trigger makes them, of people who are in no table: the journal of those who left.
_GROW = """
insert into journal (table_name, object_id, action, dossier, bestuur, state, salt, actor, event)
select 'aanstelling', uuidv7(), 'insert', (1000000000 + n / 8)::text, '10001',
       jsonb_build_object('id', uuidv7(), 'leraar', (1000000000 + n / 8)::text, 'bestuur', '10001', 'functie', 'docent'),
       uuid_send(gen_random_uuid()), 'bench', 'bench.gevuld'
from generate_series(1, %(rows)s) n
"""


def growth(stage: Stage, settings: Settings, people: list[str], rows: int) -> list[Figure]:
    """Measure reads and writes of a dossier in turn: as it is, and in a copy whose journal grew by `rows`."""
    grown = stage.copy("grown", of="small")
    with psycopg.connect(grown.database_url, autocommit=True) as connection:
        connection.execute(_GROW, {"rows": rows})
        found = connection.execute("select count(*) from journal").fetchone()
    assert found is not None
    for database in (settings, grown):
        data.settle(database.database_url)
    apps, token = (inside.register_app(settings), inside.register_app(grown)), stage.token(data.BIG)
    figures = []
    for kind in ("dossier", "POST aanstelling"):
        makers = [requests(people)[kind] for _ in apps]
        rounds = [
            [inside.time_of(app, make(150), token) for app, make in zip(apps, makers, strict=True)] for _ in range(RUNS)
        ]
        small, large = (statistics.median(times[side] for times in rounds[2:]) for side in (0, 1))
        what = f"{kind} with {found[0]:,} rows in the journal"
        figures.append(at_most(what, large / small, GROWTH_BAR, f"({small:.2f} ms before, {large:.2f} ms after)"))
    stage.drop("grown")
    return figures


def past(stage: Stage, settings: Settings, people: list[str]) -> list[Figure]:
    """Measure reading a dossier as it was known at a sealed moment against reading it now."""
    _seal(settings)
    moment = clock.now()
    time.sleep(0.6)
    _seal(settings)
    app, token = inside.register_app(settings), stage.token(data.BIG)
    now = [f"GET /v1/leraren/{number}/dossier" for number in people[:200]]
    then = [f"{request}?beschikbaarOp={moment:%Y-%m-%dT%H:%M:%S.%fZ}" for request in now]
    for request, earlier in zip(now, then, strict=True):
        if inside.call(app, request, token) != inside.call(app, earlier, token):
            raise SystemExit("the dossier as it was known is not the dossier")
    pairs = [(inside.time_of(app, now, token), inside.time_of(app, then, token)) for _ in range(RUNS)]
    present, known = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
    return [
        at_most("dossier as it was known", known / present, PAST_BAR, f"({present:.2f} ms now, {known:.2f} ms then)")
    ]


def sealing(settings: Settings) -> list[Figure]:
    """Measure 100,000 rows through COPY, journaled by the trigger and sealed."""
    _seal(settings)
    with psycopg.connect(settings.database_url) as connection:
        set_context(connection, actor="bench", event="bench.gevuld", today=clock.today())
        started = time.perf_counter()
        data.copy_leraren(connection, data.numbers(LERAREN + BULK)[LERAREN:])
        connection.commit()
        copied = time.perf_counter() - started
    started = time.perf_counter()
    sealed = _seal(settings)
    seconds = time.perf_counter() - started
    if sealed != BULK:
        raise SystemExit(f"{sealed} rows were sealed and not {BULK}")
    detail = f"(COPY with its journal {copied:.1f} s, sealing {seconds:.1f} s)"
    return [
        at_least(
            f"{BULK:,} leraren by COPY, journaled and sealed", BULK / (copied + seconds), SEALING_BAR, detail, " rows/s"
        )
    ]


def _seal(settings: Settings) -> int:
    with psycopg.connect(settings.database_url) as connection:
        if not become_sealer(connection):
            raise SystemExit("another sealer is at work")
        return seal_once(connection, load_or_create_key(settings.key_dir))
