"""Reads DUO's files of vestigingen: bytes in, rows and refusals out. Pure: no database, no clock, no file system.

Source: DUO open onderwijsdata, "Adressen van alle (school)vestigingen" for po, vo and sbo/so/vso. The format is
Windows-1252, `;`, CRLF, a single space for an empty cell. Files that passed through other hands are read as well:
UTF-8 (with or without a byte order mark), quoted cells, bare LF, extra columns, columns in another order.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from register_service.organisaties.rules import BRIN, VESTIGINGSCODE

KIND_MARKERS = {"so": "SOORT", "vo": "ONDERWIJSSTRUCTUUR", "po": "VAKANTIEREGIO"}
"""Per sector the column that tells its file. `vo` has VAKANTIEREGIO too, so the order matters."""

REQUIRED_COLUMNS = (
    "PROVINCIE", "BEVOEGD GEZAG NUMMER", "INSTELLINGSCODE", "VESTIGINGSCODE", "VESTIGINGSNAAM", "STRAATNAAM",
    "HUISNUMMER-TOEVOEGING", "POSTCODE", "PLAATSNAAM", "GEMEENTENAAM", "DENOMINATIE", "INTERNETADRES",
)  # fmt: skip

SOORTEN = {"SBAO": "sbo", "SBO": "sbo", "SO": "so", "VSO": "vso", "(V)SO": "so-vso", "SO/VSO": "so-vso"}
"""DUO's SOORT in the words of the register; `(V)SO` is one vestiging that gives both so and vso."""

LONGEST = {"VESTIGINGSNAAM": 300, "STRAATNAAM": 300, "HUISNUMMER-TOEVOEGING": 100, "POSTCODE": 50, "INTERNETADRES": 500}
"""Longest cell in characters, as the API promises; 200 where not named."""

_LONGEST_OTHER = 200
_UNREADABLE = "\ufffd"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_PHONE_NUMBER = re.compile(r"[0-9 ()+/.-]+", re.ASCII)


class DuoFileError(ValueError):
    """A file that cannot be read as one of DUO's files at all; the message is Dutch and names the file."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something said about one line of a file: 1-based line number (the header is line 1) and a Dutch reason."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class DuoRow:
    """One vestiging as DUO gives it; empty cells are None. `bestuur_nummer` is as written, known or not."""

    file: str
    line: int
    code: str
    brin: str
    sector: str
    naam: str
    soort: str | None
    straat: str | None
    huisnummer: str | None
    postcode: str | None
    plaats: str | None
    gemeente: str | None
    provincie: str | None
    denominatie: str | None
    internetadres: str | None
    onderwijsstructuur: str | None
    bestuur_nummer: str | None


@dataclass(frozen=True, slots=True)
class DuoFile:
    """What one file holds: good rows (doubles included), refused lines, and remarks about rows that were kept.

    `mentioned` has every vestigingscode the file speaks of, refused rows included: those are not to be closed.
    """

    name: str
    sector: str
    rows: tuple[DuoRow, ...]
    refusals: tuple[Finding, ...]
    remarks: tuple[Finding, ...]
    mentioned: frozenset[str]


def parse(name: str, content: bytes) -> DuoFile:
    """Read one file. Raises DuoFileError when it is empty, no DUO file, of unknown kind, or without any row."""
    lines = _decode(name, content).split("\n")
    header = _header(name, lines[0])
    reader = _Reader(name, _sector(name, header), header)
    for line, text in enumerate(lines[1:], start=2):
        if text.strip():
            reader.read(line, text.removesuffix("\r"))
    if not reader.rows and not reader.refusals:
        raise DuoFileError(f"{name}: het bestand heeft alleen een kopregel en geen enkele vestiging.")
    return reader.result()


def _decode(name: str, content: bytes) -> str:
    """Give the text; bytes that cannot be read become U+FFFD, so that only their own row is refused."""
    if not content.strip():
        raise DuoFileError(f"{name}: het bestand is leeg.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DuoFileError(f"{name}: het bestand is UTF-16; verwacht wordt Windows-1252 of UTF-8.")
    if content.startswith(b"\xef\xbb\xbf"):
        return content[3:].decode("utf-8", errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _header(name: str, line: str) -> list[str]:
    cells = _cells(line.removesuffix("\r")) or []
    header = [cell.upper() for cell in cells]
    missing = [column for column in REQUIRED_COLUMNS if column not in header]
    if missing:
        raise DuoFileError(
            f"{name}: dit is geen DUO-bestand met vestigingen; in de kopregel ontbreekt: {', '.join(missing[:3])}"
            f"{' en meer' if len(missing) > 3 else ''}."
        )
    double = sorted({column for column in header if column and header.count(column) > 1})
    if double:
        raise DuoFileError(f"{name}: in de kopregel staat een kolom dubbel: {', '.join(double)}.")
    return header


def _sector(name: str, header: list[str]) -> str:
    """Tell the kind of file from its header alone, never from its name."""
    if KIND_MARKERS["so"] in header and KIND_MARKERS["vo"] in header:
        raise DuoFileError(f"{name}: onbekende soort bestand; SOORT (so) en ONDERWIJSSTRUCTUUR (vo) staan er beide in.")
    for sector, marker in KIND_MARKERS.items():
        if marker in header:
            return sector
    raise DuoFileError(
        f"{name}: onbekende soort bestand; verwacht SOORT (so), ONDERWIJSSTRUCTUUR (vo) of VAKANTIEREGIO (po)."
    )


def _cells(text: str) -> list[str] | None:
    """Split one line; None when its quotes do not match. A cell never spans lines, so an error stays on its line."""
    try:
        cells = next(csv.reader([text], delimiter=";", strict=True))
    except (csv.Error, StopIteration):
        return None
    return [" ".join(cell.split()) for cell in cells]


class _Reader:
    """Collects the rows and refusals of one file."""

    def __init__(self, name: str, sector: str, header: list[str]) -> None:
        self._name = name
        self._sector = sector
        self._header = header
        self.rows: list[DuoRow] = []
        self.refusals: list[Finding] = []
        self._remarks: list[Finding] = []
        self._mentioned: set[str] = set()

    def read(self, line: int, text: str) -> None:
        """Take one line, as a row or as a refusal."""
        cells = _cells(text)
        self._mentioned.update(_codes(cells if cells is not None else text.split(";")))
        named = dict(zip(self._header, cells or (), strict=False))
        reason = self._unreadable(text, cells) or next(self._faults(named), None)
        if reason is None:
            self.rows.append(self._row(line, named))
        else:
            self.refusals.append(Finding(self._name, line, reason))

    def result(self) -> DuoFile:
        """Give what was read."""
        return DuoFile(
            self._name,
            self._sector,
            tuple(self.rows),
            tuple(self.refusals),
            tuple(self._remarks),
            frozenset(self._mentioned),
        )

    def _unreadable(self, text: str, cells: list[str] | None) -> str | None:
        if _UNREADABLE in text:
            return "bevat bytes die in de tekenset van het bestand niet bestaan"
        if cells is None:
            return "aanhalingstekens kloppen niet"
        if len(cells) != len(self._header):
            return f"heeft {len(cells)} kolommen in plaats van {len(self._header)}"
        if any(_CONTROL.search(cell) for cell in cells):
            return "bevat een besturingsteken"
        return None

    def _faults(self, cells: Mapping[str, str]) -> Iterator[str]:
        brin, code = cells.get("INSTELLINGSCODE", ""), cells.get("VESTIGINGSCODE", "")
        if BRIN.fullmatch(brin) is None:
            yield f"INSTELLINGSCODE '{brin}' is geen BRIN (twee cijfers, twee hoofdletters)"
        if VESTIGINGSCODE.fullmatch(code) is None:
            yield f"VESTIGINGSCODE '{code}' is geen vestigingscode (BRIN en twee cijfers)"
        if not code.startswith(brin):
            yield f"VESTIGINGSCODE '{code}' begint niet met INSTELLINGSCODE '{brin}'"
        if not cells.get("VESTIGINGSNAAM"):
            yield "VESTIGINGSNAAM is leeg"
        for column in (*REQUIRED_COLUMNS, "ONDERWIJSSTRUCTUUR"):
            if len(cells.get(column, "")) > LONGEST.get(column, _LONGEST_OTHER):
                yield f"{column} is langer dan {LONGEST.get(column, _LONGEST_OTHER)} tekens"
        if self._sector == "so" and cells.get("SOORT", "").upper() not in SOORTEN:
            yield f"SOORT '{cells.get('SOORT', '')}' is onbekend (SBAO, SO, VSO of (V)SO)"

    def _row(self, line: int, cells: Mapping[str, str]) -> DuoRow:
        return DuoRow(
            file=self._name,
            line=line,
            code=cells["VESTIGINGSCODE"],
            brin=cells["INSTELLINGSCODE"],
            sector=self._sector,
            naam=cells["VESTIGINGSNAAM"],
            soort=SOORTEN[cells["SOORT"].upper()] if self._sector == "so" else None,
            straat=cells["STRAATNAAM"] or None,
            huisnummer=cells["HUISNUMMER-TOEVOEGING"] or None,
            postcode=cells["POSTCODE"] or None,
            plaats=cells["PLAATSNAAM"] or None,
            gemeente=cells["GEMEENTENAAM"] or None,
            provincie=cells["PROVINCIE"] or None,
            denominatie=cells["DENOMINATIE"] or None,
            internetadres=self._internetadres(line, cells["INTERNETADRES"]),
            onderwijsstructuur=cells["ONDERWIJSSTRUCTUUR"] or None if self._sector == "vo" else None,
            bestuur_nummer=cells["BEVOEGD GEZAG NUMMER"] or None,
        )

    def _internetadres(self, line: int, value: str) -> str | None:
        """Leave out what is plainly a telephone number; other slips are DUO's own text and stay as they are."""
        if value and _PHONE_NUMBER.fullmatch(value):
            self._remarks.append(Finding(self._name, line, f"INTERNETADRES '{value}' is geen webadres: weggelaten"))
            return None
        return value or None


def _codes(cells: list[str]) -> Iterator[str]:
    return (cell.strip() for cell in cells if VESTIGINGSCODE.fullmatch(cell.strip()))
