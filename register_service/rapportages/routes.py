"""Routes of reports."""

import orjson
from flask import request

from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call
from register_service.api.operation import RegisterBlueprint
from register_service.api.reading import tagged
from register_service.rapportages import queries
from register_service.rapportages.forms import FORMS, filename
from register_service.rapportages.schemas import RapportagesSchema, RapportQuery, RapportSchema

blueprint = RegisterBlueprint(
    "rapportages", __name__, "Rapporten over de regio: van een verzegeld tijdstip, en nooit over minder dan vijf mensen"
)


@blueprint.read("/rapportages", scope=Scope.RAPPORTAGES_LEZEN, purpose="rapporten opsommen", answer=RapportagesSchema)
def list_rapportages(call: Call) -> Answer:
    """Haal op welke rapporten er zijn, en wat ze vertellen."""
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
    rapport = queries.report(call)
    answer = tagged(form.write(rapport))
    answer.headers["Vary"] = "Accept"
    if answer.body:
        answer.headers["Content-Type"] = form.mediatype
    if name != "json":
        answer.headers["Content-Disposition"] = f'attachment; filename="{filename(rapport, name)}"'
    return answer


def _accepted() -> str:
    best = request.accept_mimetypes.best_match([form.mediatype for form in FORMS.values()], default="application/json")
    return next(name for name, form in FORMS.items() if form.mediatype == best)
