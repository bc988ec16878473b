"""Pages as HTML: the templates, what each of them is given, and the headers that go with it."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, render_template, request

from register_service.web import assets, visitors, words
from register_service.web.page import PAGES, Page, caller_of_page

# No script at all, nothing from elsewhere, and no style but that of our own files. An address in the Referer stays here; without
# one at all a browser would not say in `Origin` where a form comes from.
CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action {form_action}; "
    "frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin"}


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the navigation."""

    text: str
    href: str
    current: bool


def render(template: str, status: int = 200, *, form_action: str = "'self'", **values: Any) -> Response:
    """Give a page. `form_action`: where its forms may lead, as the content policy writes it."""
    response = Response(render_template(template, **values), status, mimetype="text/html")
    response.headers.update(HEADERS)
    response.headers["Content-Security-Policy"] = CONTENT_POLICY.format(form_action=form_action)
    return response


def _given() -> dict[str, Any]:
    caller = caller_of_page()
    return {
        "stylesheets": assets.stylesheets(),
        "theme_class": assets.theme_class(),
        "navigation": [_link(page) for page in PAGES if caller and page.nav and page.role == caller.role],
        "signed_in_as": caller.role if caller else None,
        "csrf_token": visitors.csrf_token() if caller else None,
    }


def _link(page: Page) -> Link:
    here = request.path == page.rule or request.path.startswith(f"{page.rule}/")
    # The first page of a role stands above the others.
    current = request.path == page.rule if page.rule.count("/") == 1 else here
    return Link(page.nav or "", page.rule, current)


def register(app: Flask) -> None:
    """Give every template what the base of them needs, and the words of a register as filters."""
    app.context_processor(_given)
    app.jinja_env.filters.update(words.FILTERS)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
