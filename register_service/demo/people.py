"""The generated leraren of the demo region: person, bevoegdheden and aanstellingen. Pure, and always the same.

Each leraar has a random source of its own, seeded with its place in the row: more leraren never change the others.
"""

import random
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from stdnum.iso7064 import mod_11_10

from register_service.demo.calendar import REFERENCE_DATE, WINDOW_START, fixed_id, month_start, years_after
from register_service.demo.careers import Stint, draw_career
from register_service.demo.names import ascii_local_part, draw_name
from register_service.demo.qualifications import Qualification, age_at_start, draw_qualifications, draw_route
from register_service.demo.records import AanstellingRecord, BevoegdheidRecord, LeraarRecord
from register_service.demo.region import BESTUREN, Workplace

NUMBER_OF_LERAREN = 5_000
SEED = "ra-zon-demo-1"
_FOUR_DECIMALS = Decimal("0.0001")
_ROOM_FOR_IDS = 64


@dataclass(slots=True)
class Population:
    """Everyone, in the order in which they were generated."""

    leraren: list[LeraarRecord] = field(default_factory=list)
    bevoegdheden: list[BevoegdheidRecord] = field(default_factory=list)
    aanstellingen: list[AanstellingRecord] = field(default_factory=list)


def populate(places: Mapping[str, Sequence[Workplace]], number: int = NUMBER_OF_LERAREN) -> Population:
    """Generate `number` leraren for the vestigingen of the region."""
    return _Populator(places).populate(number)


class _Populator:
    def __init__(self, places: Mapping[str, Sequence[Workplace]]) -> None:
        self._places = places
        staff = {bestuur.nummer: bestuur.staff for bestuur in BESTUREN}
        self._besturen = list(places)
        self._weights = [staff[nummer] * len(places[nummer]) for nummer in self._besturen]
        self._given: set[str] = set()
        self._personnel: Counter[str] = Counter()
        self._result = Population()

    def populate(self, number: int) -> Population:
        for index in range(number):
            self._add(index, random.Random(f"{SEED}:{index}"))  # noqa: S311 - the demo must be the same every time
        return self._result

    def _add(self, index: int, rng: random.Random) -> None:
        bestuur = rng.choices(self._besturen, weights=self._weights)[0]
        starter = rng.random() < 0.55
        route = draw_route(rng, starter=starter)
        start = _start(rng, starter)
        birth = years_after(start, -age_at_start(rng, route, starter=starter)) - timedelta(days=rng.randint(0, 364))
        sector = self._places[bestuur][0].sector
        qualifications = draw_qualifications(rng, sector, route, start, birth)
        stints = draw_career(rng, self._places, bestuur, start, birth, route, qualifications)
        ids = _ids(rng, index)
        leraar = self._leraar(rng, ids, index, birth, start)
        self._result.leraren.append(leraar)
        self._result.bevoegdheden += [_bevoegdheid(rng, next(ids), leraar, q, stints) for q in qualifications]
        self._result.aanstellingen += self._aanstellingen(ids, leraar, stints)

    def _leraar(
        self, rng: random.Random, ids: Iterator[uuid.UUID], index: int, birth: date, start: date
    ) -> LeraarRecord:
        name = draw_name(rng)
        return LeraarRecord(
            id=next(ids),
            registratienummer=self._registratienummer(rng),
            voornamen=name.voornamen,
            roepnaam=name.roepnaam,
            voorvoegsel=name.voorvoegsel,
            achternaam=name.achternaam,
            geboortedatum=birth,
            emailadres=f"{ascii_local_part(name)}.{index}@example.nl",
            eck_id=f"https://ketenid.example.nl/demo/{rng.getrandbits(256):064x}" if rng.random() < 0.6 else None,
            geregistreerd_op=max(start, WINDOW_START),
        )

    def _registratienummer(self, rng: random.Random) -> str:
        while True:
            body = str(rng.randint(100_000_000, 999_999_999))
            number = body + mod_11_10.calc_check_digit(body)
            if number not in self._given:
                self._given.add(number)
                return number

    def _aanstellingen(
        self, ids: Iterator[uuid.UUID], leraar: LeraarRecord, stints: Sequence[Stint]
    ) -> Iterator[AanstellingRecord]:
        """Give a personeelsnummer per bestuur, and another one for appointments that run beside the main one."""
        numbers: dict[tuple[str, bool], str] = {}
        for stint in stints:
            key = (stint.workplace.bestuur, stint.side)
            if key not in numbers:
                self._personnel[stint.workplace.bestuur] += 1
                numbers[key] = f"{100_000 + self._personnel[stint.workplace.bestuur]}"
            yield AanstellingRecord(
                id=next(ids),
                leraar=leraar.registratienummer,
                bestuur=stint.workplace.bestuur,
                vestiging=stint.workplace.code,
                functie=stint.functie,
                soort=stint.soort,
                begindatum=stint.begin,
                einddatum=stint.einde,
                betrekkingsomvang=stint.fte.quantize(_FOUR_DECIMALS),
                personeelsnummer=numbers[key],
                reden_einde=stint.reden_einde,
            )


def _start(rng: random.Random, starter: bool) -> date:
    """Draw the first day in the region: inside the ten years for a starter, before them for the others."""
    if not starter:
        return month_start(rng, 2004, 2016) if rng.random() < 0.95 else date(2016, 10, 1)
    start = month_start(rng, WINDOW_START.year, REFERENCE_DATE.year)
    return start if WINDOW_START <= start <= REFERENCE_DATE else date(rng.randint(2017, REFERENCE_DATE.year), 8, 1)


def _ids(rng: random.Random, index: int) -> Iterator[uuid.UUID]:
    """Give the ids of one leraar's rows, one after the other in time."""
    return (fixed_id(rng, index * _ROOM_FOR_IDS + place) for place in range(_ROOM_FOR_IDS))


def _bevoegdheid(
    rng: random.Random, id_: uuid.UUID, leraar: LeraarRecord, qualification: Qualification, stints: Sequence[Stint]
) -> BevoegdheidRecord:
    verificatie = rng.choices(("geverifieerd", "niet-geverifieerd", "afgewezen"), weights=(80, 18, 2))[0]
    seen = max(leraar.geregistreerd_op, qualification.behaald_op) + timedelta(days=rng.randint(0, 90))
    if seen > REFERENCE_DATE:
        verificatie = "niet-geverifieerd"
    known = verificatie != "niet-geverifieerd"
    return BevoegdheidRecord(
        id=id_,
        leraar=leraar.registratienummer,
        soort=qualification.soort,
        vak=qualification.vak,
        behaald_op=qualification.behaald_op,
        geldig_tot=qualification.geldig_tot,
        instelling=qualification.instelling,
        verificatie=verificatie,
        geverifieerd_door=f"HR van bestuur {_employer(stints, seen)}" if known else None,
        geverifieerd_op=seen if known else None,
        geverifieerd_tegen=rng.choice(("diplomaregister van DUO", "gewaarmerkt diploma")) if known else None,
    )


def _employer(stints: Sequence[Stint], day: date) -> str:
    """Give the bestuur whose stint began last before a day."""
    begun = [stint for stint in stints if stint.begin <= day]
    return (begun or [stints[0]])[-1].workplace.bestuur
