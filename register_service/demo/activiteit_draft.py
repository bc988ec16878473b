"""The activiteiten of one leraar while they are drawn: written down, submitted, judged. Pure, seeded."""

import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from register_service.demo.aanbod_runs import Run
from register_service.demo.activiteit_subjects import Subject
from register_service.demo.calendar import DAY, REFERENCE_DATE, long_tail
from register_service.demo.nascholing_career import Career
from register_service.demo.nascholing_records import ActiviteitRecord
from register_service.demo.nascholing_uren import Uren, hours_of
from register_service.demo.nascholing_words import AFWIJZING, AFWIJZING_DUBBEL, AFWIJZING_STUDIEDAG
from register_service.demo.validators import Validators
from register_service.registratie.rules.facts import Uren as Counted

_NONE = hours_of(0)
# Since this day the validators are behind with their work.
_BEHIND = date(2026, 8, 20)
_CONFIRMED_BY_MISTAKE, _WITHDRAWN, _REPORTED_TWICE, _STAYS_CONCEPT, _REJECTED = 0.006, 0.014, 0.012, 0.03, 0.035
# Concepts that were forgotten are not older than this.
_FORGOTTEN = date(2024, 8, 1)


class Besluit(NamedTuple):
    """Where an activiteit stands, in the order of its columns."""

    status: str
    ingediend_op: date | None = None
    beoordeeld_op: date | None = None
    beoordeeld_door: str | None = None
    afwijzing: str | None = None


class What(NamedTuple):
    """What was done: the part of a row that is the same whoever reported it."""

    soort: str
    titel: str
    uren: Uren
    door: str | None
    begin: date
    end: date


@dataclass(slots=True)
class Dossier:
    """What one leraar did. `counted`: what the rules of the registratie see of it; `ingetrokken`: by whom, by id.

    `been`: aanbod that the leraar was at; `done`: titles of the rest.
    """

    rng: random.Random
    ids: Iterator[uuid.UUID]
    career: Career
    validators: Validators
    records: list[ActiviteitRecord] = field(default_factory=list)
    counted: list[Counted] = field(default_factory=list)
    ingetrokken: dict[uuid.UUID, str] = field(default_factory=dict)
    been: set[uuid.UUID] = field(default_factory=set)
    done: set[str] = field(default_factory=set)

    def attend(self, run: Run, bestuur: str | None = None) -> None:
        """Write down that the leraar was with a group of the catalogue, as the aanbieder (or a bestuur) confirmed."""
        record, uren = run.entry.record, run.uren
        what = What(record.soort, record.titel, uren, run.entry.aanbieder, run.begin, run.end)
        by = "bestuur" if bestuur else "aanbieder"
        withdrawn = by if self.rng.random() < _CONFIRMED_BY_MISTAKE else None
        self._add(
            what, Besluit("goedgekeurd", None, run.confirmed), by, bestuur,
            aanbod=record.id, alone=(record.zelfstudie, record.toets), withdrawn=withdrawn,
        )  # fmt: skip
        self.been.add(record.id)

    def report(
        self, subject: Subject, uren: Uren, days: tuple[date, date], reported: date, *, by: date | None = None
    ) -> None:
        """Write down what the leraar reported; with `by` it was approved at the latest on that day."""
        self.done.add(subject.titel)
        what = What(subject.soort, subject.titel, uren, subject.door, *days)
        besluit = self.approved(reported, days[0], by) if by else self.judged(reported)
        withdrawn = "leraar" if by is None and besluit.status != "concept" and self.rng.random() < _WITHDRAWN else None
        self._add(what, besluit, "leraar", None, withdrawn=withdrawn)

    def report_studiedag(self, titel: str, uren: Uren, day: date, reported: date, bestuur: str) -> None:
        """Write down a day of the own team, that the bestuur reported; some leraren report it once more."""
        what = What("studiedag", titel, uren, "eigen school", day, day)
        self._add(what, self.judged(reported, AFWIJZING_STUDIEDAG), "bestuur", bestuur)
        if self.rng.random() < _REPORTED_TWICE:
            twice = self.judged(min(REFERENCE_DATE, reported + self.rng.randint(5, 60) * DAY))
            if twice.status == "goedgekeurd":
                twice = twice._replace(status="afgewezen", afwijzing=AFWIJZING_DUBBEL)
            self._add(what._replace(titel=titel.replace(" met het team", "")), twice, "leraar", None)

    def judged(self, reported: date, reasons: Sequence[str] = AFWIJZING) -> Besluit:
        """Draw what became of something that was reported on a day; of `reasons`, why when it was rejected."""
        rng = self.rng
        if reported > REFERENCE_DATE or (reported > _FORGOTTEN and rng.random() < _STAYS_CONCEPT):
            return Besluit("concept")
        decided = weekday(reported + timedelta(days=1 + long_tail(rng, 90 if reported >= _BEHIND else 14)))
        validator = self._validator(decided)
        if decided > REFERENCE_DATE or validator is None:
            return Besluit("ingediend", reported)
        if rng.random() < _REJECTED:
            return Besluit("afgewezen", reported, decided, validator, reasons[int(rng.random() * len(reasons))])
        return Besluit("goedgekeurd", reported, decided, validator)

    def approved(self, reported: date, begin: date, by: date) -> Besluit:
        """Give an approval on a day at the latest, if there is anybody to give it."""
        decided = min(by, weekday(reported + timedelta(days=self.rng.randint(1, 25))))
        validator = self._validator(begin)
        return Besluit("goedgekeurd", reported, decided, validator) if validator else Besluit("ingediend", reported)

    def _validator(self, day: date) -> str | None:
        return self.validators.draw(self.rng, self.career.besturen, self.career.sector_on(day))

    def _add(
        self, what: What, besluit: Besluit, gemeld_door: str, bestuur: str | None, *,
        aanbod: uuid.UUID | None = None, alone: tuple[Decimal, bool] | None = None, withdrawn: str | None = None,
    ) -> None:  # fmt: skip
        uren, by_oneself = what.uren, what.soort == "zelfstudie"
        zelfstudie, toets = alone or (uren.registeruren if by_oneself else _NONE, by_oneself)
        shared = gemeld_door != "bestuur" and self.rng.random() < self.career.shares
        record = ActiviteitRecord(
            next(self.ids), what.soort, what.titel, *uren.split, zelfstudie, toets, self.career.leraar, gemeld_door, bestuur,
            aanbod, what.door, what.begin, what.end, *besluit, shared,
        )  # fmt: skip
        self.records.append(record)
        if withdrawn:
            self.ingetrokken[record.id] = withdrawn
        elif besluit.beoordeeld_op is not None and besluit.status == "goedgekeurd":
            self.counted.append(Counted(what.end, besluit.beoordeeld_op, uren.halves, uren.primair, uren.of_vak))


def weekday(day: date) -> date:
    """Give the first day from a day on that is no Saturday or Sunday."""
    return day + max(0, 7 - day.weekday()) * DAY if day.weekday() > 4 else day
