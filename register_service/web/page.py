"""The way in for pages: who a page is for and why it opens a dossier, and the machinery of the API around it.

A page is read as a route of the API is: the same `Call`, so that the log of who looked, row-level security and "not there, or
not for you" are the same. In this order: the session (303 to sign in), its role (403), what is wrong with the address (400), the
handler. `PAGES` lists them all, in the order of the navigation; one test walks them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, g, redirect, request
from marshmallow import Schema
from sqlalchemy.orm import Session

from register_service.access.caller import Caller
from register_service.access.models import ClientSoort
from register_service.access.scopes import Scope
from register_service.api.call import Call, Services
from register_service.api.operation import Operation
from register_service.api.paths import flask_rule
from register_service.core.errors import FieldError, Forbidden, Invalid
from register_service.core.validation import load
from register_service.web import visitors

Show = Callable[[Call], Any]
Take = Callable[[Call, Session], Any]
SIGN_IN = "/aanmelden"
# What everybody with a role may do; the role itself is what a page asks for.
_SCOPES: Mapping[ClientSoort | None, Scope] = {
    None: Scope.OPEN,
    ClientSoort.LERAAR: Scope.LERAREN_LEZEN,
    ClientSoort.AUDITOR: Scope.ORGANISATIES_LEZEN,
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page, or with POST the form on one. `role`: who may open it, None for anybody; `nav`: its name in the navigation."""

    rule: str
    endpoint: str
    role: ClientSoort | None
    nav: str | None
    operation: Operation
    shows_errors: bool = False


PAGES: list[Page] = []


def page(
    blueprint: Blueprint,
    rule: str,
    *,
    role: ClientSoort | None,
    purpose: str,
    nav: str | None = None,
    query: type[Schema] | None = None,
    shows_errors: bool = False,
) -> Callable[[Show], Show]:
    """Declare a page that reads.

    With `shows_errors` it shows itself what is wrong with its query (`query_errors()`); otherwise that is a page of its own.
    """

    def declare(handler: Show) -> Show:
        operation = _operation("GET", rule, role, purpose, handler, query=query)
        _add(blueprint, Page(rule, handler.__name__, role, nav, operation, shows_errors), handler)
        return handler

    return declare


def form(
    blueprint: Blueprint,
    rule: str,
    *,
    role: ClientSoort,
    purpose: str,
    event: str,
    body: type[Schema] | None = None,
) -> Callable[[Take], Take]:
    """Declare what a form does, inside the one transaction of a write; `event` is what the journal says of it."""

    def declare(handler: Take) -> Take:
        operation = _operation("POST", rule, role, purpose, handler, event=event, body=body)
        _add(blueprint, Page(rule, handler.__name__, role, None, operation), handler)
        return handler

    return declare


def query_errors() -> list[FieldError]:
    """Give what is wrong with the query of this request, for a page that `shows_errors`."""
    errors: list[FieldError] = g.get("query_errors", [])
    return errors


def caller_of_page() -> Caller | None:
    """Give who signed in, as far as this request asked for it."""
    caller: Caller | None = g.get("page_caller")
    return caller


def to_sign_in(*, expired: bool = False) -> Response:
    """Lead to the page where one signs in, and back here afterwards, if here is a page that can be asked for again."""
    here = request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else ""
    asked = {**({"next": here} if here else {}), **({"verlopen": "ja"} if expired else {})}
    return _response(redirect(f"{SIGN_IN}?{urlencode(asked)}" if asked else SIGN_IN, 303))


def _operation(
    method: Literal["GET", "POST"],
    rule: str,
    role: ClientSoort | None,
    purpose: str,
    handler: Any,
    *,
    event: str = "",
    query: type[Schema] | None = None,
    body: type[Schema] | None = None,
) -> Operation:
    if not purpose or (method == "POST" and not event):
        raise TypeError(f"{method} {rule} names no purpose or no event")
    summary = (handler.__doc__ or "").strip().partition("\n")[0]
    return Operation(
        method, rule, _SCOPES[role], purpose, event, summary, "",
        query() if query else None, body() if body else None, None,
        200, page=False, writes=method == "POST", needs_match=False, refusals=(), codes={},
    )  # fmt: skip


def _add(blueprint: Blueprint, what: Page, handler: Any) -> None:
    PAGES.append(what)

    def view(**path: str) -> Response:
        services: Services = current_app.extensions["register"]
        caller = g.page_caller = visitors.find(services)
        if caller is None and what.role is not None:
            return to_sign_in(expired=visitors.was_signed_in())
        if caller is not None and what.role not in (None, caller.role):
            raise Forbidden(f"Deze pagina is voor een {what.role}. U bent aangemeld als {caller.role}.")
        call = _read_call(what, services, caller or visitors.NOBODY, path)
        return _response(_carry_out(what, handler, call))

    view.__name__ = handler.__name__
    blueprint.add_url_rule(
        flask_rule(what.rule),
        handler.__name__,
        view,
        methods=[what.operation.method],
        provide_automatic_options=False,
    )


def _read_call(what: Page, services: Services, caller: Caller, path: dict[str, str]) -> Call:
    errors: list[FieldError] = []
    query = _given(what.operation.query, request.args.items(multi=True), "query", errors)
    if errors and not what.shows_errors:
        raise Invalid(errors)
    g.query_errors = errors
    body: dict[str, Any] = {}
    if what.operation.writes:
        visitors.require_own_form()
        body = _given(what.operation.body, request.form.items(multi=True), "body", errors)
        if errors:
            raise Invalid(errors)
    return Call(what.operation, services, caller, path, query, body)


def _given(schema: Schema | None, pairs: Any, place: str, errors: list[FieldError]) -> dict[str, Any]:
    # A form sends what was left empty as well. What a page does not know is not looked at: a link from elsewhere may carry more.
    if schema is None:
        return {}
    known = {field.data_key for field in schema.fields.values()}
    return load(schema, {name: value for name, value in pairs if value and name in known}, place, errors)


def _carry_out(what: Page, handler: Any, call: Call) -> Any:
    if not what.operation.writes:
        return handler(call)
    with call.services.database.transaction(call.context) as session:
        return handler(call, session)


def _response(answer: Any) -> Response:
    response: Response = current_app.make_response(answer)
    return response
