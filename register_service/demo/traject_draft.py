"""A traject while it is drawn: its rows so far, and what the rules make of them. Pure."""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

import orjson

from register_service.demo.calendar import DAY, REFERENCE_DATE
from register_service.demo.traject_line import Leg, Person
from register_service.demo.traject_records import (
    BegeleidingRecord,
    GesprekRecord,
    InstemmingRecord,
    ObservatieRecord,
    OnderbrekingRecord,
    PeriodeRecord,
    ProgrammaRecord,
    ScoreRecord,
    TrajectRecord,
    VerlengingRecord,
)
from register_service.demo.traject_staff import Somebody
from register_service.inductie.models import CRITERIA
from register_service.inductie.rules import facts as rules
from register_service.inductie.rules.course import Course, course_of
from register_service.inductie.rules.credit import credit_of
from register_service.inductie.rules.dues import Dues, dues_of
from register_service.inductie.rules.norms import Norms


@dataclass(frozen=True, slots=True)
class Regeling:
    """Figures that hold for a sector from a day to a day."""

    id: uuid.UUID
    sector: str
    geldig_vanaf: date
    geldig_tot: date | None
    norms: Norms


@dataclass(frozen=True, slots=True)
class End:
    """How a traject ended: judged (`resultaat`) or stopped (`reden`)."""

    datum: date
    resultaat: str | None = None
    vervroegd: bool = False
    motivering: str | None = None
    meegedeeld_op: date | None = None
    reden: str | None = None


@dataclass(frozen=True, slots=True)
class Exemption:
    """Why somebody need not do an inductie."""

    grond: str
    motivering: str | None


@dataclass(slots=True)
class Draft:
    """One traject. `earlier`: id and credited days of the one that it follows; `legs`: where the leraar worked meanwhile.

    `followed`: another traject comes after it, unless this one is judged.
    """

    rng: random.Random
    ids: Iterator[uuid.UUID]
    person: Person
    regeling: Regeling
    startdatum: date
    legs: list[Leg]
    earlier: tuple[uuid.UUID, int] | None = None
    followed: bool = False
    exemption: Exemption | None = None
    end: End | None = None
    # Who is in charge, by id of the stay; and the surnames around the starter, so that nobody guides whom he is in charge of.
    managers: dict[uuid.UUID, Somebody] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    periodes: list[PeriodeRecord] = field(default_factory=list)
    onderbrekingen: list[OnderbrekingRecord] = field(default_factory=list)
    verlengingen: list[VerlengingRecord] = field(default_factory=list)
    programmas: list[ProgrammaRecord] = field(default_factory=list)
    begeleidingen: list[BegeleidingRecord] = field(default_factory=list)
    observaties: list[ObservatieRecord] = field(default_factory=list)
    scores: list[ScoreRecord] = field(default_factory=list)
    gesprekken: list[GesprekRecord] = field(default_factory=list)
    instemmingen: list[InstemmingRecord] = field(default_factory=list)
    id: uuid.UUID = field(init=False)

    def __post_init__(self) -> None:
        """Take the first of the ids."""
        self.id = next(self.ids)

    @property
    def leraar(self) -> str:
        """Give the number of the leraar."""
        return self.person.leraar.registratienummer

    @property
    def earlier_days(self) -> int:
        """Give the days that an earlier traject gave."""
        return self.earlier[1] if self.earlier else 0

    @property
    def last_day(self) -> date:
        """Give the last day on which something can have happened."""
        return self.end.datum if self.end else REFERENCE_DATE

    def of(self, bestuur: str) -> tuple[uuid.UUID, uuid.UUID, str, str]:
        """Give what every row of a fact begins with."""
        return next(self.ids), self.id, self.leraar, bestuur

    def stay_on(self, day: date) -> PeriodeRecord | None:
        """Give the stay that a day falls in."""
        return next((f for f in self.periodes if f.begindatum <= day <= (f.einddatum or date.max)), None)

    def bestuur_on(self, day: date) -> str:
        """Give the bestuur that had the leraar on a day, or else the last one before it."""
        return [f for f in self.periodes if f.begindatum <= day or f is self.periodes[0]][-1].bestuur

    def is_present(self, day: date) -> bool:
        """Tell whether the leraar is at a vestiging on a day, and not on leave."""
        away = any(f.begindatum <= day <= (f.einddatum or date.max) for f in self.onderbrekingen)
        return not away and self.stay_on(day) is not None

    def leave_around(self, day: date) -> OnderbrekingRecord | None:
        """Give the interruption that a day falls in."""
        return next((f for f in self.onderbrekingen if f.begindatum <= day <= (f.einddatum or date.max)), None)

    def dues(self) -> Dues:
        """Work out what is due of what is drawn so far: gesprekken and years."""
        facts = self.facts()
        return dues_of(facts, credit_of(facts))

    def course(self) -> Course:
        """Work out the course of what is drawn so far."""
        return course_of(self.facts())

    def facts(self) -> rules.Facts:
        """Give everything as the rules know it: as they read it from the views inductiefeiten and inductieomgeving."""
        return replace(
            self._decided(),
            verblijven=tuple(
                rules.Verblijf(str(f.id), f.bestuur, f.vestiging, f.begindatum, f.einddatum) for f in self.periodes
            ),
            onderbrekingen=tuple(
                rules.Onderbreking(str(f.id), f.begindatum, f.einddatum) for f in self.onderbrekingen
            ),
            programmas=tuple(_programma(f) for f in self.programmas),
            begeleidingen=tuple(
                rules.Begeleiding(str(f.id), f.rol, f.begindatum, f.einddatum) for f in self.begeleidingen
            ),
            gesprekken=tuple(rules.Gesprek(str(f.id), f.datum) for f in self.gesprekken),
            observaties=tuple(rules.Observatie(str(f.id), f.datum) for f in self.observaties),
            aanstellingen=self.person.aanstellingen_as_facts(),
            bevoegdheden=self.person.bevoegdheden_as_facts(),
        )  # fmt: skip

    def _decided(self) -> rules.Facts:
        end = self.end
        judged = None
        if end and end.resultaat:
            judged = rules.Afronding(
                end.datum, end.resultaat, end.vervroegd, end.motivering is not None, end.meegedeeld_op
            )
        return rules.Facts(
            startdatum=self.startdatum,
            norms=self.regeling.norms,
            vrijgesteld=self.exemption is not None,
            eerder_dagen=self.earlier_days,
            verlengingen=tuple(rules.Verlenging(str(f.id), f.maanden, f.besluitdatum) for f in self.verlengingen),
            afronding=judged,
            gestopt_op=end.datum if end and not judged else None,
        )

    def record(self) -> TrajectRecord:
        """Give the row of the traject itself, with its course."""
        end, exempt = self.end or End(date.min), self.exemption
        return TrajectRecord(
            id=self.id,
            leraar=self.leraar,
            sector=self.regeling.sector,
            startdatum=self.startdatum,
            regeling=self.regeling.id,
            vervolg_op=self.earlier[0] if self.earlier else None,
            vrijstelling_grond=exempt.grond if exempt else None,
            vrijstelling_motivering=exempt.motivering if exempt else None,
            afgerond_op=end.datum if end.resultaat else None,
            resultaat=end.resultaat,
            motivering=end.motivering,
            vervroegd=end.vervroegd,
            meegedeeld_op=end.meegedeeld_op,
            gestopt_op=end.datum if end.reden else None,
            stop_reden=end.reden,
            verloop=orjson.dumps(self.course().as_json()).decode(),
        )


def school_day(day: date, *, forward: bool = False) -> date:
    """Give the nearest day before (or after) a day, that day included, on which there are lessons."""
    while day.weekday() > 4 or _in_holiday(day):
        day += DAY if forward else -DAY
    return day


def _in_holiday(day: date) -> bool:
    # Summer and Christmas: roughly, as the three regions of the Netherlands differ.
    return (
        (7, 12) <= (day.month, day.day) <= (8, 23) or (day.month, day.day) >= (12, 22) or (day.month, day.day) <= (1, 5)
    )


def _programma(record: ProgrammaRecord) -> rules.Programma:
    planned, realised = (
        {
            json: hours
            for json, column in zip(rules.CRITERIA, CRITERIA, strict=True)
            if (hours := getattr(record, f"{column}_{kind}")) is not None
        }
        for kind in ("gepland", "gerealiseerd")
    )
    return rules.Programma(str(record.id), record.jaar, planned, realised, record.lesreductie)
