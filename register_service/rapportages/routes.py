"""Routes of reports."""

from collections.abc import Iterable

import orjson
from flask import request

from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call
from register_service.api.operation import RegisterBlueprint
from register_service.api.reading import tagged
from register_service.api.schemas import page_schema
from register_service.rapportages import queries, werklijst
from register_service.rapportages.forms import FORMS, filename
from register_service.rapportages.schemas import (
    RapportagesSchema,
    RapportQuery,
    RapportSchema,
    WerklijstQuery,
    WerklijstRegelSchema,
)

blueprint = RegisterBlueprint(
    "rapportages", __name__, "Rapporten over de regio: van een verzegeld tijdstip, en nooit over minder dan vijf mensen"
)


@blueprint.read("/rapportages", scope=Scope.RAPPORTAGES_LEZEN, purpose="rapporten opsommen", answer=RapportagesSchema)
def list_rapportages(call: Call) -> Answer:
    """Haal op welke rapporten er zijn, en wat ze vertellen."""
    # Nothing of it comes from PostgreSQL but whether the caller still holds.
    call.services.database.read(call.context)
    return tagged(orjson.dumps({"items": queries.listed(call.caller.role), "volgende": None}))


@blueprint.read(
    "/rapportages/{naam}",
    scope=Scope.RAPPORTAGES_LEZEN,
    purpose="rapport opvragen",
    query=RapportQuery,
    answer=RapportSchema,
    codes={
        400: ("onbekende-dimensie", "einde-voor-begin", "geen-schooljaar", "onbekende-groep"),
        403: ("niet-voor-bestuur",),
        503: ("rapport-duurt-te-lang",),
    },
    forms={name: form.mediatype for name, form in FORMS.items()},
)
def get_rapport(call: Call) -> Answer:
    """Haal een rapport op, van een verzegeld tijdstip.

    Aantallen onder de vijf mensen en wat ze zou verraden, worden niet getoond. Hetzelfde verzoek met het `beschikbaarOp` uit het
    antwoord geeft altijd precies hetzelfde.
    """
    name = call.query.get("formaat") or _accepted()
    form = FORMS[name]
    rapport = queries.report(call, name)
    answer = tagged(form.write(rapport))
    answer.headers["Vary"] = "Accept"
    if answer.body:
        answer.headers["Content-Type"] = form.mediatype
    if name != "json":
        answer.headers["Content-Disposition"] = f'attachment; filename="{filename(rapport, name)}"'
    return answer


@blueprint.read(
    "/rapportages/gegevenskwaliteit/werklijst",
    scope=Scope.RAPPORTAGES_LEZEN,
    purpose="werklijst opvragen",
    query=WerklijstQuery,
    answer=page_schema(WerklijstRegelSchema),
    page=True,
    codes={400: ("onbekende-groep",), 403: ("alleen-voor-bestuur",), 503: ("rapport-duurt-te-lang",)},
    forms={"json": "application/json", "csv": FORMS["csv"].mediatype},
)
def list_werklijst(call: Call) -> Answer:
    """Haal de werklijst van uw bestuur op: bij wie wat ontbreekt, te laat is of elkaar tegenspreekt, en wat u kunt doen.

    Als JSON per pagina, als CSV de hele lijst in één keer; `limiet` en `cursor` gelden dan niet. Wie op de lijst staat, ziet dat
    u keek.
    """
    werklijst.require_own(call)
    if (call.query.get("formaat") or _accepted(("json", "csv"))) == "csv":
        return werklijst.whole(call)
    return werklijst.paged(call)


def _accepted(names: Iterable[str] = FORMS) -> str:
    known = {FORMS[name].mediatype: name for name in names}
    return known[request.accept_mimetypes.best_match(list(known), default="application/json")]
