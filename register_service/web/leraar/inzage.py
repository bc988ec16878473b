"""Who looked in the dossier: per month, who and what for, each with the last looks below it; and every single look."""

from datetime import date
from typing import Any

from register_service.api.call import Call
from register_service.core.fields import Day, Text
from register_service.core.schema import ApiSchema
from register_service.dossiers.queries_inzagen import GROEPEN, INZAGEN
from register_service.web.leraar import onderdelen
from register_service.web.leraar.actors import who_looked
from register_service.web.leraar.blueprint import own_page
from register_service.web.leraar.reading import Listed, read_list
from register_service.web.page import query_errors
from register_service.web.rendering import render

_ON_PAGE = 40
_PURPOSE = "nagaan wie in het eigen dossier keek"


class InzagePageQuery(ApiSchema):
    """The period, and where the list goes on."""

    vanaf = Day()
    tot = Day()
    cursor = Text(200)


@own_page("/mijn/inzage", purpose=_PURPOSE, nav="Wie keek er?", query=InzagePageQuery, shows_errors=True)
def looks(call: Call) -> Any:
    """Show who looked, grouped per month."""
    return _show(call, "leraar/inzage.html", GROEPEN)


@own_page("/mijn/inzage/elke-keer", purpose=_PURPOSE, query=InzagePageQuery, shows_errors=True)
def every_look(call: Call) -> Any:
    """Show each single look."""
    return _show(call, "leraar/inzage_elke_keer.html", INZAGEN)


def _show(call: Call, template: str, source: Any) -> Any:
    errors = {error.location.lstrip("/"): error.detail for error in query_errors()}
    vanaf, tot = call.query.get("vanaf"), call.query.get("tot")
    if vanaf and tot and vanaf > tot:
        errors["tot"] = "Deze dag ligt voor de eerste. Kies een latere dag, of laat hem leeg."
    listed = Listed([], None) if errors else read_list(call, source, _ON_PAGE, vanaf=vanaf, tot=tot)
    return render(
        template,
        400 if errors else 200,
        items=[_told(item) for item in listed.items],
        following=listed.following,
        period=_period(vanaf, tot),
        vanaf=vanaf,
        tot=tot,
        continued="cursor" in call.query,
        errors=errors,
    )


def _told(item: dict[str, Any]) -> dict[str, Any]:
    if "groep" in item:
        return {**_told(item["groep"]), "inzagen": [_told(one) for one in item["inzagen"]]}
    parts = onderdelen.named(item["onderdelen"])
    return {**item, "wie": who_looked(item), "doel": onderdelen.told(item["doel"]), "parts": parts}


def _period(vanaf: date | None, tot: date | None) -> str:
    # As it goes on in the address of the next page.
    return "".join(f"&{name}={day.isoformat()}" for name, day in (("vanaf", vanaf), ("tot", tot)) if day)
