"""The way in: a blueprint whose routes say what they need, and a wrapper that sees to it, for every route alike.

In this order: the token (401), its scope (403), the forms spoken (406, 415), everything wrong with the request at once
(400); then the handler, a write inside the one transaction that commits when it is done. A route without a scope or a
purpose does not start.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from flask import Response, current_app
from flask_smorest import Blueprint
from marshmallow import Schema
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from register_service.access.scopes import Scope
from register_service.api import idempotency, parsing, uploads
from register_service.api.authentication import authenticate
from register_service.api.call import Answer, Call, Services
from register_service.api.documentation import document
from register_service.api.limiting import Limit, key_of, limited
from register_service.api.paths import flask_rule
from register_service.core.integrity import as_domain_error

Read = Callable[[Call], Answer]
Write = Callable[[Call, Session], Answer]
Method = Literal["GET", "POST", "PATCH", "DELETE"]
# Steps without If-Match that answer with the resource they are about.
_OF_ONE_RESOURCE = (
    "_bijwerken",
    "_koppel",
    "_instemmen",
    "_herroepen",
    "_afschermen",
    "_doorhalen",
    "_hervatten",
    "_toestaan",
    "_weigeren",
)


@dataclass(frozen=True, slots=True)
class Operation:
    """What a route is: who may call it, for what purpose it opens a dossier, what goes in and what comes out.

    `codes` names, per status, the rules of the domain that can refuse it; the API document lists them. With `body_stream`
    the body is a file, which the handler finds in `call.upload`. `limit` is how often one client may call it, or, of a route
    that is open to all, one address. `secret`: the answer holds something that is shown this once. `forms`: the media types
    that it can answer in, by name, where JSON is not the only one.
    """

    method: Method
    rule: str
    scope: Scope
    purpose: str
    event: str
    summary: str
    description: str
    query: Schema | None
    body: Schema | None
    answer: Schema | None
    status: int
    page: bool
    writes: bool
    needs_match: bool
    refusals: tuple[int, ...]
    codes: Mapping[int, tuple[str, ...]]
    body_stream: bool = False
    limit: Limit | None = None
    secret: bool = False
    forms: Mapping[str, str] = field(default_factory=dict)

    @property
    def tagged(self) -> bool:
        """Tell whether what it answers with is the state of a resource, with an ETag of its own."""
        return self.answer is not None and self.writes and self.rule.endswith(_OF_ONE_RESOURCE)

    @property
    def open(self) -> bool:
        """Tell whether anybody may call it, without a token."""
        return self.scope is Scope.OPEN

    @property
    def name(self) -> str:
        """Give the name by which cursors and documents know it, such as `GET /leraren`."""
        return f"{self.method} {self.rule}"


class RegisterBlueprint(Blueprint):
    """A slice's routes below /v1."""

    def __init__(self, name: str, import_name: str, description: str) -> None:
        super().__init__(name, import_name, url_prefix="/v1", description=description)
        self.operations: list[Operation] = []

    def read(
        self, rule: str, *, purpose: str, scope: Scope, method: Method = "GET", **how: Any
    ) -> Callable[[Read], Read]:
        """Declare a route that reads. A POST that reads is a search: what it looks for stands in the body."""
        return self._declare(rule, method, scope, purpose, writes=False, **how)

    def write(
        self, rule: str, *, event: str, purpose: str, scope: Scope, method: Method = "POST", **how: Any
    ) -> Callable[[Write], Write]:
        """Declare a route that writes, inside a transaction; `event` is what the journal says of it."""
        return self._declare(rule, method, scope, purpose, writes=True, event=event, **how)

    def _declare(
        self,
        rule: str,
        method: Method,
        scope: Scope,
        purpose: str,
        *,
        writes: bool,
        event: str = "",
        query: type[Schema] | None = None,
        body: type[Schema] | None = None,
        answer: type[Schema] | None = None,
        status: int = 200,
        page: bool = False,
        needs_match: bool = False,
        refusals: tuple[int, ...] = (),
        codes: Mapping[int, tuple[str, ...]] = MappingProxyType({}),
        body_stream: bool = False,
        limit: Limit | None = None,
        secret: bool = False,
        forms: Mapping[str, str] = MappingProxyType({}),
    ) -> Callable[[Any], Any]:
        if not isinstance(scope, Scope) or not purpose or (writes and not event):
            raise TypeError(f"{method} {rule} names no scope, no purpose or no event")
        if body_stream and (body or not writes):
            raise TypeError(f"{method} {rule} cannot take a file and another body, nor read with one")

        def declare(handler: Any) -> Any:
            summary, _, description = (handler.__doc__ or "").strip().partition("\n")
            operation = Operation(
                method, rule, scope, purpose, event, summary, description.strip(),
                query() if query else None, body() if body else None, answer() if answer else None,
                status, page, writes, needs_match, refusals, codes, body_stream, limit, secret, forms,
            )  # fmt: skip
            self.operations.append(operation)
            view = document(_view(operation, handler), operation)
            self.add_url_rule(
                flask_rule(rule),
                handler.__name__,
                view,
                methods=[method],
                provide_automatic_options=False,
                tags=[self.name],
            )
            return handler

        return declare


def _view(operation: Operation, handler: Any) -> Callable[..., Response]:
    def view(**path: str) -> Response:
        services: Services = current_app.extensions["register"]
        caller = authenticate(services.authority, operation.scope)
        call = parsing.read_call(operation, services, caller, path)
        if operation.limit is None:
            return _carry_out(handler, call).response()
        with limited(services.database, key_of(call), operation.limit):
            return _carry_out(handler, call).response()

    view.__name__ = handler.__name__
    return view


def _carry_out(handler: Any, call: Call) -> Answer:
    if call.operation.body_stream:
        with uploads.taken_in(call):
            return _write(handler, call)
    answer: Answer = _write(handler, call) if call.operation.writes else handler(call)
    return answer


def _write(handler: Write, call: Call) -> Answer:
    try:
        with call.services.database.transaction(call.context) as session:
            return idempotency.once(session, call, lambda: handler(call, session))
    except IntegrityError as error:
        raise as_domain_error(error) from error
