"""What the log of who looked says, in words for a leraar: the parts of a dossier, and what a look was for. Pure."""

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
_DOELEN = {
    "aanwezigheid bij aanbod bevestigen": "bevestigen dat u bij een activiteit was",
    "openbare verificatie": "nagaan of u een bevoegde leraar bent",
}


def named(parts: Iterable[str]) -> list[str]:
    """Name parts such as `bevoegdheden/historie`, each once, in the order given."""
    return list(dict.fromkeys(_name(part) for part in parts))


def told(doel: str) -> str:
    """Say what a look was for: een lijst van leraren bekijken, where the log has leraren opsommen."""
    what, _, verb = doel.rpartition(" ")
    if verb == "raadplegen":
        return f"{what.replace('historie van', 'geschiedenis van', 1)} bekijken"
    return f"een lijst van {what} bekijken" if verb == "opsommen" else _DOELEN.get(doel, doel)


def _name(part: str) -> str:
    what, _, below = part.partition("/")
    name = _NAMES.get(what, plain(what))
    if below == "historie":
        return f"geschiedenis van {name}"
    return _NAMES.get(below, name) if below else name
