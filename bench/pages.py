"""A page deep in a list of a million against the first, for who sees all and for who sees few."""

import statistics

import psycopg

from bench import data, inside
from bench.report import Figure, at_most
from bench.stage import Stage
from register_service.api.cursors import write_cursor
from register_service.settings import Settings

LERAREN = 1_000_000
SMALL = 5_000
BAR = 1.5
# Where a list stands after the first page and after 95 of each 100 rows: the key by which it goes on.
_LISTS = {"/v1/leraren": ("leraar", "leraar"), "/v1/aanstellingen": ("id::text", "id")}


def measure(stage: Stage, settings: Settings) -> list[Figure]:
    """Measure the first page, and one deep, for three clients."""
    app = inside.register_app(settings)
    figures = []
    for client, rows in ((data.BIG, LERAREN), (data.KEEPER, LERAREN), (data.SMALL, SMALL)):
        token = stage.token(client)
        for path in _LISTS:
            first, deep = _times(app, path, _deep(settings, path, client), token)
            detail = f"({first:.1f} ms first, {deep:.1f} ms deep)"
            figures.append(
                at_most(f"{path}, {client.client_id} with {rows:,} of {LERAREN:,}", deep / first, BAR, detail)
            )
    return figures


def _times(app: inside.Wsgi, path: str, cursor: str, token: str) -> tuple[float, float]:
    first, deep = f"GET {path}?limiet=100", f"GET {path}?limiet=100&cursor={cursor}"
    pairs = [(inside.time_of(app, [first], token), inside.time_of(app, [deep], token)) for _ in range(60)]
    return statistics.median(pair[0] for pair in pairs[20:]), statistics.median(pair[1] for pair in pairs[20:])


def _deep(settings: Settings, path: str, client: data.Client) -> str:
    key, order = _LISTS[path]
    rows = "from aanstelling where %(bestuur)s::text is null or bestuur = %(bestuur)s"
    statement = f"select {key} {rows} order by {order} offset (select count(*) * 95 / 100 {rows}) limit 1"
    with psycopg.connect(settings.database_url) as connection:
        row = connection.execute(statement, {"bestuur": client.bestuur}).fetchone()
    assert row is not None
    return write_cursor(row[0], f"GET {path.removeprefix('/v1')}")
