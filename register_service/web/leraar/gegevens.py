"""The leraar's own data: what is known of the person, and all of the dossier in one file to take along."""

from typing import Any

import orjson
from flask import Response

from register_service.api.call import Call
from register_service.api.reading import Read, fetch_all
from register_service.core import clock
from register_service.dossiers.export import EXPORT
from register_service.dossiers.queries_inzagen import INZAGEN
from register_service.inductie import queries as inductie
from register_service.leraren import queries as leraren
from register_service.registratie import queries as registratie
from register_service.web.leraar.blueprint import own_page
from register_service.web.leraar.reading import first_of, own_number, own_values, read_own
from register_service.web.rendering import HEADERS, render


@own_page("/mijn/gegevens", purpose="eigen gegevens bekijken", nav="Gegevens")
def data(call: Call) -> Any:
    """Show what is known of the person, and how to take all of it along."""
    return render("leraar/gegevens.html", **read_own(call, {"leraar": leraren.LERAAR}))


@own_page("/mijn/gegevens.json", purpose="eigen gegevens meenemen")
def data_file(call: Call) -> Any:
    """Give the whole dossier as a file: what is kept, what follows from it today, and who looked."""
    own = own_values(call, vanaf=None, tot=None, after="", limit=None)
    kept, registered, progress, induction, looks = fetch_all(
        call,
        Read(EXPORT, own),
        Read(registratie.REGISTRATIE, own),
        Read(registratie.VOORTGANG, own),
        Read(inductie.OF_LERAAR, own),
        Read(INZAGEN, own, paged=True),
    )
    whole = {
        "registratienummer": own_number(call),
        "gemaaktOp": clock.now().isoformat(timespec="seconds"),
        "dossier": first_of(kept),
        "vandaag": {
            "registratie": first_of(registered),
            "voortgang": first_of(progress),
            "inductie": first_of(induction)["items"],
        },
        "inzagen": [orjson.loads(row[0]) for row in looks if row[0] is not None],
    }
    return _attachment(whole)


def _attachment(whole: dict[str, Any]) -> Response:
    response = Response(orjson.dumps(whole, option=orjson.OPT_INDENT_2), mimetype="application/json")
    response.headers.update(HEADERS)
    # Without the number: the name of a file in a folder of downloads is seen by others.
    response.headers["Content-Disposition"] = 'attachment; filename="mijn-dossier.json"'
    return response
