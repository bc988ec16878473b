"""The HR system of a bestuur, over HTTP as it really is: a client with a secret, a token, and calls below /v1."""

from dataclasses import dataclass
from typing import Any

import psycopg
import requests

from register_service.access.clients import create_client
from register_service.access.models import ClientSoort
from register_service.core import clock
from register_service.core.context import set_context
from register_service.runtime.demo_client import DEMO_BESTUUR
from tests.helpers.live import LiveServer


@dataclass
class HrSystem:
    """A client that signed in. `reads` and `posts` fail unless the answer is 200 or 201."""

    url: str
    token: str

    @classmethod
    def of(cls, site: LiveServer, bestuur: str = DEMO_BESTUUR, naam: str = "HR-systeem") -> "HrSystem":
        """Make the client of a bestuur and sign it in."""
        with psycopg.connect(site.settings.database_url) as connection:
            set_context(connection, actor="beheer:test", event="test", today=clock.today())
            made = create_client(connection, naam=naam, soort=ClientSoort.BESTUUR, bestuur=bestuur)
        answer = requests.post(
            f"{site.url}/oauth/token",
            {"grant_type": "client_credentials"},
            auth=(made.client_id, made.client_secret or ""),
            timeout=30,
        )
        assert answer.status_code == 200, answer.text
        return cls(f"{site.url}/v1", answer.json()["access_token"])

    def reads(self, path: str) -> Any:
        """Read something."""
        return self._send("GET", path)

    def posts(self, path: str, body: object = None) -> Any:
        """Post something."""
        return self._send("POST", path, json=body)

    def _send(self, method: str, path: str, **how: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = requests.request(method, f"{self.url}{path}", headers=headers, timeout=30, **how)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()
