"""The registratie of the generated leraren: the periods that the rules give, and what was decided on the way. Pure, seeded.

Every period comes from `registratie.rules`. What is drawn is what people do: who lacks something at the end of a period
makes it up, asks for uitstel, or does not; who leaves has the registratie struck off, or lets it run out.
"""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from register_service.demo.activiteit_draft import Dossier
from register_service.demo.calendar import REFERENCE_DATE
from register_service.demo.nascholing_words import DOORHALING, DOORHALING_EVEN, UITSTEL
from register_service.demo.registratie_filling import fill_after, fill_before, lacking
from register_service.demo.registratie_records import DoorhalingRecord, RegistratieperiodeRecord, UitstelRecord
from register_service.registratie.rules.course import (
    GEREGISTREERD,
    ONDER_VOORWAARDEN,
    course_of,
    end_of,
    periods_until,
)
from register_service.registratie.rules.facts import FOREVER, Dagen, Feiten, Periode, read_feiten
from register_service.registratie.rules.norms import Regelingen

_STRIKES_OFF = {"pensioen": 0.6, "buiten-onderwijs": 0.15, "buiten-regio": 0.1}
_ASKS_UITSTEL, _ASKS_AHEAD, _STOPS_A_WHILE = 0.03, 0.05, 0.004
_AHEAD = timedelta(days=120)


@dataclass(slots=True)
class Registratie:
    """The registratie of one leraar while it is drawn; `feiten` holds the periods so far."""

    rng: random.Random
    ids: Iterator[uuid.UUID]
    dossier: Dossier
    regelingen: Regelingen
    feiten: Feiten
    uitstellen: list[UitstelRecord] = field(default_factory=list)
    doorhalingen: list[DoorhalingRecord] = field(default_factory=list)

    def draw(self) -> None:
        """Go on to the reference date."""
        leaves = self._leaves_on()
        if leaves is not None:
            self._go_on(leaves)
            self._strike_off(leaves)
        self._go_on(REFERENCE_DATE)
        self._ask_ahead()

    def perioden(self) -> list[RegistratieperiodeRecord]:
        """Give the rows of the periods."""
        return [
            RegistratieperiodeRecord(uuid.UUID(one.id), self.feiten.nummer, one.begindatum, one.einddatum, one.grond)
            for one in self.feiten.perioden
        ]

    def _go_on(self, horizon: date) -> None:
        """Let the rules give the periods up to a day; when one is not met at its end, see what is done about it."""
        seen: set[str | None] = set()
        while True:
            self._let_the_rules_go_on(horizon)
            last = self.feiten.perioden[-1] if self.feiten.perioden else None
            if last is None or last.einddatum >= horizon or last.id in seen or not self._is_working(last):
                return
            if not self._ask_uitstel(last):
                seen.add(last.id)
                self._make_up(last, horizon)

    def _let_the_rules_go_on(self, horizon: date) -> None:
        self.feiten = replace(self.feiten, uren=tuple(self.dossier.counted))
        found = periods_until(self.feiten, self.regelingen, horizon)
        stored = tuple([one if one.id else one._replace(id=str(next(self.ids))) for one in found])
        self.feiten = replace(self.feiten, perioden=stored)

    def _is_working(self, periode: Periode) -> bool:
        return self.dossier.career.last >= periode.einddatum - timedelta(days=60)

    def _make_up(self, periode: Periode, horizon: date) -> None:
        zeal, drawn = self.dossier.career.zeal, self.rng.random()
        missing = lacking(self.feiten, self.regelingen, periode, periode.einddatum)
        if missing.werkuren:
            return
        if drawn < zeal.catches_up:
            fill_before(self.dossier, missing, periode)
        elif self.rng.random() < zeal.made_good:
            fill_after(self.dossier, missing, periode, self.regelingen, horizon)

    def _ask_uitstel(self, periode: Periode) -> bool:
        if periode.uitstel_maanden or self.rng.random() >= _ASKS_UITSTEL:
            return False
        self._give_uitstel(periode, periode.einddatum - timedelta(days=self.rng.randint(5, 100)))
        return True

    def _ask_ahead(self) -> None:
        """Some ask for uitstel of the period that runs, before its end."""
        last = self.feiten.perioden[-1] if self.feiten.perioden else None
        if last is None or self.feiten.doorhalingen or last.uitstel_maanden or self.dossier.career.left:
            return
        soon = last.einddatum - _AHEAD <= REFERENCE_DATE <= last.einddatum
        if soon and self.rng.random() < _ASKS_AHEAD:
            self._give_uitstel(last, REFERENCE_DATE - timedelta(days=self.rng.randint(0, 20)))

    def _give_uitstel(self, periode: Periode, besluit: date) -> None:
        maanden = self.rng.choice((3, 6, 6, 12, 12, 24))
        assert periode.id is not None
        self.uitstellen.append(
            UitstelRecord(
                next(self.ids), self.feiten.nummer, uuid.UUID(periode.id), maanden, self.rng.choice(UITSTEL[maanden]), besluit
            )
        )  # fmt: skip
        end = end_of(periode.begindatum, self.regelingen.on(periode.begindatum), maanden)
        longer = periode._replace(einddatum=end, uitstel_maanden=maanden)
        self.feiten = replace(self.feiten, perioden=(*self.feiten.perioden[:-1], longer))

    def _leaves_on(self) -> date | None:
        """Give the day from which the registratie is struck off, if that is asked for."""
        career, drawn = self.dossier.career, self.rng.random()
        if career.left is None:
            early = career.first + timedelta(days=self.rng.randint(400, 1_000))
            return early if drawn < _STOPS_A_WHILE and early < REFERENCE_DATE - timedelta(days=400) else None
        day = career.last + timedelta(days=self.rng.randint(1, 120))
        return day if drawn < _STRIKES_OFF.get(career.left, 0) and day <= REFERENCE_DATE else None

    def _strike_off(self, day: date) -> None:
        if course_of(self.feiten, self.regelingen, day).status not in (GEREGISTREERD, ONDER_VOORWAARDEN):
            return
        left = self.dossier.career.left
        tot = None if left else day + timedelta(days=self.rng.randint(60, 300))
        motivering = self.rng.choice(DOORHALING[left] if left else DOORHALING_EVEN)
        self.doorhalingen.append(DoorhalingRecord(next(self.ids), self.feiten.nummer, day, tot, motivering))
        self.feiten = replace(self.feiten, doorhalingen=(Dagen(day, tot or FOREVER),))


def facts_of(dossier: Dossier, regelingen: Regelingen) -> Feiten:
    """Give what the rules see of a leraar beside activiteiten, in the words of the SQL function `registratiefeiten`."""
    career = dossier.career
    bevoegd = [
        {"soort": row.soort, "vanaf": row.behaald_op.isoformat(), "tot": row.geldig_tot and row.geldig_tot.isoformat()}
        for row in career.person.bevoegdheden
        if row.verificatie != "afgewezen"
    ]
    werk = [
        {
            "begindatum": row.begindatum.isoformat(),
            "einddatum": row.einddatum and row.einddatum.isoformat(),
            "betrekkingsomvang": row.betrekkingsomvang,
            "sector": career.sectors[row.vestiging],
        }
        for row in career.person.aanstellingen
    ]
    given = {"nummer": career.leraar, "geregistreerdOp": career.person.leraar.geregistreerd_op.isoformat()}
    nothing: dict[str, list[object]] = {name: [] for name in ("perioden", "doorhalingen", "uren", "ingediend")}
    return read_feiten({**nothing, **given, "bevoegd": bevoegd, "werk": werk}, regelingen)
