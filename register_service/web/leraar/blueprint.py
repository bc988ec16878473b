"""Where the pages of a leraar are declared."""

from collections.abc import Callable

from flask import Blueprint
from marshmallow import Schema

from register_service.access.models import ClientSoort
from register_service.web.page import Show, page

blueprint = Blueprint("leraar", __name__, template_folder="templates")


def own_page(
    rule: str, *, purpose: str, nav: str | None = None, query: type[Schema] | None = None, shows_errors: bool = False
) -> Callable[[Show], Show]:
    """Declare a page of the leraar who signed in."""
    return page(
        blueprint, rule, role=ClientSoort.LERAAR, purpose=purpose, nav=nav, query=query, shows_errors=shows_errors
    )
