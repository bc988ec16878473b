"""A report as it goes to whoever asked: what renderers turn into JSON, CSV, a spreadsheet or a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from register_service.rapportages.rules.grafiek import Grafiek
from register_service.rapportages.rules.tabel import Tabel


@dataclass(frozen=True, slots=True)
class Controlepunt:
    """The checkpoint of the journal that a report rests on: `size` rows, Merkle root in base64, the signed text."""

    size: int
    root: str
    note: str


@dataclass(frozen=True, slots=True)
class Rapport:
    """A report, with all that is needed to make it again: nothing in it depends on when, where or by whom it was made.

    `parameters`: what was asked, as pairs of a Dutch name and text, and in `vraag` as query parameters (camelCase) that ask for
    the very same again. `beschikbaar_op`: the sealed moment, aware. `controlepunt` is None before the journal began.
    """

    naam: str
    titel: str
    definitie: str
    toelichting: tuple[str, ...]
    parameters: tuple[tuple[str, str], ...]
    vraag: Mapping[str, str]
    beschikbaar_op: datetime
    controlepunt: Controlepunt | None
    tabel: Tabel
    grafieken: tuple[Grafiek, ...]

    @property
    def aantal_rijen(self) -> int:
        """The number of rows, without that of the total."""
        return len(self.tabel.rijen)
