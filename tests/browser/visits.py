"""Every page, who opens it and at which address: what must hold of each page is tried on all of these.

A page that is in the application and not here fails `test_every_page_is_visited`.
"""

from dataclasses import dataclass
from typing import Any

import psycopg

from register_service.rapportages.datasets import DATASETS
from register_service.runtime.demo_client import DEMO_LERAAR

# A starter in the third year, with whom most is going on.
STARTER = "5200731253"
# An auditor.
NAAM = "Ilse Verbeek"
# Not pages: what a browser fetches or is led past, each with the test that opens it.
NOT_PAGES: dict[str, str] = {
    "/stijl/<name>": "a style sheet or the mark",
    "/aanmelden/<provider>": "leads to the provider",
    "/aanmelden/<provider>/terug": "leads back from the provider",
    "/mijn/gegevens.json": "a file",
    "/rapportages/<naam:naam>/bestand": "a file",
}


@dataclass(frozen=True, slots=True)
class Visit:
    """A page as somebody opens it. `name`: of its pictures; `rule`: the route; `dark`: keep a dark picture too.

    `newcomer`: a provider vouched for somebody whom the register does not know.
    `find` is a query that gives whose dossier it is, and what fills the gaps in `path`.
    """

    name: str
    rule: str
    path: str
    leraar: str | None = None
    auditor: str | None = None
    find: str = ""
    newcomer: bool = False
    status: int = 200
    dark: bool = False
    picture: bool = True

    def address(self, database_url: str) -> tuple[dict[str, str], str]:
        """Give who is signed in (as `begin_session` takes it; empty for nobody) and the path."""
        leraar, values = self.leraar, ()
        if self.find:
            leraar, *values = _row(database_url, self.find)  # type: ignore[assignment]
        if leraar:
            return {"leraar": leraar}, self.path.format(*values)
        return ({"naam": self.auditor} if self.auditor else {}), self.path


def _row(database_url: str, query: str) -> tuple[Any, ...]:
    with psycopg.connect(database_url) as connection:
        row = connection.execute(query).fetchone()  # type: ignore[call-overload] - a constant of this file
    assert row, query
    return tuple(row)


def _of_traject(path: str, table: str) -> Visit:
    rule = f"/mijn/inductie/<id:id>/{path}/<feit:feit>/historie"
    find = (
        f"select t.leraar, t.id, f.id from {table} f join inductietraject t on t.id = f.traject"
        f" order by t.leraar <> '{STARTER}', f.id limit 1"
    )
    return Visit(f"historie-{path}", rule, f"/mijn/inductie/{{}}/{path}/{{}}/historie", find=find, picture=False)


def _of_leraar(path: str, table: str, leraar: str = DEMO_LERAAR) -> Visit:
    find = f"select leraar, id from {table} order by leraar <> '{leraar}', id limit 1"
    return Visit(
        f"historie-{path.rpartition('/')[2]}",
        f"/mijn/{path}/<id:id>/historie",
        f"/mijn/{path}/{{}}/historie",
        find=find,
    )


ANYBODY = (
    Visit("start", "/", "/", dark=True),
    Visit("uitleg", "/uitleg", "/uitleg"),
    Visit("aanmelden", "/aanmelden", "/aanmelden"),
    Visit("aanmelden-verlopen", "/aanmelden", "/aanmelden?verlopen=ja&next=%2Fmijn%2Finductie"),
    Visit("koppelen", "/koppelen", "/koppelen", newcomer=True),
    Visit("afgemeld", "/afgemeld", "/afgemeld"),
    Visit("niet-gevonden", "", "/bestaat-niet", status=404),
)
_TRAJECT = f"select leraar, id from inductietraject where leraar = '{STARTER}'"
LERAAR = (
    Visit("overzicht", "/mijn", "/mijn", DEMO_LERAAR, dark=True),
    Visit("overzicht-starter", "/mijn", "/mijn", STARTER),
    Visit("registratie", "/mijn/registratie", "/mijn/registratie", DEMO_LERAAR),
    Visit("professionalisering", "/mijn/professionalisering", "/mijn/professionalisering", DEMO_LERAAR, dark=True),
    Visit(
        "activiteit",
        "/mijn/activiteiten/<id:id>",
        "/mijn/activiteiten/{}",
        find=f"select leraar, id from activiteit where leraar = '{DEMO_LERAAR}' order by status <> 'goedgekeurd', id limit 1",
    ),
    Visit("inductie", "/mijn/inductie", "/mijn/inductie", STARTER, dark=True),
    Visit("inductietraject", "/mijn/inductie/<id:id>", "/mijn/inductie/{}", find=_TRAJECT, picture=False),
    Visit(
        "inductie-geen",
        "/mijn/inductie",
        "/mijn/inductie",
        find="select registratienummer from leraar l where samengevoegd_met is null and not exists"
        " (select from inductietraject where leraar = l.registratienummer) order by 1 limit 1",
    ),
    Visit("loopbaan", "/mijn/loopbaan", "/mijn/loopbaan", STARTER),
    Visit("gegevens", "/mijn/gegevens", "/mijn/gegevens", STARTER),
    Visit("accounts", "/mijn/accounts", "/mijn/accounts", STARTER),
    Visit("niet-uw-pagina", "", "/mijn/inductie/018f0000-0000-7000-8000-000000000000", STARTER, status=404),
)
INZAGE = (
    Visit("inzage", "/mijn/inzage", "/mijn/inzage", STARTER, dark=True),
    Visit("inzage-fout", "/mijn/inzage", "/mijn/inzage?vanaf=2026-09-01&tot=2026-08-01", STARTER, status=400),
    Visit("inzage-elke-keer", "/mijn/inzage/elke-keer", "/mijn/inzage/elke-keer", STARTER),
)
HISTORIE = (
    Visit("historie-gegevens", "/mijn/gegevens/historie", "/mijn/gegevens/historie", STARTER),
    Visit(
        "historie-registratie", "/mijn/registratie/historie", "/mijn/registratie/historie", DEMO_LERAAR, picture=False
    ),
    Visit(
        "historie-berichten",
        "/mijn/registratie/berichten/historie",
        "/mijn/registratie/berichten/historie",
        DEMO_LERAAR,
        picture=False,
    ),
    Visit(
        "historie-verificatie",
        "/mijn/registratie/verificatie/historie",
        "/mijn/registratie/verificatie/historie",
        STARTER,
        picture=False,
    ),
    _of_leraar("registratie/uitstellen", "uitstel"),
    _of_leraar("bevoegdheden", "bevoegdheid"),
    _of_leraar("aanstellingen", "aanstelling", STARTER),
    _of_leraar("activiteiten", "activiteit"),
    Visit(
        "historie-inductie",
        "/mijn/inductie/<id:id>/historie",
        "/mijn/inductie/{}/historie",
        find=_TRAJECT,
        picture=False,
    ),
    _of_traject("periodes", "inductieperiode"),
    _of_traject("onderbrekingen", "onderbreking"),
    _of_traject("verlengingen", "verlenging"),
    _of_traject("programmas", "inductieprogramma"),
    _of_traject("begeleiders", "begeleiding"),
    _of_traject("observaties", "observatie"),
    _of_traject("voortgangsgesprekken", "voortgangsgesprek"),
)
_RAPPORT = "/rapportages/<naam:naam>"
_NOTHING = "periodeVan=1990-08-01&periodeTot=1991-07-31"
_WRONG = "periodeVan=2026-08-01&periodeTot=2025-07-31&per=leeftijd&vestiging=x&beschikbaarOp=2999-01-01"
AUDITOR = (
    Visit("rapporten", "/rapportages", "/rapportages", auditor=NAAM),
    Visit("rapport-leeg", _RAPPORT, f"/rapportages/inductie?{_NOTHING}", auditor=NAAM),
    Visit("rapport-fout", _RAPPORT, f"/rapportages/inductie?{_WRONG}", auditor=NAAM, status=400),
    Visit("geen-rapport", "", "/rapportages/bestaat-niet", auditor=NAAM, status=404),
    Visit("niet-voor-auditor", "", "/mijn", auditor=NAAM, status=403),
)
RAPPORTEN = tuple(
    Visit(
        f"rapport-{dataset.naam}", _RAPPORT, f"/rapportages/{dataset.naam}", auditor=NAAM, dark=dataset is DATASETS[0]
    )
    for dataset in DATASETS
)
ALL = (*ANYBODY, *LERAAR, *INZAGE, *HISTORIE, *AUDITOR, *RAPPORTEN)
