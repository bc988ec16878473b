"""Ten years of work: the stays of one generated leraar at the vestigingen of the region. Pure, seeded.

A career is a row of stints at one vestiging at a time, mostly of one bestuur, with moves in between; beside some of
them stands a second, small stint elsewhere. So two stints at one vestiging never overlap, and fte never exceeds 1.0.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from register_service.demo.calendar import DAY, REFERENCE_DATE, WINDOW_START, next_month, school_year_end, years_after
from register_service.demo.qualifications import Qualification, Route
from register_service.demo.region import Workplace

PENSION_AGE = 67
_SHORTEST = timedelta(days=150)


@dataclass(frozen=True, slots=True)
class Stint:
    """One appointment, without the numbers that tie it to a person. `side` marks the second of two at once."""

    workplace: Workplace
    functie: str
    soort: str
    begin: date
    einde: date | None
    fte: Decimal
    reden_einde: str | None
    side: bool = False


def draw_career(
    rng: random.Random,
    places: Mapping[str, Sequence[Workplace]],
    bestuur: str,
    start: date,
    birth: date,
    route: Route,
    qualifications: Sequence[Qualification],
) -> list[Stint]:
    """Draw all stints from `start` on, in order; the last is open or has a reason why it ended."""
    return _Career(rng, places, bestuur, birth, route, qualifications).run(start)


class _Career:
    """The one who goes from stint to stint."""

    def __init__(
        self,
        rng: random.Random,
        places: Mapping[str, Sequence[Workplace]],
        bestuur: str,
        birth: date,
        route: Route,
        qualifications: Sequence[Qualification],
    ) -> None:
        self._rng = rng
        self._places = places
        self._place = rng.choice(places[bestuur])
        self._pension = next_month(years_after(birth, PENSION_AGE)) - DAY
        self._route = route
        self._full = next((q for q in qualifications if q.soort != "geschiktheidsverklaring"), None)
        self._declared = next((q for q in qualifications if q.soort == "geschiktheidsverklaring"), None)
        self._fte = self._draw_fte()
        self.stints: list[Stint] = []

    def run(self, start: date) -> list[Stint]:
        """Go on until the reference date, the pension, or a farewell."""
        day: date | None = self._first(start)
        while day is not None and day <= REFERENCE_DATE:
            day = self._next(day)
        return self.stints

    def _first(self, start: date) -> date | None:
        """Begin as zij-instromer or student, until the diploma; otherwise begin as an ordinary stint does."""
        if self._route is Route.GRADUATE:
            return start
        soort, functie = "in-opleiding", "leraar in opleiding"
        einde = self._full.behaald_op if self._full else None
        if self._declared:
            soort, functie = "zij-instroom", "zij-instromer"
            einde = einde or self._declared.geldig_tot
        fte = Decimal("0.6000") if self._declared else Decimal("0.4000")
        if einde is None or einde > REFERENCE_DATE:
            self._add(Stint(self._place, functie, soort, start, None, fte, None))
            return None
        reden = "overig" if self._full else "buiten-onderwijs"
        self._add(Stint(self._place, functie, soort, start, einde, fte, reden))
        return einde + DAY if self._full else None

    def _next(self, day: date) -> date | None:
        """Add the stint that begins on a day; give the day on which the one after it begins, if any."""
        temporary = self._rng.random() < (0.3 if len(self.stints) < 2 and day >= WINDOW_START else 0.03)
        einde = self._end(day, temporary)
        if einde >= self._pension:
            self._retire(day)
            return None
        stint = Stint(
            self._place, self._functie(), "vervanging" if temporary else "regulier", day, einde, self._fte, None
        )
        if einde > REFERENCE_DATE:
            self._add(stint if temporary else replace(stint, einde=None))
            return None
        return self._move_on(stint)

    def _end(self, day: date, temporary: bool) -> date:
        if temporary:
            return next_month(day + timedelta(days=self._rng.randint(40, 280))) - DAY
        einde = school_year_end(day, min(int(self._rng.expovariate(1 / 4.5)), 30))
        if self._rng.random() < 0.25:
            einde = next_month(max(day, einde - timedelta(days=self._rng.randint(1, 300)))) - DAY
        if einde < day + _SHORTEST:
            einde = school_year_end(day, 1)
        if einde < WINDOW_START:
            einde = school_year_end(WINDOW_START, self._rng.randint(0, 8))
        return einde

    def _retire(self, day: date) -> None:
        if self._pension < day:
            return
        if self._pension > REFERENCE_DATE:
            self._add(Stint(self._place, self._functie(), "regulier", day, None, self._fte, None))
        else:
            self._add(Stint(self._place, self._functie(), "regulier", day, self._pension, self._fte, "pensioen"))

    def _move_on(self, stint: Stint) -> date | None:
        """Decide what follows a stint that ended: other hours, another vestiging or bestuur, or leaving."""
        assert stint.einde is not None
        step = self._rng.choices(("fte", "vestiging", "bestuur", "region", "education"), weights=(38, 27, 17, 9, 9))[0]
        if step == "region" or step == "education":
            self._add(replace(stint, reden_einde="buiten-regio" if step == "region" else "buiten-onderwijs"))
            return None
        self._add(replace(stint, reden_einde="ander-bestuur-in-regio" if step == "bestuur" else "overig"))
        if step == "bestuur":
            self._place = self._rng.choice(self._places[self._other_bestuur()])
            self._fte = self._draw_fte()
            return next_month(stint.einde + timedelta(days=self._rng.choice((0, 0, 0, 31, 62))))
        if step == "vestiging":
            self._place = self._rng.choice(self._places[self._place.bestuur])
        elif step == "fte":
            self._fte = self._draw_fte()
        return stint.einde + DAY

    def _other_bestuur(self) -> str:
        sector = self._place.sector
        others = [nummer for nummer, places in self._places.items() if places[0].sector == sector]
        return self._rng.choice([nummer for nummer in others if nummer != self._place.bestuur] or others)

    def _add(self, stint: Stint) -> None:
        self.stints.append(stint)
        if stint.fte <= Decimal("0.8") and self._rng.random() < 0.28:
            self._add_side(stint)

    def _add_side(self, stint: Stint) -> None:
        """Add a second, smaller appointment at another vestiging within the days of the first."""
        nummer = self._other_bestuur() if self._rng.random() < 0.3 else stint.workplace.bestuur
        elsewhere = [place for place in self._places[nummer] if place.code != stint.workplace.code]
        last = min(stint.einde or REFERENCE_DATE, REFERENCE_DATE)
        begin = next_month(stint.begin + timedelta(days=self._rng.randint(0, 500)))
        if not elsewhere or begin > last:
            return
        einde = school_year_end(begin, self._rng.randint(0, 4))
        capped = min(einde, stint.einde) if stint.einde else einde
        still_there = stint.einde is None and einde > REFERENCE_DATE
        fte = self._rng.choice([share for share in _SMALL if share + stint.fte <= 1])
        place = self._rng.choice(elsewhere)
        soort = "vervanging" if self._rng.random() < 0.4 else "regulier"
        ended = (None, None) if still_there else (capped, "overig" if capped <= REFERENCE_DATE else None)
        self.stints.append(Stint(place, self._functie(place), soort, begin, ended[0], fte, ended[1], side=True))

    def _draw_fte(self) -> Decimal:
        if self._place.sector in ("vo", "mbo") and self._rng.random() < 0.5:
            # Lessons out of 25 a week: steps of 0.04.
            return Decimal(4 * self._rng.randint(8, 25)) / 100 * Decimal("1.0000")
        return self._rng.choice(_SHARES)

    def _functie(self, place: Workplace | None = None) -> str:
        special = self._rng.random()
        sector = (place or self._place).sector
        if special < 0.04:
            return "intern begeleider" if sector in ("po", "so") else "teamleider en docent"
        return _FUNCTIES[sector]


_SHARES = tuple(Decimal(share).scaleb(-4) for share in (4000, 5000, 6000, 6000, 7000, 8000, 8000, 9048, 10000, 10000))
_SMALL = tuple(Decimal(share).scaleb(-4) for share in (1000, 1600, 2000))
_FUNCTIES = {"po": "leraar basisonderwijs", "so": "leraar speciaal onderwijs", "vo": "docent", "mbo": "docent mbo"}
