"""Taking files in: by content, to a limit, in chunks; and nothing left of what was refused, cut off, or killed."""

import signal
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from register_service.core import clock
from register_service.core.errors import DomainError, Invalid, TooLarge, UnsupportedMediaType
from register_service.settings import Settings
from register_service.storage.cleaning import LEFTOVER_AGE, remove_leftovers
from register_service.storage.errors import ScannerUnavailable, StorageUnavailable
from register_service.storage.folder import FolderStore
from register_service.storage.opening import open_store
from register_service.storage.receiving import MOST, Received, receive
from register_service.storage.scanning import NoScanner, make_scanner
from register_service.storage.store import CHUNK, Store
from tests.helpers.clamd import EICAR, PROGRAM, Clamd
from tests.helpers.live import ROOT, free_port
from tests.storage import files
from tests.storage.test_kinds import OTHERS, TWO_THINGS, WHOLE
from tests.storage.test_store import everything, read


def chunks_of(content: bytes, size: int = CHUNK) -> Iterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


def take(store: Store, content: bytes, session: Session | None = None) -> Received:
    with receive(chunks_of(content), store, NoScanner()) as received:
        if session:
            received.keep(session)
    return received


def assert_nothing_left(store: Store) -> None:
    assert everything(store) == []
    assert list(store.incoming.iterdir()) == []


@pytest.fixture
def session(pg_server) -> Iterator[Session]:
    """A transaction; of its database nothing is used but a lock."""
    url = make_url(pg_server.url(pg_server.template)).set(drivername="postgresql+psycopg")
    engine = create_engine(url)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.mark.parametrize("name", WHOLE)
def test_pdf_png_and_jpeg_are_taken_in(store: Store, session: Session, name: str) -> None:
    content, mediatype = WHOLE[name]
    received = take(store, content, session)
    assert (received.mediatype, received.size) == (mediatype, len(content))
    assert read(store, received.sha256) == content
    assert list(store.incoming.iterdir()) == []


@pytest.mark.parametrize("size", [1, 7, 5000])
def test_the_size_of_the_chunks_makes_no_difference(store: Store, size: int) -> None:
    content = files.samsung()
    with receive(chunks_of(content, size), store, NoScanner()) as received:
        assert (received.mediatype, received.size) == ("image/jpeg", len(content))


def test_what_is_not_kept_is_gone(store: Store) -> None:
    take(store, files.pdf())
    assert_nothing_left(store)


@pytest.mark.parametrize("name", OTHERS)
def test_another_kind_is_refused(store: Store, name: str) -> None:
    with pytest.raises(UnsupportedMediaType) as refused:
        take(store, OTHERS[name])
    assert (refused.value.status, refused.value.code) == (415, "bewijsstuk-soort")
    assert_nothing_left(store)


def code_of(refused: Invalid) -> str:
    (error,) = refused.errors
    assert (error.place, error.location) == ("body", "")
    return error.code


def test_an_empty_file_is_refused(store: Store) -> None:
    with pytest.raises(Invalid) as refused:
        take(store, b"")
    assert code_of(refused.value) == "bewijsstuk-leeg"
    assert_nothing_left(store)


@pytest.mark.parametrize(
    "content", [files.pdf()[:-30], files.png()[:-1], files.jpeg()[:-10]], ids=["pdf", "png", "jpeg"]
)
def test_a_file_that_was_cut_off_is_refused(store: Store, content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        take(store, content)
    assert code_of(refused.value) == "bewijsstuk-onvolledig"
    assert_nothing_left(store)


@pytest.mark.parametrize("name", TWO_THINGS)
def test_a_file_that_is_two_things_is_refused(store: Store, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        take(store, TWO_THINGS[name])
    assert code_of(refused.value) == "bewijsstuk-dubbelzinnig"
    assert_nothing_left(store)


def test_ten_megabytes_are_taken_and_a_byte_more_is_not(store: Store, session: Session) -> None:
    assert take(store, files.pdf_of(MOST), session).size == 10 * 1024 * 1024
    store.delete(everything(store)[0])
    with pytest.raises(TooLarge, match="hoogstens 10 MB") as refused:
        take(store, files.pdf_of(MOST + 1))
    assert (refused.value.status, refused.value.code) == (413, "te-groot")
    assert_nothing_left(store)


def test_beyond_the_limit_nothing_more_is_read(store: Store) -> None:
    given = 0

    def endless() -> Iterator[bytes]:
        nonlocal given
        while True:
            given += CHUNK
            yield b"%PDF-1.7" + b"\0" * (CHUNK - 8)

    with pytest.raises(TooLarge), receive(endless(), store, NoScanner()):
        pass
    assert given == MOST + CHUNK
    assert_nothing_left(store)


@pytest.mark.parametrize("error", [ConnectionResetError(), TimeoutError(), EOFError(), KeyboardInterrupt()], ids=repr)
def test_a_sender_that_leaves_half_way_leaves_nothing(store: Store, error: BaseException) -> None:
    def half() -> Iterator[bytes]:
        yield files.pdf_of(MOST)[: MOST // 2]
        raise error

    with pytest.raises(type(error)), receive(half(), store, NoScanner()):
        pass
    assert_nothing_left(store)


def test_a_handler_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(DomainError), receive(chunks_of(files.pdf()), store, NoScanner()):
        raise DomainError("x")
    assert_nothing_left(store)


def test_without_its_scanner_nothing_is_taken_in(store: Store) -> None:
    scanner = make_scanner(f"tcp://127.0.0.1:{free_port()}")
    with pytest.raises(ScannerUnavailable) as refused, receive(chunks_of(files.pdf()), store, scanner):
        pass
    assert (refused.value.status, refused.value.code) == (503, "virusscan-niet-beschikbaar")
    assert_nothing_left(store)


@pytest.mark.skipif(PROGRAM is None, reason="clamd is not here; on Debian: apt-get install clamav-daemon")
def test_malware_is_refused(store: Store, tmp_path: Path) -> None:
    (tmp_path / "clamd").mkdir()
    with Clamd(tmp_path / "clamd") as clamd:
        scanner = make_scanner(clamd.unix)
        with pytest.raises(Invalid) as refused, receive(chunks_of(files.pdf(EICAR)), store, scanner):
            pass
        with receive(chunks_of(files.pdf(b"schoon")), store, scanner) as received:
            assert received.mediatype == "application/pdf"
    assert code_of(refused.value) == "bewijsstuk-besmet"
    assert_nothing_left(store)


def test_ten_megabytes_take_little_memory(store: Store, session: Session) -> None:
    """The bar is 20 MB for a worker; what Python itself holds stays far below the size of the file."""
    take(store, files.pdf_of(100_000, seed=1), session)
    whole = files.pdf_of(MOST)
    before = psutil.Process().memory_info().rss
    tracemalloc.start()
    try:
        take(store, whole, session)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1024 * 1024
    assert psutil.Process().memory_info().rss - before < 20 * 1024 * 1024


KILLED = """
import sys, time
from pathlib import Path
from register_service.settings import Settings
from register_service.storage.opening import open_store
from register_service.storage.receiving import receive
from register_service.storage.scanning import NoScanner
def slow():
    yield b"%PDF-1.7" + b"x" * 3_000_000
    print("half-way", flush=True)
    time.sleep(600)
store = open_store(Settings("", "", Path("keys"), Path(sys.argv[1])))
with receive(slow(), store, NoScanner()):
    pass
"""


def test_kill_9_half_way_leaves_nothing_under_a_hash_and_the_rest_is_cleaned_up(folder_settings: Settings) -> None:
    store = open_store(folder_settings)
    command = [sys.executable, "-c", KILLED, str(folder_settings.var_dir)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout
        assert process.stdout.readline() == b"half-way\n"
        process.send_signal(signal.SIGKILL)
    assert everything(store) == []
    assert len(list(store.incoming.iterdir())) == 1
    assert remove_leftovers(store.incoming) == 0, "somebody may be sending it right now"
    with clock.fixed_at(datetime.now(UTC) + LEFTOVER_AGE + timedelta(seconds=1)):
        assert remove_leftovers(store.incoming) == 1
    assert_nothing_left(store)


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A real file system of two megabytes."""
    with tempfile.TemporaryDirectory(prefix="register-disk-") as folder:
        mount = ["mount", "-t", "tmpfs", "-o", "size=2m,mode=0700", "register-test", folder]
        try:
            subprocess.run(mount, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"mounting a small file system is not permitted here ({error})")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_full_disk_leaves_nothing_and_works_again_when_there_is_room(small_disk: Path, session: Session) -> None:
    store = FolderStore(small_disk / "bewijsstukken")
    with pytest.raises(StorageUnavailable) as refused:
        take(store, files.pdf_of(3 * 1024 * 1024), session)
    assert (refused.value.status, refused.value.code) == (503, "opslag-niet-beschikbaar")
    assert_nothing_left(store)
    received = take(store, files.pdf_of(1024 * 1024), session)
    assert everything(store) == [received.sha256]
