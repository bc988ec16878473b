"""The registratie: the daily command over very many, progress of many at once against one, and what an upload costs a worker."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import psycopg

from bench import data, registratie_data
from bench.report import Figure, at_most
from bench.serving import REGISTER, ROOT, Served, served
from bench.stage import Stage
from register_service.core import clock
from register_service.registratie import standen
from register_service.settings import Settings

MANY = 500
UPLOAD_BYTES = 10 * 2**20
_SECONDS, _MIB, _RATIO, _UPLOAD_MIB = 60.0, 300.0, 10.0, 20.0


def measure(here: Stage, *, leraren: int, rounds: int) -> dict[str, list[Figure]]:
    """Measure all of it on a register of so many leraren."""
    base = here.create("registraties")
    people = registratie_data.fill(base.database_url, leraren)
    daily = _first_run(here) + _common_day(here, people) + _worst_day(here, people)
    settings = here.settings("common")
    with served(settings, REGISTER) as server:
        upload = _upload(here, server, people[0])
    asked = people[: MANY * (rounds + 1)]
    registratie_data.journal(settings.database_url, asked)
    with psycopg.connect(settings.database_url) as connection:
        standen.prepare(connection)
    data.settle(settings.database_url)
    with served(settings, REGISTER) as server:
        progress = _progress(here, server, asked, settings.database_url)
    for name in ("common", "worst", "first", "registraties"):
        here.drop(name)
    return {
        f"The daily command over {leraren:,} registrations": daily,
        f"Progress of {MANY} leraren in one call": progress,
        "An upload": upload,
    }


def _first_run(here: Stage) -> list[Figure]:
    return _run(here.copy("first", "registraties"), "the first run of all, no period stored yet")


def _common_day(here: Stage, people: Sequence[str]) -> list[Figure]:
    """Periods that end on every day of the next four years; all up to yesterday is done, and half a year of notices waits."""
    settings, today = here.copy("common", "registraties"), clock.today()
    days = registratie_data.PERIOD_DAYS
    registratie_data.add_periods(settings.database_url, people, lambda place: today - timedelta(days=1 + place % days))
    late = _run(settings, "half a year of notices at once", "--dag", (today - timedelta(days=1)).isoformat())
    return [*late, *_run(settings, "a common day")]


def _worst_day(here: Stage, people: Sequence[str]) -> list[Figure]:
    settings, today = here.copy("worst", "registraties"), clock.today()
    ended = today - timedelta(days=registratie_data.PERIOD_DAYS)
    registratie_data.add_periods(settings.database_url, people, lambda _: ended)
    return _run(settings, "the worst day, all periods ended yesterday")


# Between this process and the command stands a small one: a process begins with the memory of whoever started it.
_MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def _run(settings: Settings, what: str, *arguments: str) -> list[Figure]:
    """Run the command in a process of its own; wall time with the start of Python, and the most memory it ever had."""
    command = [sys.executable, "-m", "register_service", "registratie", "bijwerken", "--json", *arguments]
    environ = os.environ | {"DATABASE_URL": settings.database_url, "KEY_DIR": str(settings.key_dir)}
    started = time.monotonic()
    program = [sys.executable, "-c", _MEASURED, *command]
    result = subprocess.run(program, cwd=ROOT, env=environ, capture_output=True, text=True, check=True)
    seconds = time.monotonic() - started
    outcome, most = result.stdout.splitlines()
    counts = ", ".join(f"{count:,} {name}" for name, count in json.loads(outcome).items() if name != "dag" and count)
    return [
        at_most(f"{what}: time", seconds, _SECONDS, f"({counts or 'nothing to do'})", " s"),
        at_most(f"{what}: memory", int(most) / _per_mib(), _MIB, unit=" MiB"),
    ]


def _per_mib() -> int:
    # Linux counts in KiB, macOS in bytes.
    return 2**20 if sys.platform == "darwin" else 2**10


class _Client:
    """One connection that stays open, one request after the other."""

    def __init__(self, server: Served, token: str) -> None:
        parts = urlsplit(server.url)
        self._connection = HTTPConnection(parts.hostname or "", parts.port)
        self._headers = {"Authorization": f"Bearer {token}"}

    def send(self, method: str, path: str, body: bytes | None = None, kind: str = "application/json") -> bytes:
        """Send a request and give the body of the answer. Raises RuntimeError for one of 400 and up."""
        self._connection.request(method, f"/v1{path}", body, {**self._headers, "Content-Type": kind})
        answer = self._connection.getresponse()
        found = answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {found.decode()}")
        return found


def _progress(here: Stage, server: Served, people: Sequence[str], url: str) -> list[Figure]:
    """In turns, so that what else goes on counts for all alike: one, and many that this server was never asked for, and again,
    and once more when nothing is ready of any of them. Each one and each of the many is asked for the first time."""
    client = _Client(server, here.token(data.BIG))
    singles, groups = people[:MANY], [people[first : first + MANY] for first in range(MANY, len(people), MANY)]
    columns: dict[str, list[float]] = {"get": [], "one": [], "first": [], "again": [], "unready": []}
    for place, group in enumerate(groups):
        columns["first"].append(_time(lambda: _ask(client, group)))  # noqa: B023
        columns["again"].append(_time(lambda: _ask(client, group)))  # noqa: B023
        _forget(url, group)
        columns["unready"].append(_time(lambda: _ask(client, group)))  # noqa: B023
        for number in singles[place * 10 : place * 10 + 10]:
            columns["get"].append(_time(lambda: client.send("GET", f"/leraren/{number}/voortgang")))  # noqa: B023
            columns["one"].append(_time(lambda: _ask(client, [number])))  # noqa: B023
    settled = {name: column[len(column) // 5 :] for name, column in columns.items()}
    get, one, first, again, unready = (statistics.median(column) for column in settled.values())
    # What else runs on the machine weighs otherwise on one long call than on many short ones: the quickest of each tell it apart.
    quickest = min(settled["first"]) / min(settled["get"])
    what = f"POST _voortgang with {MANY} against GET of one"
    return [
        at_most(
            f"{what}, for the first time", first / get, _RATIO, f"({get:.2f} ms for one, {first:.1f} ms for {MANY})"
        ),
        at_most(
            f"{what}, for the first time, the quickest of each",
            quickest,
            _RATIO,
            f"({min(settled['get']):.2f} ms for one, {min(settled['first']):.1f} ms for {MANY})",
        ),
        at_most(f"{what}, asked before", again / get, _RATIO, f"({again:.1f} ms for {MANY})"),
        Figure(f"{what}, nothing ready of any", f"{unready / get:.2f}x ({unready:.1f} ms for {MANY})"),
        Figure("POST _voortgang with one", f"{one:.2f} ms"),
    ]


def _forget(url: str, numbers: Sequence[str]) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("delete from voortgangstand where leraar = any(%s)", (list(numbers),))


def _ask(client: _Client, numbers: Sequence[str]) -> bytes:
    return client.send("POST", "/leraren/_voortgang", json.dumps({"registratienummers": list(numbers)}).encode())


def _time(action: Callable[[], Any]) -> float:
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1000


_CONCEPT = {
    "soort": "cursus",
    "titel": "Toetsen op maat",
    "registeruren": 4,
    "vakinhoudelijk": 4,
    "vakdidactisch": 0,
    "pedagogisch": 0,
    "overig": 0,
    "begindatum": "2026-01-10",
    "einddatum": "2026-01-10",
}


def _upload(here: Stage, server: Served, number: str) -> list[Figure]:
    """The most that any worker ever had, after ten small uploads and after ten large ones, each of another content."""
    client = _Client(server, here.token(data.BIG))
    made = json.loads(client.send("POST", f"/leraren/{number}/activiteiten", json.dumps(_CONCEPT).encode()))
    path = f"/leraren/{number}/activiteiten/{made['id']}/bewijsstukken"
    peaks = []
    for size in (2**10, UPLOAD_BYTES):
        for _ in range(10):
            client.send("POST", path, _pdf(os.urandom(size - 128)), "application/pdf")
        peaks.append(max(_peak_mib(worker) for worker in server.arbiter.children()))
    before, after = peaks
    detail = f"(peak of the largest worker: {before:.1f} MiB, then {after:.1f} MiB)"
    return [at_most("a 10 MB upload, more memory of a worker", after - before, _UPLOAD_MIB, detail, " MiB")]


def _pdf(filling: bytes) -> bytes:
    body = b"%%PDF-1.7\n1 0 obj\n<<>>stream\n%b\nendstream\nendobj\n" % filling
    return body + b"startxref\n%d\n%%%%EOF\n" % len(body)


def _peak_mib(process: psutil.Process) -> float:
    status = Path(f"/proc/{process.pid}/status")
    if not status.exists():
        return float(process.memory_info().rss) / 2**20
    peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1024
