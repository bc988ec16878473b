"""The reports: which there are, one of them with its form, charts and tables, and the files."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from markupsafe import Markup

from register_service.access.models import ClientSoort
from register_service.api.call import Call
from register_service.core.fields import Choice
from register_service.rapportages import queries
from register_service.rapportages.forms import FORMS, filename
from register_service.rapportages.parameters import NAMES
from register_service.rapportages.rapport import Rapport
from register_service.rapportages.renderers import svg
from register_service.rapportages.schemas import VraagQuery
from register_service.web.auditor.asking import RapportPageQuery, asked_for, fields_of
from register_service.web.auditor.tables import pages_of, parts_of, signs_of
from register_service.web.page import page
from register_service.web.rendering import HEADERS, render

blueprint = Blueprint("auditor", __name__, template_folder="templates")
_FORM_NAMES = {"csv": "CSV", "xlsx": "Excel (XLSX)", "json": "JSON"}


@page(blueprint, "/rapportages", role=ClientSoort.AUDITOR, purpose="rapporten opsommen", nav="Rapporten")
def reports(call: Call) -> Any:
    """Show which reports there are, and what each tells."""
    return render("auditor/rapportages.html", reports=queries.listed(call.caller.role), names=NAMES)


@page(
    blueprint,
    "/rapportages/{naam}",
    role=ClientSoort.AUDITOR,
    purpose="rapport opvragen",
    query=RapportPageQuery,
    shows_errors=True,
)
def report(call: Call) -> Any:
    """Show a report, or what is wrong with what was asked."""
    dataset = queries.dataset_of(call)
    vraag, rapport, errors = asked_for(call, dataset)
    return render(
        "auditor/rapportage.html",
        400 if errors else 200,
        dataset=dataset,
        fields=fields_of(call, dataset, vraag, errors),
        errors=[(error.location.strip("/"), error.detail) for error in errors],
        rapport=rapport,
        **(_shown(rapport, call.query.get("bladzijde", 1)) if rapport else {}),
    )


class BestandQuery(VraagQuery):
    """The question, and the form of the file."""

    formaat = Choice(tuple(FORMS), codelist="RapportFormaat", required=True)


@page(
    blueprint, "/rapportages/{naam}/bestand", role=ClientSoort.AUDITOR, purpose="rapport opvragen", query=BestandQuery
)
def file(call: Call) -> Any:
    """Give a report as a file."""
    name = call.query["formaat"]
    rapport = queries.report(call, name)
    answer = Response(FORMS[name].write(rapport), mimetype=FORMS[name].mediatype)
    answer.headers.update(HEADERS)
    answer.headers["Content-Disposition"] = f'attachment; filename="{filename(rapport, name)}"'
    return answer


def _shown(rapport: Rapport, number: int) -> dict[str, Any]:
    pages = pages_of(rapport.tabel)
    parts = parts_of(rapport.tabel, min(number, pages))
    here, question = f"/rapportages/{rapport.naam}", urlencode(rapport.vraag)
    return {
        "parts": parts,
        "signs": signs_of(parts),
        "charts": _charts(rapport) if rapport.aantal_rijen else [],
        "permanent": f"{here}?{question}",
        "address": f"{request.host_url.rstrip('/')}{here}?{question}",
        "number": min(number, pages),
        "pages": pages,
        "files": [
            (name, f"{here}/bestand?{question}&formaat={form}") for form, name in _FORM_NAMES.items() if form in FORMS
        ],
    }


def _charts(rapport: Rapport) -> list[dict[str, Any]]:
    return [
        {
            "titel": grafiek.titel,
            "uitleg": grafiek.uitleg,
            # The renderer escapes every name in it.
            "wide": Markup(svg.draw(grafiek, rapport.tabel, f"breed-{n}")),  # noqa: S704
            "narrow": Markup(svg.draw(grafiek, rapport.tabel, f"smal-{n}", narrow=True)),  # noqa: S704
        }
        for n, grafiek in enumerate(rapport.grafieken, 1)
    ]
