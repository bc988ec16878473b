"""Whatever goes wrong, no log says who it was about, or how anybody signed in."""

import base64
import json
import re
import socket
from pathlib import Path

import pytest

from tests.helpers.live import LiveServer
from tests.trouble.hurting import hurting
from tests.trouble.servers import FAST, OwnServer
from tests.trouble.world import PERSON, Caller, World, aanstelling, person

# How every token begins, and what the tests send for a secret.
SECRETS = ("eyJ", "geheim", "Authorization")


class Log:
    """What was added to a log since the test began."""

    def __init__(self, file: Path) -> None:
        self._file, self._begin = file, file.stat().st_size

    def read_text(self) -> str:
        return self._file.read_bytes()[self._begin :].decode()


@pytest.fixture
def log(service: LiveServer) -> Log:
    return Log(service.log)


def send_raw(service: LiveServer, *lines: bytes) -> bytes:
    """Send bytes that are not quite HTTP and give the first bytes of the answer."""
    with socket.create_connection(("127.0.0.1", service.port), timeout=60) as connection:
        connection.sendall(b"\r\n".join(lines))
        connection.shutdown(socket.SHUT_WR)
        return connection.recv(65536)


def assert_tells_nothing(text: str, world: World, *more: str) -> None:
    words = [str(value) for value in PERSON.values()] + PERSON["voornamen"].split() + ["Xylofoonsma", "geheimpost"]
    secret = world.client.client_secret
    assert secret is not None
    for word in (*words, *SECRETS, secret, *more):
        assert word.lower() not in text.lower(), f"{word} stands in the log"
    assert not re.search(r"eyJ[\w-]+\.[\w-]+\.[\w-]+", text)


def test_errors_of_the_database(caller: Caller, world: World, log: Log) -> None:
    seen = []
    for code in ("53100", "XX000", "23514", "23505", "22001", "terminate"):
        with hurting(world.settings.database_url, code):
            seen += [
                caller.register(1),
                caller.ask("GET", "/v1/leraren"),
                caller.ask("POST", "/v1/leraren/_zoek", SEARCH),
            ]
    assert {reply.status for reply in seen} <= {201, 200, 500, 503}
    text = log.read_text()
    assert '"event": "unexpected error"' in text and "Traceback" in text
    assert '"event": "unavailable"' in text and '"sqlstate": "53100"' in text
    assert_tells_nothing(text, world)


SEARCH = {"achternaam": PERSON["achternaam"], "geboortedatum": PERSON["geboortedatum"]}


def test_refusals_of_ours(caller: Caller, world: World, log: Log) -> None:
    wrong = {
        **person(1),
        "geboortedatum": "1987-06-31",
        "emailadres": "zwaanhilde.xylofoonsma",
        "onbekend": "Xylofoonsma",
    }
    assert caller.ask("POST", "/v1/leraren", wrong).status == 400
    assert caller.ask("POST", "/v1/leraren", b'{"voornamen": "Zwaanhilde', JSON).status == 400
    assert caller.ask("POST", "/v1/leraren", b'{"a":' * 500 + b'"Zwaanhilde"', JSON).status == 400
    assert caller.ask("POST", "/v1/leraren", b'"Xylofoonsma"' * 200_000, JSON).status == 413
    assert caller.ask("GET", "/v1/leraren", headers={"Authorization": "Bearer eyJ.Zwaanhilde.geheim"}).status == 401
    assert caller.ask("GET", "/v1/leraren?achternaam=Xylofoonsma").status == 400
    assert caller.ask("GET", "/v1/leraren/Xylofoonsma").status in (400, 404)
    assert_tells_nothing(log.read_text(), world)


JSON = {"Content-Type": "application/json"}


def test_refusals_of_the_token_endpoint(caller: Caller, world: World, log: Log) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    basic = base64.b64encode(f"{world.client.client_id}:{world.client.client_secret}x".encode()).decode()
    body = b"grant_type=client_credentials"
    assert caller.ask("POST", "/oauth/token", body, {**form, "Authorization": f"Basic {basic}"}).status == 401
    assert caller.ask("POST", "/oauth/token", body + b"&client_id=geheim&client_secret=geheim", form).status == 401
    assert caller.ask("POST", "/oauth/token", body + b"&client_assertion=eyJ.eyJ.geheim", form).status in (400, 401)
    with hurting(world.settings.database_url, "XX000"):
        assert caller.ask("POST", "/oauth/revoke", revocation(world, caller.token), form).status == 500
    assert_tells_nothing(log.read_text(), world, basic)


def revocation(world: World, token: str) -> bytes:
    return f"client_id={world.client.client_id}&client_secret={world.client.client_secret}&token={token}".encode()


@pytest.mark.parametrize(
    "lines",
    [
        (b"GET /v1/leraren HTTP/1.1", b"Host: x", b"Authorization Bearer eyJgeheim", b"", b""),
        (b"GET /v1/leraren HTTP/1.1", b"Host: x", b"Authoriz ation: Bearer eyJgeheim", b"", b""),
        (b"GET /v1/leraren HTTP/1.1", b"Host: x", b"Authorization: Bearer eyJgeheim\0", b"", b""),
        (b"GET /v1/leraren HTTP/1.1", b"Host: x", b"Authorization: Bearer", b" eyJgeheim", b"", b""),
        (b"GET /v1/leraren HTTP/1.1", b"Host: x", b"Expect: Zwaanhilde", b"", b""),
        (b'{"voornamen": "Zwaanhilde"} HTTP/1.1', b"Host: x", b"", b""),
        (b"ZWAANHILDE-XYLOFOONSMA!! / HTTP/1.1", b"Host: x", b"", b""),
        (b"GET / Xylofoonsma/1.1", b"Host: x", b"", b""),
        (b"POST /v1/leraren HTTP/1.1", b"Host: x", b"Transfer-Encoding: Xylofoonsma", b"", b""),
        (b"POST /v1/leraren HTTP/1.1", b"Host: x", b"Content-Length: Xylofoonsma", b"", b""),
    ],
)
def test_what_is_no_http(lines: tuple[bytes, ...], service: LiveServer, world: World, log: Log) -> None:
    """gunicorn's own refusals quote what they could not read: a header with its token, or a body taken for a request line."""
    answer = send_raw(service, *lines)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith((b"HTTP/1.1 4", b"HTTP/1.1 501")), answer
    assert b"Content-Type: application/problem+json" in head
    assert b"API-Version:" in head
    assert json.loads(body)["status"] == int(head.split(b" ")[1])
    assert b"Zwaanhilde" not in answer and b"Xylofoonsma" not in answer
    assert_tells_nothing(log.read_text(), world)


def test_a_body_longer_than_it_says(caller: Caller, service: LiveServer, world: World, log: Log) -> None:
    """What comes after the body is read as the next request on the connection, and is none."""
    head = f"POST /v1/leraren/_zoek HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {caller.token}\r\n"
    head += "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n"
    with socket.create_connection(("127.0.0.1", service.port), timeout=60) as connection:
        connection.sendall(head.encode() + b'{}{"achternaam": "Xylofoonsma"}\r\n\r\n')
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass
    assert_tells_nothing(log.read_text(), world)


def test_a_chunked_body_that_is_none(caller: Caller, service: LiveServer, world: World, log: Log) -> None:
    head = f"POST /v1/leraren HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {caller.token}\r\n"
    head += "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZwaanhilde Xylofoonsma\r\n\r\n"
    assert b" 400 " in send_raw(service, head.encode()).split(b"\r\n", 1)[0]
    assert_tells_nothing(log.read_text(), world)


def test_the_database_gone_and_its_own_log(server: OwnServer, caller: Caller, world: World, log: Log) -> None:
    server_log = Log(server.log)
    leraar = caller.register(2)
    for _ in range(2):
        refused = caller.ask("POST", f"{leraar.headers['Location']}/aanstellingen", aanstelling(1))
    assert refused.status == 409
    server.hurt(FAST)
    assert caller.register(3).status == 503
    assert caller.sign_in().status == 503
    server.start()
    assert caller.register(3).status == 201
    assert_tells_nothing(log.read_text(), world)
    assert_tells_nothing(server_log.read_text(), world)
