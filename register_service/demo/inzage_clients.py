"""The systems that look in the demo: one of each bestuur and aanbieder, and one of auditors. Pure, and always the same."""

import random
import uuid
from typing import NamedTuple

from register_service.access.clients import DEFAULT_SCOPES
from register_service.access.models import ClientSoort
from register_service.demo.aanbod import Catalogue
from register_service.demo.calendar import fixed_id
from register_service.demo.inzage_records import ClientRecord
from register_service.demo.people import SEED
from register_service.demo.region import BESTUREN

# Far beyond the ids of the nascholing.
_FIRST_ID = 100_000_000


class Kijker(NamedTuple):
    """Who looks, as the log calls that."""

    actor: str
    namens: str | None = None


class Clients:
    """Every system that looks."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Make them, for the besturen of the region and the aanbieders of a catalogue."""
        self._rng = random.Random(f"{SEED}:inzagen:clients")  # noqa: S311 - the demo must be the same every time
        self.records: list[ClientRecord] = []
        self.auditor = self._add(ClientSoort.AUDITOR, "Demo auditor")
        self._besturen = {
            one.nummer: self._add(ClientSoort.BESTUUR, "Demo personeelssysteem", bestuur=one.nummer) for one in BESTUREN
        }
        aanbieders = {
            one.id: self._add(ClientSoort.AANBIEDER, "Demo inschrijfsysteem", aanbieder=one.id)
            for one in catalogue.aanbieders
        }
        self._aanbod = {entry.record.id: aanbieders[entry.record.aanbieder] for entry in catalogue.entries}

    def of_bestuur(self, nummer: str) -> Kijker:
        """Give the system of a bestuur."""
        return self._besturen[nummer]

    def of_aanbod(self, aanbod: uuid.UUID, bestuur: str | None) -> Kijker:
        """Give the system that confirmed who was at aanbod: of a bestuur, or else of the aanbieder."""
        return self._besturen[bestuur] if bestuur else self._aanbod[aanbod]

    def _add(
        self, soort: ClientSoort, naam: str, bestuur: str | None = None, aanbieder: uuid.UUID | None = None
    ) -> Kijker:
        id_ = fixed_id(self._rng, _FIRST_ID + len(self.records))
        client_id = "-".join(part for part in (soort.value, bestuur, f"{self._rng.getrandbits(48):012x}") if part)
        scopes = sorted(scope.value for scope in DEFAULT_SCOPES[soort])
        self.records.append(ClientRecord(id_, client_id, naam, soort.value, bestuur, aanbieder, scopes))
        return Kijker(f"client:{client_id}", f"bestuur:{bestuur}" if bestuur else None)
