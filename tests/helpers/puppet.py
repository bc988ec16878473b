"""A provider of OpenID Connect over real HTTP that does what a test tells it, right or wrong.

Where somebody would sign in with it, the test takes the address the browser was sent to and comes back with a code at once.
"""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from register_service.core import clock
from register_service.providers import Provider

CLIENT_ID = "register"
_FIRST, _SECOND = (RSAKey.generate_key(2048, {"kid": kid, "use": "sig"}) for kid in ("een", "twee"))


class Puppet:
    """The provider, as a context. Its attributes say what it does; `asked` is what was asked of it, by path."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self.claims: dict[str, Any] = {}
        self.userinfo: dict[str, Any] | None = None
        self.metadata: dict[str, Any] = {}
        self.signed_with = self.published = _FIRST
        self.algorithm = "RS256"
        # Per path: what it answers instead, as bytes with a status, or how many seconds it waits.
        self.instead: dict[str, tuple[int, bytes]] = {}
        self.drips: set[str] = set()
        self.asked: list[str] = []
        self.token_requests: list[tuple[dict[str, str], str]] = []
        self.raw_token: Callable[[str], str] = lambda token: token

    def __enter__(self) -> "Puppet":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Be gone."""
        self._server.shutdown()
        self._server.server_close()

    def provider(self, name: str = "pop", **other: Any) -> Provider:
        """Give what the settings would say of it."""
        given = {"naam": "Poppenkast", "client_id": CLIENT_ID, "client_secret": "geheim/+ %", **other}
        return Provider(name=name, issuer=self.issuer, **given)

    def renew_key(self, *, publish: bool = True) -> None:
        """Sign with another key from now on, and publish that one."""
        self.signed_with = _SECOND
        if publish:
            self.published = _SECOND

    def answer(self, path: str, body: bytes, authorization: str) -> tuple[int, bytes]:
        """Give what a path answers."""
        self.asked.append(path)
        if path in self.instead:
            return self.instead[path]
        if path == "/token":
            self.token_requests.append((dict(parse_qsl(body.decode())), authorization))
        answers: dict[str, Callable[[], Any]] = {
            "/.well-known/openid-configuration": self._metadata,
            "/jwks": lambda: {"keys": [self.published.as_dict(private=False)]},
            "/token": self._token,
            "/userinfo": lambda: self.userinfo,
        }
        return 200, json.dumps(answers[path]()).encode()

    def _metadata(self) -> dict[str, Any]:
        published = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "end_session_endpoint": f"{self.issuer}/end",
        }
        if self.userinfo is not None:
            published["userinfo_endpoint"] = f"{self.issuer}/userinfo"
        return {**published, **self.metadata}

    def _token(self) -> dict[str, Any]:
        now = int(clock.now().timestamp())
        claims = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, **self.claims}
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": self.algorithm, "kid": self.signed_with.kid}
        token = jwt.encode(header, claims, self.signed_with)
        return {"access_token": "toegang", "token_type": "Bearer", "id_token": self.raw_token(token)}


def asked_of(address: str) -> dict[str, str]:
    """Give what an address asks, each parameter once."""
    return {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}


def is_challenge_of(challenge: str, verifier: str) -> bool:
    """Tell whether a challenge is S256 of a verifier (RFC 7636, section 4.2)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=") == challenge


def _handler(puppet: Puppet) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            path = urlsplit(self.path).path
            status, content = puppet.answer(path, body, self.headers.get("Authorization", ""))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            try:
                for part in content if path in puppet.drips else [content]:
                    self.wfile.write(part if isinstance(part, bytes) else bytes([part]))
                    if path in puppet.drips:
                        self.wfile.flush()
                        time.sleep(0.2)
            except (BrokenPipeError, ConnectionResetError):
                pass

        def log_message(self, *_: object) -> None:
            pass

    return Handler
