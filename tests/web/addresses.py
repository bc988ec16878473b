"""Every page of the application, at an address at which the world has something to show."""

from register_service.web.page import PAGES, Page
from tests.api import activiteiten, registraties, trajecten
from tests.api import world as w

SHOWN = tuple(page for page in PAGES if page.operation.method == "GET")
OF_LERAAR = tuple(page for page in SHOWN if page.role == "leraar")
RAPPORTAGE = "inductie"
ABSENT = "01890000-0000-7000-8000-0000000000ff"
ACTIVITEIT = "01890000-0000-7000-8000-000000000600"
_IDS = {
    "/mijn/bevoegdheden/": w.BEVOEGDHEID,
    "/mijn/aanstellingen/": w.AANSTELLING,
    "/mijn/activiteiten/": ACTIVITEIT,
    "/mijn/registratie/uitstellen/": registraties.UITSTEL,
    "/mijn/inductie/": trajecten.TRAJECT,
}
# What is bestuur B's leraar's, of the same kinds.
_OF_ANOTHER = {
    "/mijn/bevoegdheden/": "01890000-0000-7000-8000-000000000022",
    "/mijn/aanstellingen/": "01890000-0000-7000-8000-000000000023",
    "/mijn/activiteiten/": "01890000-0000-7000-8000-000000000603",
    "/mijn/inductie/": trajecten.VAN_B,
}
assert activiteiten.VOL == w.VOL


def rule_of(page: Page) -> str:
    """Name a page, for pytest's report."""
    return page.rule


def address_of(page: Page) -> str:
    """Give the address of a page with something of VOL's on it."""
    return _filled(page, _IDS)


def address_of_another(page: Page) -> str:
    """Give the address of a page with something that is another leraar's."""
    return _filled(page, _OF_ANOTHER)


def address_of_nothing(page: Page) -> str:
    """Give the address of a page with something that is not there."""
    return page.rule.replace("{id}", ABSENT).replace("{feit}", ABSENT)


def _filled(page: Page, ids: dict[str, str]) -> str:
    identifier = next((found for start, found in ids.items() if page.rule.startswith(start)), ABSENT)
    kind = page.rule.split("/")[4] if "{feit}" in page.rule else ""
    rule = page.rule.replace("{naam}", RAPPORTAGE)
    return rule.replace("{id}", identifier).replace("{feit}", trajecten.FEITEN.get(kind, ABSENT))
