"""The catalogue of the demo region: made-up aanbieders and what they offer. Pure, and always the same.

The words stand in data/aanbod.json: per aanbieder its subjects, each with the sectors and vakken it is for, how its hours are
split (see `nascholing_uren`), and the forms in which it is given. The KvK numbers begin with four zeros: the first two digits
were once the number of a chamber of commerce, from 01 on, so that nobody has one like these.
"""

import json
import random
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from register_service.demo.calendar import REFERENCE_DATE, WINDOW_START, fixed_id
from register_service.demo.nascholing_records import AanbiederRecord, AanbodRecord
from register_service.demo.nascholing_uren import hours_of, split
from register_service.demo.nascholing_words import AFWIJZING_AANBOD
from register_service.demo.people import SEED

# Far beyond the ids of the trajecten.
_FIRST_ID = 40_000_000
_OLD_UNTIL = date(2021, 7, 31)
_FIRST_CONFERENCE = 2018
_OPEN, _REJECTED = 11, 9


@dataclass(frozen=True, slots=True)
class Form:
    """A way to give a subject: the soort, what is added to the titel, and how many hours it can take."""

    soort: str
    suffix: str
    uren: tuple[float, ...]


FORMS: Mapping[str, Form] = {
    "cursus": Form("cursus", "", (12, 15, 18, 20, 24, 30, 36, 40)),
    "opleiding": Form("opleiding", "", (80, 112, 140, 168)),
    "studiedag": Form("studiedag", ": studiedag voor teams", (5, 5.5, 6, 6.5, 7)),
    "online": Form("zelfstudie", " (online, met eindtoets)", (4, 5, 6, 8, 10, 12.5)),
    "buitenschools": Form("buitenschools", "", (8, 12, 16)),
    "conferentie": Form("conferentie", "", (5.5, 6, 6.5)),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """An aanbod, and whom it is for; no `vakken`: for everybody in these sectors. `verdeling` as in the data."""

    record: AanbodRecord
    aanbieder: str
    sectoren: frozenset[str]
    vakken: frozenset[str]
    verdeling: str


@dataclass(slots=True)
class Catalogue:
    """All of it, in the order in which it was drawn."""

    aanbieders: list[AanbiederRecord] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def validated(self) -> list[Entry]:
        """Give what counts."""
        return [entry for entry in self.entries if entry.record.beoordeling == "gevalideerd"]


@cache
def _data() -> Any:
    return json.loads((files("register_service.demo") / "data" / "aanbod.json").read_text(encoding="utf-8"))


def draw_catalogue(validators: Sequence[str]) -> Catalogue:
    """Draw the aanbieders and their aanbod, judged by these validators; without any it waits for one."""
    rng = random.Random(f"{SEED}:aanbod")  # noqa: S311 - the demo must be the same every time
    drawer = _Drawer(rng, validators)
    for given in _data()["aanbieders"]:
        drawer.add_aanbieder(given)
    for given in _data()["conferenties"]:
        drawer.add_conferences(given)
    if validators:
        drawer.reconsider()
    return drawer.catalogue


class _Drawer:
    def __init__(self, rng: random.Random, validators: Sequence[str]) -> None:
        self.catalogue = Catalogue()
        self._rng = rng
        self._validators = validators
        self._ids: Iterator[uuid.UUID] = (fixed_id(rng, _FIRST_ID + place) for place in range(10_000))

    def add_aanbieder(self, given: Mapping[str, Any]) -> None:
        site = f"https://{given['site']}.example.nl"
        aanbieder = AanbiederRecord(next(self._ids), given["kvk"], given["naam"], site)
        self.catalogue.aanbieders.append(aanbieder)
        for subject in given["onderwerpen"]:
            for name in subject["vormen"]:
                self._add_form(aanbieder, subject, FORMS[name])

    def add_conferences(self, given: Mapping[str, Any]) -> None:
        aanbieder = self.catalogue.aanbieders[given["aanbieder"]]
        for year in range(_FIRST_CONFERENCE, REFERENCE_DATE.year + 1):
            first = date(year, given["maand"], 1)
            titled = {**given, "titel": f"{given['titel']} {year}"}
            self._add(aanbieder, titled, FORMS["conferentie"], first, first + timedelta(days=27))

    def _add_form(self, aanbieder: AanbiederRecord, subject: Mapping[str, Any], form: Form) -> None:
        """Add it once, or in two editions of which the first is past."""
        since = self._rng.random()
        if since < 0.45:
            first = WINDOW_START + timedelta(days=self._rng.randint(30, 500))
            self._add(aanbieder, subject, form, first, None if since < 0.3 else date(2027, 7, 31))
        elif since < 0.65:
            first = WINDOW_START + timedelta(days=self._rng.randint(30, 900))
            self._add(aanbieder, subject, form, first, _OLD_UNTIL)
            self._add(aanbieder, subject, form, _OLD_UNTIL + timedelta(days=1), None)
        else:
            first = date(self._rng.randint(2019, 2025), self._rng.choice((1, 8, 9)), 1)
            self._add(aanbieder, subject, form, first, None)

    def _add(
        self, aanbieder: AanbiederRecord, subject: Mapping[str, Any], form: Form, first: date, last: date | None
    ) -> None:
        halves = int(2 * self._rng.choice(form.uren))
        uren = split(halves, subject["verdeling"])
        alone, toets = self._alone(form, halves)
        beoordeling, door, op = self._judged(first)
        record = AanbodRecord(
            next(self._ids), form.soort, subject["titel"] + form.suffix, *uren.split, hours_of(alone), toets, aanbieder.id,
            subject["omschrijving"], first, last, beoordeling, door, op, None,
        )  # fmt: skip
        self.catalogue.entries.append(
            Entry(
                record,
                aanbieder.naam,
                frozenset(subject["sectoren"]),
                frozenset(subject.get("vakken", ())),
                subject["verdeling"],
            )
        )

    def _judged(self, first: date) -> tuple[str, str | None, date | None]:
        if not self._validators:
            return "open", None, None
        day = max(WINDOW_START, min(REFERENCE_DATE, first) - timedelta(days=self._rng.randint(5, 60)))
        return "gevalideerd", self._rng.choice(self._validators), day

    def _alone(self, form: Form, halves: int) -> tuple[int, bool]:
        """Give the half hours of zelfstudie, and whether there is a toets: where it is mostly zelfstudie there is."""
        if form.soort == "zelfstudie":
            return halves, True
        if form.soort not in ("cursus", "opleiding"):
            return 0, False
        alone = halves * self._rng.choice((0, 0, 1, 2, 3, 5)) // 8
        return alone, 2 * alone > halves or self._rng.random() < 0.2

    def reconsider(self) -> None:
        """Some of what nobody has been to yet waits for a validator, some was rejected."""
        entries = self.catalogue.entries
        fresh = [place for place, entry in enumerate(entries) if entry.record.geldig_tot is None]
        for count, place in enumerate(self._rng.sample(fresh, _OPEN + _REJECTED)):
            entries[place] = self._undecided(entries[place], rejected=count >= _OPEN)

    def _undecided(self, entry: Entry, *, rejected: bool) -> Entry:
        first = date(2027, self._rng.choice((1, 2, 3)), 1)
        judged = REFERENCE_DATE - timedelta(days=self._rng.randint(3, 80))
        if rejected:
            reden = self._rng.choice(AFWIJZING_AANBOD)
            change: dict[str, Any] = {"beoordeling": "afgewezen", "beoordeeld_op": judged, "afwijzing": reden}
        else:
            change = {"beoordeling": "open", "beoordeeld_op": None, "beoordeeld_door": None}
        return replace(entry, record=replace(entry.record, geldig_vanaf=first, **change))
