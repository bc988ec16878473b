"""Small files in DUO's layout, for the tests of the import."""

import gzip
from collections.abc import Sequence
from importlib.resources import files

COMMON = (
    "PROVINCIE", "BEVOEGD GEZAG NUMMER", "INSTELLINGSCODE", "VESTIGINGSCODE", "VESTIGINGSNAAM", "STRAATNAAM",
    "HUISNUMMER-TOEVOEGING", "POSTCODE", "PLAATSNAAM", "GEMEENTENUMMER", "GEMEENTENAAM", "DENOMINATIE",
    "TELEFOONNUMMER", "INTERNETADRES",
)  # fmt: skip
EXTRA = {"po": ("VAKANTIEREGIO",), "vo": ("ONDERWIJSSTRUCTUUR", "VAKANTIEREGIO"), "so": ("SOORT",)}
DEFAULTS = {
    "PROVINCIE": "Gelderland", "INSTELLINGSCODE": "01AA", "VESTIGINGSNAAM": "De Brug", "STRAATNAAM": "Dorpsstraat",
    "HUISNUMMER-TOEVOEGING": "1", "POSTCODE": "6511 AA", "PLAATSNAAM": "NIJMEGEN", "GEMEENTENAAM": "NIJMEGEN",
    "DENOMINATIE": "Openbaar", "INTERNETADRES": "www.example.nl", "SOORT": "SO", "ONDERWIJSSTRUCTUUR": "HAVO/VWO",
}  # fmt: skip
REAL = (
    "alle-schoolvestigingen-basisonderwijs.csv",
    "alle-vestigingen-vo.csv",
    "alle-vestigingen-sbo-so-en-vso.csv",
)


def header(sector: str) -> tuple[str, ...]:
    """Give the columns of one kind of file."""
    return (*COMMON, *EXTRA[sector])


def line(sector: str, code: str, **cells: str) -> str:
    """Give one line; empty cells are a single space, as DUO writes them. Dashes and spaces in a name become `_`."""
    values = {**DEFAULTS, "VESTIGINGSCODE": code, "INSTELLINGSCODE": code[:4]}
    values.update({name.replace("_", " "): value for name, value in cells.items()})
    return ";".join(values.get(column) or " " for column in header(sector))


def content(sector: str, lines: Sequence[str], encoding: str = "cp1252") -> bytes:
    """Put lines together to a file as DUO publishes it."""
    return "".join(f"{text}\r\n" for text in (";".join(header(sector)), *lines)).encode(encoding)


def real(name: str) -> bytes:
    """Give one of DUO's own files, as shipped with the demo region."""
    return gzip.decompress((files("register_service.demo") / "data" / f"{name}.gz").read_bytes())
