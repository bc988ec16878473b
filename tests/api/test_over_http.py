"""What only a real server shows: bodies in chunks, raw bytes in headers, requests that are hardly HTTP."""

import json
import socket
from collections.abc import Iterator

import pytest

from tests.helpers.live import LiveServer


@pytest.fixture(scope="module")
def server(pg_server: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """One gunicorn for the tests of this module."""
    from tests.conftest import make_settings

    with pg_server.database() as name:  # type: ignore[attr-defined]
        settings = make_settings(pg_server.url(name), tmp_path_factory.mktemp("http"))  # type: ignore[attr-defined]
        with LiveServer(settings) as server:
            yield server


def _send(server: LiveServer, raw: bytes) -> tuple[int, dict[str, str], bytes]:
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(raw)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return int(first.split(" ")[1]), headers, body


def _request(line: str, *headers: bytes, body: bytes = b"") -> bytes:
    start = f"{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n".encode()
    return start + b"".join(header + b"\r\n" for header in headers) + b"\r\n" + body


def _chunked(size: int, count: int) -> bytes:
    return (f"{size:x}\r\n".encode() + b" " * size + b"\r\n") * count + b"0\r\n\r\n"


@pytest.fixture(scope="module")
def authorization(server: LiveServer) -> bytes:
    """The header of a client that may do everything."""
    import psycopg

    from register_service.access.keys import KeyStore
    from register_service.access.scopes import GRANTABLE
    from register_service.access.tokens import TokenAuthority

    with psycopg.connect(server.settings.database_url) as connection:
        connection.execute("insert into client (client_id, naam, soort, scopes) values ('k', 'K', 'beheer', '{}')")
    authority = TokenAuthority(server.url, KeyStore(server.settings.key_dir / "tokens"))
    token = authority.issue_token(client_id="k", role="beheer", bestuur=None, scopes=GRANTABLE)
    return f"Authorization: Bearer {token}".encode()


JSON = b"Content-Type: application/json"


def test_a_body_in_chunks_counts_like_any_other(server: LiveServer, authorization: bytes) -> None:
    chunked = b"Transfer-Encoding: chunked"
    line = "POST /v1/leraren/_zoek"
    status, headers, body = _send(server, _request(line, authorization, JSON, chunked, body=_chunked(65_536, 17)))
    assert (status, headers["content-type"]) == (413, "application/problem+json")
    assert json.loads(body)["code"] == "te-groot"
    question = b'{"achternaam":"x"}'
    small = f"{len(question):x}\r\n".encode() + question + b"\r\n0\r\n\r\n"
    assert _send(server, _request(line, authorization, JSON, chunked, body=small))[0] == 200
    status, _, body = _send(server, _request("GET /v1/besturen", authorization, chunked, body=small))
    assert (status, json.loads(body)["errors"][0]["code"]) == (400, "geen-inhoud")


def test_a_body_that_says_it_is_too_large_is_refused_unread(server: LiveServer, authorization: bytes) -> None:
    raw = _request("POST /v1/leraren/_zoek", authorization, JSON, b"Content-Length: 10000000000")
    status, headers, _ = _send(server, raw)
    assert (status, headers["content-type"]) == (413, "application/problem+json")


@pytest.mark.parametrize(
    "header",
    [
        b"If-None-Match: \xff\xfe",
        b"Accept: \xc3\xa9",
        b"X-Request-ID: \xe9",
        b"Cookie: \xff",
        b"Authorization: Bearer \xff",
    ],
)
def test_bytes_beyond_ascii_in_headers(server: LiveServer, authorization: bytes, header: bytes) -> None:
    token = [] if header.startswith(b"Authorization") else [authorization]
    status, headers, _ = _send(server, _request("GET /v1/besturen", *token, header))
    assert status in (200, 400, 401, 406)
    assert headers["api-version"] == "1.0.0"


@pytest.mark.parametrize("line", ["GET /v1/leraren/%00", "GET /v1/%ff%fe", "GET /v1/leraren?vestiging=%00"])
def test_bytes_that_mean_nothing_in_addresses(server: LiveServer, authorization: bytes, line: str) -> None:
    status, headers, _ = _send(server, _request(line, authorization))
    assert (status, headers["content-type"]) in ((404, "application/problem+json"), (400, "application/problem+json"))


def test_addresses_too_long_for_the_server(server: LiveServer, authorization: bytes) -> None:
    status, _, _ = _send(server, _request(f"GET /v1/leraren?vestiging={'x' * 10_000}", authorization))
    assert 400 <= status < 500


def test_the_next_page_is_where_link_says(server: LiveServer, authorization: bytes) -> None:
    import psycopg

    with psycopg.connect(server.settings.database_url) as connection:
        connection.execute("insert into bestuur (nummer, naam) select 10000 + n, 'B' || n from generate_series(1, 5) n")
    target, seen = "/v1/besturen?limiet=2", []
    while target:
        status, headers, body = _send(server, _request(f"GET {target}", authorization))
        assert status == 200
        seen += [bestuur["nummer"] for bestuur in json.loads(body)["items"]]
        target = headers.get("link", "").partition(">")[0].removeprefix("<")
    assert seen == ["10001", "10002", "10003", "10004", "10005"]
