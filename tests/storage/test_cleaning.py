"""Throwing away what nothing refers to: never what somebody keeps at that moment, and never all for want of a database."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from register_service import worker
from register_service.core import clock
from register_service.storage.cleaning import UNUSED_AGE, Cleaner, remove_unused
from register_service.storage.errors import StorageUnavailable
from register_service.storage.receiving import receive
from register_service.storage.scanning import NoScanner
from register_service.storage.store import Store
from tests.storage.files import pdf
from tests.storage.test_store import everything, put

ACTIVITEIT = "01890000-0000-7000-8000-000000000601"
LERAAR = "2657035144"
FILL = f"""
insert into leraar (registratienummer, voornamen, achternaam, geboortedatum, geregistreerd_op)
    values ('{LERAAR}', 'Zoë', 'Proefpersoon', '1984-05-06', '2020-09-01');
insert into activiteit (id, leraar, gemeld_door, soort, titel, begindatum, einddatum, registeruren, vakinhoudelijk, vakdidactisch,
                        pedagogisch, overig)
    values ('{ACTIVITEIT}', '{LERAAR}', 'leraar', 'cursus', 'Proef', '2026-01-01', '2026-01-02', 3, 3, 0, 0, 0);
"""
ADD = f"""
insert into bewijsstuk (leraar, activiteit, sha256, mediatype, grootte)
    values ('{LERAAR}', '{ACTIVITEIT}', %s, 'application/pdf', 10)
"""


@pytest.fixture
def url(database_url: str) -> str:
    with psycopg.connect(database_url) as connection:
        connection.execute('select set_config(\'register.context\', \'{"actor": "test", "event": "test"}\', true)')
        connection.execute(FILL)
    return database_url


def refer_to(url: str, *names: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute('select set_config(\'register.context\', \'{"actor": "test", "event": "test"}\', true)')
        for name in names:
            connection.execute(ADD, (name,))


@contextmanager
def a_day_later() -> Iterator[None]:
    with clock.fixed_at(datetime.now(UTC) + UNUSED_AGE + timedelta(minutes=1)):
        yield


def clean(url: str, store: Store) -> int:
    with psycopg.connect(url) as connection:
        return remove_unused(connection, store, worker.UNUSED_BLOBS)


def test_a_blob_without_a_bewijsstuk_goes_after_a_day(store: Store, url: str) -> None:
    kept, gone = put(store, b"heeft een rij"), put(store, b"heeft er geen")
    refer_to(url, kept)
    assert clean(url, store) == 0
    assert everything(store) == sorted([kept, gone])
    with a_day_later():
        assert clean(url, store) == 1
        assert clean(url, store) == 0
    assert everything(store) == [kept]


def test_a_database_without_bewijsstukken_throws_nothing_away(store: Store, url: str) -> None:
    name = put(store, b"van een andere database")
    with a_day_later():
        assert clean(url, store) == 0
    assert everything(store) == [name]


@contextmanager
def keeping(url: str, store: Store, content: bytes) -> Iterator[Session]:
    """Keep content and write its row, in a transaction that ends with the block."""
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    with Session(engine) as session, receive(iter([content]), store, NoScanner()) as received, session.begin():
        received.keep(session)
        driver = session.connection().connection.driver_connection
        driver.execute('select set_config(\'register.context\', \'{"actor": "test", "event": "test"}\', true)')
        driver.execute(ADD, (received.sha256,))
        yield session
    engine.dispose()


def test_content_that_is_kept_again_at_that_moment_stays(store: Store, url: str) -> None:
    """It is there without a row, a day old; somebody sends the same and has not committed when the cleaner comes by."""
    name, other = put(store, pdf()), put(store, b"ander")
    refer_to(url, other)
    with a_day_later():
        cleaner = threading.Thread(target=clean, args=(url, store))
        with keeping(url, store, pdf()):
            cleaner.start()
            wait_for_lock(url)
            assert name in everything(store)
        cleaner.join(30)
    assert everything(store) == sorted([name, other])


def wait_for_lock(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for _ in range(1000):
            waiting = """
                select count(*) from pg_locks where locktype = 'advisory' and not granted
                and database = (select oid from pg_database where datname = current_database())"""
            if connection.execute(waiting).fetchone() != (0,):
                return
            connection.execute("select pg_sleep(0.01)")
    raise AssertionError("the cleaner did not wait")


def test_a_store_out_of_reach_stops_nothing_else(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker goes on with its other work, and tries again the next time."""
    stop, done = threading.Event(), []

    def fail(_: object) -> int:
        raise StorageUnavailable

    def last(_: object) -> int:
        done.append(True)
        stop.set()
        return 0

    monkeypatch.setattr(worker, "PERIODIC", {"clean_storage": fail, "other": last})
    worker._work_periodically(url, stop)
    assert done == [True]


def test_the_worker_does_it(url: str, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """All blobs are gone through once an hour; what was left of uploads every time."""
    cleaner = Cleaner(store, worker.UNUSED_BLOBS)
    monkeypatch.setattr(worker, "_cleaner", lambda: cleaner)
    kept, gone = put(store, b"heeft een rij"), put(store, b"heeft er geen")
    refer_to(url, kept)
    assert worker.PERIODIC["clean_storage"] is worker.clean_storage
    with a_day_later(), psycopg.connect(url) as connection:
        (store.incoming / "oud.part").write_bytes(b"half")
        assert worker.clean_storage(connection) == 2
        put(store, b"heeft er geen")
        (store.incoming / "oud.part").write_bytes(b"half")
        assert worker.clean_storage(connection) == 1
    assert everything(store) == sorted([kept, gone])
