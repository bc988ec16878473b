"""Lists of inductietrajecten: the first page of every computed filter against that of a filter on a plain column.

One register with 100,000 open trajecten: a large bestuur sees all of them, one some of them, many small ones few each.
"""

import statistics
from urllib.parse import urlencode

import psycopg

from bench import data, inductie_data, inside
from bench.report import Figure, at_most
from bench.stage import Stage
from register_service.api.cursors import write_cursor
from register_service.core import clock
from register_service.core.days import add_months
from register_service.settings import Settings

BAR = 3.0
COUNTING = 500.0
_LIST = "/v1/inductietrajecten"
# Found by an index on the column, in the order of the list.
PLAIN = {"sector": "vo"}


def measure(stage: Stage, settings: Settings, *, rounds: int) -> list[Figure]:
    """Measure for who sees all, much, little, and for the beheerder."""
    app = inside.register_app(settings)
    clients = (data.BIG, inductie_data.MIDDLE, data.SMALL, data.KEEPER)
    figures = []
    for client in clients:
        token = stage.token(client)
        figures += _filters(app, client, token, rounds)
        figures.append(_counts(app, client, token, rounds))
    token = stage.token(data.BIG)
    figures += [_deep(app, settings, token, rounds), _one(app, settings, token, rounds)]
    return figures


def computed() -> list[dict[str, str]]:
    """Give the filters on what no column holds, among them some that few trajecten meet."""
    soon = add_months(clock.today(), 3).isoformat()
    return [
        *({"status": status} for status in ("lopend", "onderbroken", "gepland", "afgerond")),
        *({"achterstallig": kind} for kind in ("voortgangsgesprek", "afronding", "programma", "alles")),
        {"vestiging": data.vestiging(7)},
        {"verwachteEinddatumVoor": soon},
        {"status": "lopend", "verwachteEinddatumVoor": soon},
    ]


def _filters(app: inside.Wsgi, client: data.Client, token: str, rounds: int) -> list[Figure]:
    figures = []
    for query in computed():
        plain, found = _pairs(app, [_first(PLAIN), _first(query)], token, rounds)
        what = f"{client.client_id}, first page of {urlencode(query)}"
        figures.append(at_most(what, found / plain, BAR, f"({plain:.1f} ms by sector, {found:.1f} ms)"))
    return figures


def _first(query: dict[str, str]) -> str:
    return f"GET {_LIST}?{urlencode(query)}"


def _pairs(app: inside.Wsgi, requests: list[str], token: str, rounds: int) -> list[float]:
    # In turns, so that what else goes on counts for all alike; the first few let the plans settle.
    times = [[inside.time_of(app, [request], token) for request in requests] for _ in range(rounds + 6)]
    return [statistics.median(column) for column in zip(*times[6:], strict=True)]


def _counts(app: inside.Wsgi, client: data.Client, token: str, rounds: int) -> Figure:
    (found,) = _pairs(app, [f"GET {_LIST}/_aantallen"], token, max(3, rounds // 3))
    return at_most(f"{client.client_id}, _aantallen without filters", found, COUNTING, unit=" ms")


def _deep(app: inside.Wsgi, settings: Settings, token: str, rounds: int) -> Figure:
    key = "select id::text from inductietraject order by id offset (select count(*) * 95 / 100 from inductietraject) limit 1"
    cursor = write_cursor(_one_of(settings, key), "GET /inductietrajecten")
    status = {"status": "lopend"}
    first, deep = _pairs(app, [_first(status), _first({**status, "cursor": cursor})], token, rounds)
    return Figure("bench-groot, status=lopend after 95 of 100", f"{first:.1f} ms first, {deep:.1f} ms deep")


def _one(app: inside.Wsgi, settings: Settings, token: str, rounds: int) -> Figure:
    key = _one_of(settings, "select id::text from inductietraject order by id desc limit 1")
    (found,) = _pairs(app, [f"GET {_LIST}/{key}"], token, rounds)
    return Figure("bench-groot, one traject", f"{found:.2f} ms")


def _one_of(settings: Settings, statement: str) -> str:
    with psycopg.connect(settings.database_url) as connection:
        row = connection.execute(statement.encode()).fetchone()
    assert row is not None
    return str(row[0])
