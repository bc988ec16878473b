"""The history of anything in the own dossier: who changed what, when, on whose behalf and why. One page per kind of thing."""

from collections.abc import Callable
from typing import Any, NamedTuple

from register_service.aanstellingen import queries as aanstellingen
from register_service.api.call import Call
from register_service.api.reading import Source
from register_service.bevoegdheden import queries as bevoegdheden
from register_service.core.errors import NotFound
from register_service.core.fields import Count
from register_service.core.schema import ApiSchema
from register_service.inductie import queries as inductie
from register_service.inductie.kinds import KINDS
from register_service.inductie.queries_feiten import READS
from register_service.leraren import queries as leraren
from register_service.professionalisering import queries as professionalisering
from register_service.registratie import queries as registratie
from register_service.registratie import queries_verificatie
from register_service.web.leraar.actors import who_did
from register_service.web.leraar.blueprint import own_page
from register_service.web.leraar.changes import changes_of
from register_service.web.leraar.reading import read_known, read_list
from register_service.web.rendering import render

_ON_PAGE = 25
# More than anything in a dossier has; what lies before the first of them is not shown.
_MOST = 1000


class HistoriePageQuery(ApiSchema):
    """Which page, the first one is the newest."""

    pagina = Count(1, _MOST)


class Kept(NamedTuple):
    """Something whose history is kept: its address, what it is called, where its history is read, and the page it is on."""

    rule: str
    title: str
    source: Source
    back: str


_OF_TRAJECT = "/mijn/inductie/{id}"
_FACTS = {
    "periodes": "dit verblijf",
    "onderbrekingen": "deze onderbreking",
    "verlengingen": "deze verlenging",
    "programmas": "dit inductieprogramma",
    "begeleiders": "deze begeleiding",
    "observaties": "deze observatie",
    "voortgangsgesprekken": "dit voortgangsgesprek",
}
ALL = (
    Kept("/mijn/gegevens", "uw persoonsgegevens", leraren.HISTORIE, "/mijn/gegevens"),
    Kept("/mijn/registratie", "uw registratie", registratie.HISTORIE, "/mijn/registratie"),
    Kept("/mijn/registratie/uitstellen/{id}", "dit uitstel", registratie.UITSTEL_HISTORIE, "/mijn/registratie"),
    Kept("/mijn/registratie/berichten", "uw berichten", registratie.BERICHTEN_HISTORIE, "/mijn/registratie"),
    Kept("/mijn/registratie/verificatie", "uw toestemming", queries_verificatie.HISTORIE, "/mijn/registratie"),
    Kept("/mijn/bevoegdheden/{id}", "deze bevoegdheid", bevoegdheden.HISTORIE, "/mijn/loopbaan"),
    Kept("/mijn/aanstellingen/{id}", "deze aanstelling", aanstellingen.HISTORIE, "/mijn/loopbaan"),
    Kept("/mijn/activiteiten/{id}", "deze activiteit", professionalisering.HISTORIE, "/mijn/professionalisering"),
    Kept(_OF_TRAJECT, "dit inductietraject", inductie.HISTORIE, "/mijn/inductie"),
    *(
        Kept(f"{_OF_TRAJECT}/{kind.path}/{{feit}}", _FACTS[kind.path], READS[kind].history, "/mijn/inductie")
        for kind in KINDS
    ),
)


def _page_of(kept: Kept) -> Callable[[Call], Any]:
    def show(call: Call) -> Any:
        entries = _entries(call, kept)
        known = read_known(call, entries)
        changes = changes_of(entries, known)
        number = call.query.get("pagina", 1)
        shown = changes[(number - 1) * _ON_PAGE : number * _ON_PAGE]
        return render(
            "leraar/historie.html",
            title=f"Geschiedenis van {kept.title}",
            back=kept.back,
            changes=[(one, who_did(one.entry, known)) for one in shown],
            unseen=len(entries) - len(changes),
            number=number,
            more=len(changes) > number * _ON_PAGE,
        )

    show.__name__ = "historie_" + kept.rule.strip("/").replace("/", "_").replace("{", "").replace("}", "")
    show.__doc__ = f"Show the history of something below {kept.rule}. Raises NotFound when it has none."
    return show


def _entries(call: Call, kept: Kept) -> list[Any]:
    try:
        return read_list(call, kept.source, _MOST, **call.path).items
    except NotFound:
        # What everybody has one of may have no history yet; anything else is somebody else's, or nobody's.
        if call.path:
            raise
        return []


for _kept in ALL:
    own_page(f"{_kept.rule}/historie", purpose="eigen geschiedenis bekijken", query=HistoriePageQuery)(_page_of(_kept))
