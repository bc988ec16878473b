"""The demo region: which besturen there are, which real vestigingen are theirs, and who works together. Pure.

The vo besturen and their vestigingen are DUO's own. DUO's files as we have them name no bestuur for po and so, and hold
no mbo at all. So real po and so vestigingen around Nijmegen, Arnhem and Venlo are given to made-up besturen (90xxx, a
range DUO does not use; "Demobestuur" in the name), and one made-up mbo school (99ZZ) is added.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from register_service.organisaties.doubles import unique
from register_service.organisaties.duo import DuoFile, DuoRow

DEMO_HR_BESTUUR = "41285"
"""The bestuur whose HR system signs in in the first `make run`."""

MEMBERS_SINCE = date(2016, 8, 1)


@dataclass(frozen=True, slots=True)
class DemoBestuur:
    """A bestuur of the region. A made-up one is given the vestigingen of `sector` in `gemeenten`.

    `openbaar` narrows them to public (True) or other (False) schools; `staff` is teachers per vestiging, as a weight.
    """

    nummer: str
    naam: str
    sector: str
    staff: int
    gemeenten: tuple[str, ...] = ()
    openbaar: bool | None = None

    def governs(self, row: DuoRow) -> bool:
        """Tell whether a vestiging for which DUO names no bestuur is given to this one."""
        return (
            row.sector == self.sector
            and row.gemeente in self.gemeenten
            and self.openbaar in (None, row.denominatie == "Openbaar")
        )


@dataclass(frozen=True, slots=True)
class DemoPartnerschap:
    """A partnership Samen Opleiden of the region."""

    naam: str
    opleidingen: tuple[str, ...]
    besturen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Workplace:
    """A vestiging where leraren of the demo work."""

    code: str
    sector: str
    bestuur: str


MBO_BESTUUR = "90301"
MBO_BRIN = "99ZZ"
MBO_NAAM = "Demo-mbo Zuidoost"
MBO_VESTIGINGEN = (
    ("99ZZ00", "NIJMEGEN", "Gelderland"),
    ("99ZZ01", "ARNHEM", "Gelderland"),
    ("99ZZ02", "VENLO", "Limburg"),
)

BESTUREN = (
    DemoBestuur("41285", "Bestuur 41285 (Nijmegen e.o.)", "vo", 36),
    DemoBestuur("41391", "Bestuur 41391 (Limburg)", "vo", 22),
    DemoBestuur("41440", "Bestuur 41440 (Over-Betuwe e.o.)", "vo", 30),
    DemoBestuur("41300", "Bestuur 41300 (Arnhem e.o.)", "vo", 30),
    DemoBestuur("40375", "Bestuur 40375 (Nijmegen en Berg en Dal)", "vo", 40),
    DemoBestuur("40930", "Bestuur 40930 (Rheden e.o.)", "vo", 30),
    DemoBestuur("41164", "Bestuur 41164 (praktijkonderwijs Nijmegen e.o.)", "vo", 18),
    DemoBestuur("44813", "Bestuur 44813 (Venlo)", "vo", 30),
    DemoBestuur("41211", "Bestuur 41211 (Land van Cuijk e.o.)", "vo", 24),
    DemoBestuur("90101", "Demobestuur po Nijmegen (bijzonder)", "po", 13, ("NIJMEGEN",), openbaar=False),
    DemoBestuur("90102", "Demobestuur po Nijmegen (openbaar)", "po", 13, ("NIJMEGEN",), openbaar=True),
    DemoBestuur("90103", "Demobestuur po Arnhem (bijzonder)", "po", 12, ("ARNHEM",), openbaar=False),
    DemoBestuur("90104", "Demobestuur po Arnhem (openbaar)", "po", 12, ("ARNHEM",), openbaar=True),
    DemoBestuur("90105", "Demobestuur po Venlo", "po", 12, ("VENLO",)),
    DemoBestuur("90106", "Demobestuur po Maas en Waal", "po", 10, ("WIJCHEN", "BEUNINGEN", "DRUTEN")),
    DemoBestuur("90107", "Demobestuur po Betuwe", "po", 10, ("OVERBETUWE", "LINGEWAARD")),
    DemoBestuur("90108", "Demobestuur po Venray e.o.", "po", 10, ("VENRAY", "HORST AAN DE MAAS")),
    DemoBestuur("90201", "Demobestuur so Nijmegen e.o.", "so", 16, ("NIJMEGEN", "BERG EN DAL", "WIJCHEN")),
    DemoBestuur("90202", "Demobestuur so Arnhem", "so", 16, ("ARNHEM",)),
    DemoBestuur("90203", "Demobestuur so Noord-Limburg", "so", 14, ("VENLO", "VENRAY")),
    DemoBestuur(MBO_BESTUUR, "Demobestuur mbo Gelderland en Limburg", "mbo", 110),
)

_HAN_PABO, _HAN_EDUCATIE = "HAN Pabo", "HAN Academie Educatie"
_RADBOUD, _ARTEZ = "Radboud Docenten Academie", "ArtEZ docentenopleidingen"

PARTNERSCHAPPEN = (
    DemoPartnerschap(
        "Demopartnerschap vo Nijmegen e.o.", (_HAN_EDUCATIE, _RADBOUD, _ARTEZ), ("41285", "40375", "41164", "41211")
    ),
    DemoPartnerschap("Demopartnerschap vo Arnhem e.o.", (_HAN_EDUCATIE, _RADBOUD, _ARTEZ), ("41440", "41300", "40930")),
    DemoPartnerschap("Demopartnerschap vo en mbo Limburg", (_HAN_EDUCATIE, _ARTEZ), ("41391", "44813", "90301")),
    DemoPartnerschap(
        "Demopartnerschap po en so Nijmegen e.o.", (_HAN_PABO, _ARTEZ), ("90101", "90102", "90106", "90201")
    ),
    DemoPartnerschap("Demopartnerschap po en so Arnhem en Betuwe", (_HAN_PABO,), ("90103", "90104", "90107", "90202")),
    DemoPartnerschap("Demopartnerschap po en so Noord-Limburg", (_HAN_PABO,), ("90105", "90108", "90203")),
)


def assign_besturen(files: Iterable[DuoFile]) -> list[DuoFile]:
    """Fill in the made-up bestuur of every real po and so vestiging of the region, as if DUO's file had named it."""
    return [replace(file, rows=tuple(_assigned(row) for row in file.rows)) for file in files]


def workplaces(files: Sequence[DuoFile]) -> dict[str, list[Workplace]]:
    """Give the vestigingen of each bestuur of the region, by code; a bestuur without any is left out."""
    known = {bestuur.nummer for bestuur in BESTUREN}
    found: dict[str, list[Workplace]] = defaultdict(list)
    for row in unique(row for file in files for row in file.rows).rows:
        if row.bestuur_nummer in known:
            found[row.bestuur_nummer].append(Workplace(row.code, row.sector, row.bestuur_nummer))
    found[MBO_BESTUUR] = [Workplace(code, "mbo", MBO_BESTUUR) for code, _, _ in MBO_VESTIGINGEN]
    return {nummer: sorted(found[nummer], key=lambda workplace: workplace.code) for nummer in sorted(found)}


def _assigned(row: DuoRow) -> DuoRow:
    if row.bestuur_nummer is not None:
        return row
    bestuur = next((bestuur for bestuur in BESTUREN if bestuur.governs(row)), None)
    return replace(row, bestuur_nummer=bestuur.nummer) if bestuur else row
