"""What a leraar did to keep professionalising, and how far that is from what a next period asks."""

from typing import Any

from register_service.api.call import Call
from register_service.api.reading import Read, fetch_all
from register_service.core.errors import NotFound
from register_service.core.fields import Text
from register_service.core.schema import ApiSchema
from register_service.professionalisering.queries import ACTIVITEIT
from register_service.professionalisering.schemas import status_field
from register_service.registratie.queries import VOORTGANG
from register_service.web.leraar import queries, words
from register_service.web.leraar.blueprint import own_page
from register_service.web.leraar.reading import first_of, list_of, list_read, own_values, read_own
from register_service.web.rendering import render

_ON_PAGE = 20
_PURPOSE = "eigen professionalisering bekijken"


class ActiviteitenPageQuery(ApiSchema):
    """Which activiteiten, and where the list goes on."""

    cursor = Text(200)
    status = status_field()


@own_page("/mijn/professionalisering", purpose=_PURPOSE, nav="Professionalisering", query=ActiviteitenPageQuery)
def professional_development(call: Call) -> Any:
    """Show progress with each requirement, and activiteiten, the newest first."""
    own, status = own_values(call), call.query.get("status")
    progress, states, rows = fetch_all(
        call,
        Read(VOORTGANG, own),
        Read(queries.STATES, own),
        list_read(call, queries.ACTIVITEITEN, _ON_PAGE, status=status),
    )
    listed = list_of(queries.ACTIVITEITEN, rows, _ON_PAGE)
    return render(
        "leraar/professionalisering.html",
        voortgang=first_of(progress),
        states=first_of(states),
        activiteiten=listed.items,
        following=listed.following,
        chosen=status,
        continued="cursor" in call.query,
        words=words,
    )


@own_page("/mijn/activiteiten/{id}", purpose=_PURPOSE)
def activity(call: Call) -> Any:
    """Show one activiteit, whole. Raises NotFound."""
    found = read_own(call, {"activiteit": ACTIVITEIT, "names": queries.NAMES}, id=call.path["id"])
    if found["activiteit"] is None:
        raise NotFound
    return render("leraar/activiteit.html", one=found["activiteit"], names=found["names"], words=words)
