"""The first pages of a leraar: all bytes that come over the line for one, and what it costs the service."""

import gzip
import http.client
import re
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import psycopg

from bench.report import Figure, at_most
from bench.serving import Served
from register_service.access import sessions
from register_service.core import clock
from register_service.settings import Settings

_KB, _MS = 60.0, 100.0
_RUNS = 40
# What a page brings along: style sheets, pictures, fonts that a style sheet names.
_BROUGHT = re.compile(rb"""(?:href|src)="(/[^"]+\.(?:css|svg|png|ico|woff2)[^"]*)"|url\(["']?(/[^"')]+)["']?\)""")
_ACCOUNT = """
insert into account (soort, provider, subject, leraar, gekoppeld_met, gekoppeld_op)
values ('leraar', 'bench', %(leraar)s, %(leraar)s, 'koppelcode', %(now)s)
on conflict (leraar, provider) where ingetrokken_op is null do update set leraar = excluded.leraar returning id
"""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser: its cookie, or none."""

    server: Served
    cookie: str = ""

    def fetch(self, connection: http.client.HTTPConnection, path: str) -> tuple[int, bytes]:
        """Give how many bytes came over the line, and the content as the page has it. Raises RuntimeError unless it is 200."""
        cookie = {"Cookie": f"{sessions.COOKIE}={self.cookie}"} if self.cookie else {}
        connection.request("GET", path, headers={"Accept": "text/html,*/*", "Accept-Encoding": "gzip", **cookie})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{path}: {answer.status}")
        head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders()) + 20
        packed = answer.getheader("Content-Encoding") == "gzip"
        return head + len(body), gzip.decompress(body) if packed else body

    def connect(self) -> http.client.HTTPConnection:
        """Open a connection that stays."""
        parts = urlsplit(self.server.url)
        return http.client.HTTPConnection(parts.hostname or "", parts.port)


def measure(server: Served, settings: Settings, people: Sequence[str]) -> list[Figure]:
    """Measure the start page, signing in, and the own page of some leraren."""
    nobody = Visitor(server)
    figures = [figure for path in ("/", "/aanmelden") for figure in _page(path, [(nobody, path)])]
    own = [(Visitor(server, _signed_in(settings, number)), "/mijn") for number in people]
    return figures + _page("/mijn", own)


def _signed_in(settings: Settings, number: str) -> str:
    with psycopg.connect(settings.database_url) as connection:
        row = connection.execute(_ACCOUNT, {"leraar": number, "now": clock.now()}).fetchone()
        assert row is not None
        return sessions.begin(connection, row[0])


def _page(what: str, visits: Sequence[tuple[Visitor, str]]) -> list[Figure]:
    weights = [_weight(visitor, path) for visitor, path in visits]
    wall, cpu = _times(visits)
    most = max(weights)
    return [
        at_most(f"{what}: all that comes over the line", most / 1000, _KB, unit=" KB"),
        at_most(f"{what}: server time", wall, _MS, f"(median; {cpu:.1f} ms of CPU in the service)", " ms"),
    ]


def _weight(visitor: Visitor, path: str) -> int:
    connection = visitor.connect()
    total, waiting, seen = 0, [path], set[str]()
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        size, content = visitor.fetch(connection, here)
        total += size
        waiting += [(href or url).decode() for href, url in _BROUGHT.findall(content)]
    return total


def _times(visits: Sequence[tuple[Visitor, str]]) -> tuple[float, float]:
    """Give the median milliseconds of a page as its visitor waits for it, and the CPU that the workers took for one."""
    rounds = [visits[place % len(visits)] for place in range(_RUNS)]
    connections = {id(visitor): visitor.connect() for visitor, _ in visits}
    for visitor, path in rounds:
        visitor.fetch(connections[id(visitor)], path)
    server = visits[0][0].server
    before, seconds = server.cpu(), []
    for visitor, path in rounds:
        started = time.perf_counter()
        visitor.fetch(connections[id(visitor)], path)
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds) * 1000, (server.cpu() - before) / len(rounds) * 1000
