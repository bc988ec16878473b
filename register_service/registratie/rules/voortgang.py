"""How far somebody is with each requirement on a day, what is missing, and whether that is on course."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from register_service.registratie.rules.facts import Feiten
from register_service.registratie.rules.norms import Regelingen
from register_service.registratie.rules.stand import Voortgangstand, stand_on
from register_service.registratie.rules.tally import hours_of

# The requirements in the order of a Telling, and how much of it is one hour.
EISEN = {"registeruren": 2, "primair": 2, "vakinhoudelijk": 2, "werkuren": 1}


class Eis(NamedTuple):
    """A requirement: hours that count, are needed and are missing; `percentage` whole, rounded down, 100 when it is met."""

    eis: str
    behaald: float
    nodig: float
    ontbreekt: float
    percentage: int
    voldaan: bool


@dataclass(frozen=True, slots=True)
class Voortgang:
    """The progress of a leraar on a day: of the period that runs or is made good; of who is verlopen, of the years before.

    `vanaf` and `tot`: the days of which it counts, and by when; None and no `eisen` where nothing is to be reached.
    `verstreken` and `percentage`: whole percents of the time and of all that is needed. `ingediend`: registeruren that wait
    for a validator. Hours are in steps of 0.5, so that a float is exact.
    """

    nummer: str
    peildatum: date
    status: str | None
    vanaf: date | None = None
    tot: date | None = None
    sector: str | None = None
    verstreken: int = 0
    percentage: int = 0
    voldaan: bool = False
    op_koers: bool = False
    ingediend: float = 0.0
    eisen: tuple[Eis, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Give the form that the API answers with."""
        return {
            "registratienummer": self.nummer,
            "peildatum": self.peildatum.isoformat(),
            "status": self.status,
            "vanaf": None if self.vanaf is None else self.vanaf.isoformat(),
            "tot": None if self.tot is None else self.tot.isoformat(),
            "sector": self.sector,
            "verstreken": self.verstreken,
            "percentage": self.percentage,
            "voldaan": self.voldaan,
            "opKoers": self.op_koers,
            "ingediend": self.ingediend,
            "eisen": [
                {
                    "eis": name,
                    "behaald": got,
                    "nodig": asked,
                    "ontbreekt": lacking,
                    "percentage": share,
                    "voldaan": done,
                }
                for name, got, asked, lacking, share, done in self.eisen
            ],
        }


def voortgang_on(feiten: Feiten, regelingen: Regelingen, day: date) -> Voortgang:
    """Give the progress of a leraar on a day, that day included."""
    return voortgang_of(stand_on(feiten, regelingen, day), day)


def voortgang_of(stand: Voortgangstand, day: date) -> Voortgang:
    """Give the progress on a day on which `stand` holds: only work and time have gone on since."""
    if stand.vanaf is None or stand.eind is None:
        return Voortgang(stand.nummer, day, stand.status)
    work = hours_of(stand.gewerkt + stand.per_dag * (day - stand.dag).days)
    eisen = _eisen((stand.registeruren, stand.primair, stand.vakinhoudelijk, work), stand.nodig)
    asked = [eis.percentage for eis in eisen if eis.nodig]
    length = (stand.eind - stand.vanaf).days + 1
    elapsed = min((day - stand.vanaf).days + 1, length)
    return Voortgang(
        stand.nummer,
        day,
        stand.status,
        stand.vanaf,
        stand.tot,
        stand.sector,
        verstreken=100 * elapsed // length,
        percentage=sum(asked) // len(asked) if asked else 100,
        voldaan=all(eis.voldaan for eis in eisen),
        op_koers=all(_on_course(eis, elapsed, length) for eis in eisen),
        ingediend=stand.ingediend / 2,
        eisen=eisen,
    )


def _eisen(have: Sequence[int], need: Sequence[int]) -> tuple[Eis, ...]:
    found = []
    for (name, unit), got, asked in zip(EISEN.items(), have, need, strict=True):
        share = 100 * min(got, asked) // asked if asked else 100
        found.append(Eis(name, got / unit, asked / unit, max(0, asked - got) / unit, share, got >= asked))
    return tuple(found)


def _on_course(eis: Eis, elapsed: int, length: int) -> bool:
    # Whole hours only: on the first days nobody lags behind for want of a part of one.
    return eis.behaald >= int(eis.nodig * elapsed // length)
