"""Reports over a million leraren: time and memory in a worker, now and in the past; work lists; what a report costs others."""

import http.client
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import urlencode, urlsplit

import psycopg

from bench import data, webpages
from bench.data import KEEPER
from bench.rapportages_data import AUDITOR, HR, Filled, filled
from bench.report import Figure, at_least, at_most
from bench.serving import REGISTER, Served, served
from bench.stage import Stage
from register_service.rapportages.dataset import Dataset
from register_service.rapportages.datasets import BY_NAME, DATASETS
from register_service.rapportages.forms import FORMS
from register_service.settings import Settings

_SECONDS, _MIB, _PAST, _ROWS, _SLOWER = 5.0, 300.0, 10.0, 250_000.0, 1.5
# All ten years: the most that there is to count.
_ALL = {"periodeVan": "2016-08-01", "periodeTot": "2026-07-31"}
_READS, _PAUSE, _TURNS = 300, 0.01, 7
WORK_LIST = "gegevenskwaliteit"
_NOBODY = "vestiging-gesloten"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request gave: seconds until the last byte, bytes, lines."""

    seconds: float
    size: int
    lines: int


class Client:
    """One connection that stays open, one request after the other, as a client of the register."""

    def __init__(self, here: Stage, server: Served, client: data.Client) -> None:
        parts = urlsplit(server.url)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=300)
        self._headers = {"Authorization": f"Bearer {here.token(client)}"}

    def get(self, path: str, **query: str) -> Answer:
        """Ask, and read all of the answer as it comes. Raises RuntimeError unless it is 200."""
        started = time.perf_counter()
        self._connection.request("GET", f"/v1{path}?{urlencode(query)}", headers=self._headers)
        answer, size, lines = self._connection.getresponse(), 0, 0
        if answer.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{path} {query}: {answer.status} {answer.read(500).decode()}")
        while block := answer.read(2**16):
            size += len(block)
            lines += block.count(b"\n")
        return Answer(time.perf_counter() - started, size, lines)


def measure(here: Stage, leraren: int, *, rounds: int) -> dict[str, list[Figure]]:
    """Measure all of it on a register of so many leraren, which the stage may have already."""
    settings, region = filled(here, leraren)
    _admit_keeper(settings)
    # One worker, so that the peak is that of the one that made the report.
    with served(replace(settings, workers=1), REGISTER) as server:
        client = Client(here, server, AUDITOR)
        reports = [figure for dataset in DATASETS for figure in _report(client, server, dataset, region, rounds)]
        lists = _work_list(here, server) if WORK_LIST in BY_NAME else []
    with served(settings, REGISTER) as server:
        people = _people(settings)
        pages = webpages.measure(server, settings, people)
        others = [_slowed(here, server, dataset.naam, people) for dataset in DATASETS]
    rows = ", ".join(f"{count:,} {table}" for table, count in region.rows.items())
    return {
        f"Reports over {leraren:,} leraren": [Figure("the register", rows), *reports],
        "The work list": lists,
        "A dossier read while a report is made, over and over": others,
        f"The first page of a leraar, of {leraren:,}": pages,
    }


def _report(client: Client, server: Served, dataset: Dataset, region: Filled, rounds: int) -> Iterator[Figure]:
    path = f"/rapportages/{dataset.naam}"
    server.forget_peak()
    for dimension in dataset.dimensies:
        asked = _ALL | {"per": dimension}
        now = statistics.median(client.get(path, **asked).seconds for _ in range(rounds))
        yield at_most(f"{dataset.naam} per {dimension}, ten years", now, _SECONDS, unit=" s")
    yield at_most(f"{dataset.naam}: memory of the worker", server.peak_mib(), _MIB, unit=" MiB")
    asked = _ALL | {"per": dataset.dimensies[0]}
    now = statistics.median(client.get(path, **asked).seconds for _ in range(rounds))
    for what, moment in (("before a tenth changed", region.before), ("at half of the history", region.halfway)):
        then = client.get(path, **asked, beschikbaarOp=moment).seconds
        yield at_most(f"{dataset.naam} as known {what}", then / now, _PAST, f"({now:.2f} s now, {then:.2f} s then)")
    for form in FORMS:
        found = client.get(path, **asked, formaat=form)
        yield Figure(f"{dataset.naam} as {form}", f"{found.seconds:.2f} s, {found.size:,} bytes")


def _admit_keeper(settings: Settings) -> None:
    """Let in who may pull the work list of everybody, which no auditor may."""
    with psycopg.connect(settings.database_url) as connection:
        connection.execute(
            "insert into client (client_id, naam, soort, scopes) values (%s, %s, %s, '{}') on conflict do nothing",
            (KEEPER.client_id, KEEPER.client_id, KEEPER.role),
        )


def _work_list(here: Stage, server: Served) -> list[Figure]:
    figures = []
    path = f"/rapportages/{WORK_LIST}/werklijst"
    for client in (KEEPER, HR):
        pulling = Client(here, server, client)
        # Of a kind that nobody has, as much is gone through and nothing written; the rest is the file and the log of who looked.
        finding = min(pulling.get(path, formaat="csv", soort=_NOBODY).seconds for _ in range(2))
        server.forget_peak()
        before = server.workers_mib()
        found = min((pulling.get(path, formaat="csv") for _ in range(2)), key=lambda answer: answer.seconds)
        more = server.peak_mib() - before
        whole = f"{found.lines:,} rows, {found.size / 2**20:.0f} MiB in {found.seconds:.1f} s"
        figures.append(Figure(f"work list of {client.client_id}", whole))
        # Of the few of one bestuur, writing takes less than finding does one time and the next.
        if client is KEEPER:
            rate, detail = found.lines / (found.seconds - finding), f"({finding:.1f} s of them to find the rows)"
            figures.append(at_least("the same, once found", rate, _ROWS, detail, " rows/s"))
        figures.append(Figure(f"work list of {client.client_id}: more memory of the worker", f"{more:.1f} MiB"))
    return figures


def _people(settings: Settings) -> list[str]:
    """Give leraren of HR with full dossiers, spread over the register."""
    with psycopg.connect(settings.database_url) as connection:
        found = connection.execute(
            """select leraar from aanstelling where bestuur = %s and einddatum is null
               and exists (select from activiteit a where a.leraar = aanstelling.leraar) order by md5(leraar) limit 100""",
            (HR.bestuur,),
        )
        return [number for (number,) in found]


def _slowed(here: Stage, server: Served, name: str, people: Sequence[str]) -> Figure:
    """Read dossiers one after the other with a short pause, without and with a report being made; the worst of p50 and p95.

    Both by turns, and of each the median of the turns: a machine with other things to do makes one turn in ten twice as slow.
    """
    reader, puller = Client(here, server, HR), Client(here, server, AUDITOR)
    _reads(reader, people)
    turns = []
    for _ in range(_TURNS):
        alone = _reads(reader, people)
        with _over_and_over(puller, name):
            turns.append((*alone, *_reads(reader, people)))
    p50, p95, p50_beside, p95_beside = (statistics.median(figures) for figures in zip(*turns, strict=True))
    detail = f"(p50 {p50:.1f} and {p50_beside:.1f} ms, p95 {p95:.1f} and {p95_beside:.1f} ms)"
    return at_most(name, max(p50_beside / p50, p95_beside / p95), _SLOWER, detail)


@contextmanager
def _over_and_over(client: Client, name: str) -> Iterator[None]:
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            client.get(f"/rapportages/{name}", **_ALL)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield
    finally:
        stop.set()
        asking.join()


def _reads(reader: Client, people: Sequence[str]) -> tuple[float, float]:
    times = []
    for place in range(_READS):
        times.append(reader.get(f"/leraren/{people[place % len(people)]}/dossier").seconds * 1000)
        time.sleep(_PAUSE)
    cuts = statistics.quantiles(times, n=20)
    return cuts[9], cuts[18]
