"""One request, once it has been authenticated and validated, and the answer to it."""

import base64
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
from flask import Response, request

from register_service.access.caller import Caller
from register_service.access.tokens import TokenAuthority
from register_service.core import clock
from register_service.core.context import Context
from register_service.core.db import Database
from register_service.core.errors import PreconditionFailed
from register_service.core.figures import Figures
from register_service.core.figures_of_today import FiguresOfToday
from register_service.storage.opening import Storage

if TYPE_CHECKING:
    from register_service.api.operation import Operation
    from register_service.api.uploads import Upload


@dataclass(frozen=True, slots=True)
class Services:
    """What every request needs and the application makes once."""

    database: Database
    figures: FiguresOfToday
    authority: TokenAuthority
    storage: Storage


@dataclass(slots=True)
class Call:
    """A validated request: `path`, `query` and `body` hold loaded values, in snake_case."""

    operation: "Operation"
    services: Services
    caller: Caller
    path: dict[str, str]
    query: dict[str, Any]
    body: dict[str, Any]
    request_id: str | None = None
    reason: str | None = None
    sent: "Upload | None" = None
    _context: Context | None = field(default=None)

    @property
    def figures(self) -> Figures:
        """The figures of the regeling that hold today."""
        return self.services.figures.on(clock.today())

    @property
    def upload(self) -> "Upload":
        """The file that is the body, of an operation with `body_stream`."""
        assert self.sent is not None
        return self.sent

    @property
    def context(self) -> Context:
        """The context for this request's transaction."""
        if self._context is None:
            self._context = self.caller.context(
                self.figures, event=self.operation.event, reason=self.reason, request_id=self.request_id
            )
        return self._context

    def require_match(self, etag: str) -> None:
        """Refuse a change that was made against another state than `etag`. That `If-Match` is there was seen to before."""
        if not request.if_match.contains(etag.strip('"')):
            raise PreconditionFailed


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: JSON as PostgreSQL or orjson wrote it."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def response(self) -> Response:
        """Make it a response of Flask."""
        response = Response(self.body, self.status, mimetype="application/json" if self.body else None)
        response.headers.update(self.headers)
        return response


def answer_json(value: object, status: int = 200, **headers: str) -> Answer:
    """Answer with a value as JSON."""
    return Answer(orjson.dumps(value), status, headers)


def etag_of(body: bytes) -> str:
    """Give the entity tag of a representation: the same bytes, the same tag."""
    return f'"{base64.urlsafe_b64encode(hashlib.blake2b(body, digest_size=12).digest()).decode()}"'
