"""kill -9 of a gunicorn worker, of the sealer and of PostgreSQL, while clients write and retry as clients should.

Afterwards every acknowledged write is there once, no other is there twice, and the journal verifies.
"""

import contextlib
import http.client
import itertools
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import psutil
import psycopg
import pytest

from tests.helpers.live import LiveServer
from tests.helpers.running import wait_until
from tests.trouble.journal import Sealer, assert_sealed_and_intact, sealing
from tests.trouble.servers import KILL, OwnServer, own_server
from tests.trouble.world import BESTUUR, Caller, Reply, World, aanstelling, person

CLIENTS = 4
SECONDS = 2.0
# How long a client keeps trying one request.
PATIENCE = 100.0
# How many requests have to be answered for a round to say anything.
ENOUGH = 30


@pytest.fixture(scope="module")
def server() -> Iterator[OwnServer]:
    """As durable as in production: what was acknowledged has to survive."""
    with own_server(volatile=False) as running:
        yield running


@pytest.fixture(scope="module")
def service(world: World) -> Iterator[LiveServer]:
    with LiveServer(world.settings, workers=2, threads=2) as running:
        yield running


@pytest.fixture
def sealer(service: LiveServer) -> Iterator[Sealer]:
    with sealing(service) as running:
        yield running


@dataclass
class Acknowledged:
    """One request that got its answer in the end."""

    key: str
    path: str
    body: dict[str, object]
    reply: Reply
    attempts: int


@dataclass
class Clients:
    """Threads that register leraren and give them aanstellingen, each request with a key, retried until it is answered."""

    world: World
    service: LiveServer
    round_: str
    acknowledged: list[Acknowledged] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._work, args=(nth,)) for nth in range(CLIENTS)]

    def __enter__(self) -> "Clients":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _work(self, nth: int) -> None:
        try:
            caller = Caller(self.world, self.service)
            for number in itertools.count():
                if self._stop.is_set():
                    return
                # Days of birth of their own, so that clients do not wait for each other.
                body = {**person(nth * 100_000 + number), "geboortedatum": f"19{60 + nth}-01-{number % 28 + 1:02}"}
                leraar = self._until_answered(caller, "/v1/leraren", body, f"{self.round_}-{nth}-{number}")
                path = f"/v1/leraren/{leraar.json['registratienummer']}/aanstellingen"
                for day in range(2):
                    work = {**aanstelling(day), "personeelsnummer": f"{self.round_}-{nth}-{number}"}
                    self._until_answered(caller, path, work, f"{self.round_}-{nth}-{number}-{day}")
        except BaseException as error:
            self.errors.append(error)

    def _until_answered(self, caller: Caller, path: str, body: dict[str, object], key: str) -> Reply:
        deadline = time.monotonic() + PATIENCE
        for attempt in itertools.count(1):
            try:
                reply = caller.ask("POST", path, body, {"Idempotency-Key": key})
            except (OSError, http.client.HTTPException):
                reply = None
            if reply is not None and reply.status != 503:
                assert reply.status == 201, (reply.status, reply.body)
                self.acknowledged.append(Acknowledged(key, path, body, reply, attempt))
                return reply
            assert time.monotonic() < deadline, "the service does not come back"
            time.sleep(0.05)
        raise AssertionError("unreachable")


def assert_each_once(world: World, service: LiveServer, clients: Clients) -> None:
    """Compare what clients were told with what the register holds, and ask a second time with the same keys."""
    assert clients.errors == []
    done = clients.acknowledged
    assert len(done) >= ENOUGH, "hardly anything happened"
    leraren = [one.reply.json["registratienummer"] for one in done if one.path == "/v1/leraren"]
    aanstellingen = [one.reply.json["id"] for one in done if one.path != "/v1/leraren"]
    with psycopg.connect(world.settings.database_url) as owner:
        mine = "where k.key like %s and k.client_id = %s", (f"{clients.round_}-%", world.client.client_id)
        kept = owner.execute(f"select k.key, k.status from idempotency_key k {mine[0]}".encode(), mine[1]).fetchall()
        assert sorted(kept) == sorted((one.key, 201) for one in done)
        there = {number for (number,) in owner.execute("select registratienummer from leraar")}
        assert len(set(leraren)) == len(leraren) and set(leraren) <= there
        there = {str(identifier) for (identifier,) in owner.execute("select id from aanstelling")}
        assert len(set(aanstellingen)) == len(aanstellingen) and set(aanstellingen) <= there
        unjournaled = owner.execute(
            """select count(*) from (select id from leraar union all select id from aanstelling
                                     union all select id from koppeling) made
               where (select count(*) from journal where object_id = made.id and action = 'insert') <> 1"""
        ).fetchone()
        assert unjournaled == (0,)
    caller = Caller(world, service)
    for one in random.Random(0).sample(done, 20):
        again = caller.ask("POST", one.path, one.body, {"Idempotency-Key": one.key})
        assert (again.status, again.body) == (201, one.reply.body)
        assert again.headers["Idempotency-Replayed"] == "true"


def assert_no_strangers(world: World, rounds: list[Clients]) -> None:
    """What the register holds is what clients were told of, and nothing else: no write was done twice under another key."""
    done = [one for clients in rounds for one in clients.acknowledged]
    assert world.scalar("select count(*) from leraar") == sum(one.path == "/v1/leraren" for one in done)
    assert world.scalar("select count(*) from aanstelling") == sum(one.path != "/v1/leraren" for one in done)
    assert world.scalar("select count(*) from koppeling where bestuur = %s", BESTUUR) == world.scalar(
        "select count(*) from leraar"
    )


_rounds: list[Clients] = []


def under_load(world: World, service: LiveServer, name: str, hurt: Callable[[], None], times: int) -> None:
    """Let clients work, hurt something a few times meanwhile, and look at what is left."""
    chance = random.Random(name)
    with Clients(world, service, name) as clients:
        _rounds.append(clients)
        for _ in range(times):
            time.sleep(SECONDS / times * (0.7 + 0.6 * chance.random()))
            hurt()
        time.sleep(0.5)
        wait_until(lambda: len(clients.acknowledged) >= ENOUGH or bool(clients.errors))
    assert_each_once(world, service, clients)
    assert_no_strangers(world, _rounds)
    assert_sealed_and_intact(service, world)


@pytest.mark.usefixtures("sealer")
def test_a_gunicorn_worker(world: World, service: LiveServer) -> None:
    assert service.process is not None
    arbiter = psutil.Process(service.process.pid)
    killed: list[int] = []

    def kill_one() -> None:
        while not (workers := arbiter.children()):
            time.sleep(0.01)
        victim = random.choice(workers)
        victim.send_signal(signal.SIGKILL)
        killed.append(victim.pid)

    under_load(world, service, "worker", kill_one, 4)
    assert len(killed) == 4
    wait_until(lambda: len(workers := {child.pid for child in arbiter.children()}) == 2 and not workers & set(killed))


def test_the_sealer(world: World, service: LiveServer, sealer: Sealer) -> None:
    def kill_and_start() -> None:
        sealer.kill()
        sealer.start()

    under_load(world, service, "sealer", kill_and_start, 4)


@pytest.mark.usefixtures("sealer")
def test_a_backend_of_postgresql(world: World, service: LiveServer, server: OwnServer) -> None:
    """One backend killed makes PostgreSQL end them all and recover from its log."""

    def kill_backend() -> None:
        deadline = time.monotonic() + 90
        while not (backends := backends_of_the_service(server)):
            assert time.monotonic() < deadline, "the service does not connect again"
            time.sleep(0.05)
        random.choice(backends).send_signal(signal.SIGKILL)

    under_load(world, service, "backend", kill_backend, 2)
    assert server.is_alive()


def backends_of_the_service(server: OwnServer) -> list[psutil.Process]:
    found = []
    for process in psutil.Process(server.pid).children():
        with contextlib.suppress(psutil.NoSuchProcess):
            if "register_app" in " ".join(process.cmdline()):
                found.append(process)
    return found


@pytest.mark.usefixtures("sealer")
def test_postgresql_itself(world: World, service: LiveServer, server: OwnServer) -> None:
    def kill_and_start() -> None:
        server.hurt(KILL)
        server.start_again()

    under_load(world, service, "postmaster", kill_and_start, 2)
