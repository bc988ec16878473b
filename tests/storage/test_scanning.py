"""The scanner: nothing by default, a real clamd by setting; what is not said to be clean is not clean."""

import io
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from register_service.storage.errors import ScannerUnavailable
from register_service.storage.scanning import ClamAV, NoScanner, make_scanner
from tests.helpers.clamd import EICAR, PROGRAM, Clamd
from tests.helpers.live import free_port
from tests.storage.files import pdf, pdf_of

needs_clamd = pytest.mark.skipif(PROGRAM is None, reason="clamd is not here; on Debian: apt-get install clamav-daemon")


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clamd]:
    with Clamd(tmp_path_factory.mktemp("clamd"), most="6M") as running:
        yield running


@needs_clamd
@pytest.mark.parametrize("way", ["tcp", "unix"])
def test_clamav_tells_clean_from_harmful(clamd: Clamd, way: str) -> None:
    scanner = make_scanner(getattr(clamd, way))
    assert scanner.scan(io.BytesIO(pdf_of(5_000_000))) is None
    assert scanner.scan(io.BytesIO(pdf(EICAR))) == "Proef.Eicar.UNOFFICIAL"
    assert scanner.scan(io.BytesIO(pdf(b"x" * 3_000_000 + EICAR))) == "Proef.Eicar.UNOFFICIAL"


@needs_clamd
def test_what_is_too_large_for_clamav_is_not_let_through(clamd: Clamd) -> None:
    with pytest.raises(ScannerUnavailable):
        make_scanner(clamd.tcp).scan(io.BytesIO(pdf_of(9_000_000)))


def test_nothing_is_looked_at_by_default() -> None:
    scanner = make_scanner("")
    assert isinstance(scanner, NoScanner)
    assert scanner.scan(io.BytesIO(EICAR)) is None


@pytest.mark.parametrize("address", ["tcp", "unix"])
def test_a_scanner_out_of_reach_is_unavailable(address: str, tmp_path: Path) -> None:
    there = {"tcp": f"tcp://127.0.0.1:{free_port()}", "unix": f"unix://{tmp_path}/geen.sock"}[address]
    with pytest.raises(ScannerUnavailable):
        make_scanner(there).scan(io.BytesIO(pdf()))


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"stream: ",
        b"OK\0",
        b"stream: OK but\0",
        b"stream: lstat() failed. ERROR\0",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"UNKNOWN COMMAND\0",
        b"\xff\xfe\0",
        b"x" * 10_000,
    ],
    ids=repr,
)
def test_any_other_answer_is_no_verdict(answer: bytes) -> None:
    with answering(answer) as address, pytest.raises(ScannerUnavailable):
        ClamAV(address).scan(io.BytesIO(pdf()))


def test_an_answer_in_two_parts_is_read_whole() -> None:
    with answering(b"stream: O", b"K\0") as address:
        assert ClamAV(address).scan(io.BytesIO(pdf())) is None


class answering:  # noqa: N801 - a context
    """A server that reads one stream to its end and then answers with these parts, or just hangs up."""

    def __init__(self, *parts: bytes) -> None:
        self._parts = parts
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        return f"tcp://127.0.0.1:{self._listener.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._thread.join(10)
        self._listener.close()

    def _serve(self) -> None:
        connection, _ = self._listener.accept()
        with connection:
            read: Callable[[int], bytes] = connection.makefile("rb").read
            assert read(10) == b"zINSTREAM\0"
            while length := int.from_bytes(read(4)):
                read(length)
            for part in self._parts:
                connection.sendall(part)
