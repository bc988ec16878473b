"""The parts of a dossier, as the log of who looked calls them, in words. Pure."""

from collections.abc import Iterable

from register_service.web.words import plain

_NAMES = {
    "leraar": "persoonsgegevens",
    "registratie": "registratie",
    "voortgang": "voortgang van de registratie",
    "inductietrajecten": "inductie",
    "programmas": "inductieprogramma",
    "periodes": "verblijven tijdens de inductie",
    "begeleiders": "begeleiders",
    "tijdlijn": "tijdlijn van de inductie",
    "scores": "wat in een les is gezien",
    "kandidaat": "dat u in het register staat",
    "aanwezigheid": "dat u bij een activiteit was",
    "inhoud": "inhoud van bewijsstukken",
    "inzagen": "wie er in uw dossier keek",
    "verificatie": "toestemming voor openbare verificatie",
}


def named(parts: Iterable[str]) -> list[str]:
    """Name parts such as `bevoegdheden/historie`, each once, in the order given."""
    return list(dict.fromkeys(_name(part) for part in parts))


def _name(part: str) -> str:
    what, _, below = part.partition("/")
    name = _NAMES.get(what, plain(what))
    if below == "historie":
        return f"geschiedenis van {name}"
    return _NAMES.get(below, name) if below else name
