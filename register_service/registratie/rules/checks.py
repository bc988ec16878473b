"""What may not be: rules of uitstel, doorhalen and hervatten (domain.md, Registratie en herregistratie)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from register_service.registratie.rules.course import (
    GEREGISTREERD,
    HERVAT,
    ONDER_VOORWAARDEN,
    VERLOPEN,
    course_of,
    end_of,
    end_of_conditions,
    periods_until,
)
from register_service.registratie.rules.facts import DAY, Dagen, Feiten, Periode
from register_service.registratie.rules.norms import Normen, Regelingen
from register_service.registratie.rules.stand import before_resuming
from register_service.registratie.rules.tally import Telling, met, needed, sector_of, tally
from register_service.registratie.rules.voortgang import EISEN


@dataclass(frozen=True, slots=True)
class Violation:
    """The rule's code, the JSON field it is about (None: not about a field, but how things stand), and in Dutch what to do."""

    code: str
    field: str | None
    detail: str


class Uitstel(NamedTuple):
    """A decision to give a period more months."""

    id: str
    maanden: int
    besluitdatum: date


def check_uitstel(
    perioden: Sequence[Periode], periode: Periode | None, uitstellen: Iterable[Uitstel], normen: Normen, today: date
) -> list[Violation]:
    """Check all uitstel of one of the periods, as it will be, each decision with those before it; None: there is no period."""
    if periode is None:
        detail = "Er loopt geen registratieperiode; er valt niets uit te stellen."
        return [Violation("geen-periode", None, detail)]
    return list(_check_uitstel(perioden, periode.begindatum, uitstellen, normen, today))


def _check_uitstel(
    perioden: Sequence[Periode], begin: date, uitstellen: Iterable[Uitstel], normen: Normen, today: date
) -> Iterator[Violation]:
    if any(periode.begindatum > begin for periode in perioden):
        detail = "Na deze periode is al een nieuwe begonnen. Uitstel kan alleen voor de laatste periode."
        yield Violation("periode-opgevolgd", None, detail)
    most, months = normen.cijfers.uitstel_maximaal_maanden, 0
    for uitstel in sorted(uitstellen, key=lambda f: (f.besluitdatum, f.id)):
        day, end = uitstel.besluitdatum, end_of(begin, normen, months)
        months += uitstel.maanden
        if day > today:
            detail = "Deze dag ligt in de toekomst. Leg het besluit vast als het genomen is, of verbeter de datum."
            yield Violation("besluit-in-toekomst", "besluitdatum", detail)
        if day < begin:
            detail = f"De periode begint op {begin.isoformat()}. Over uitstel wordt op die dag of later besloten."
            yield Violation("uitstel-voor-periode", "besluitdatum", detail)
        if day > end:
            detail = f"De periode eindigt op {end.isoformat()}. Over uitstel wordt op die dag of eerder besloten."
            yield Violation("uitstel-te-laat", "besluitdatum", detail)
        if months > most:
            detail = f"Een periode krijgt hoogstens {most} maanden uitstel, alles bij elkaar. Kies minder maanden."
            yield Violation("uitstel-te-lang", "maanden", detail)


def check_doorhalen(feiten: Feiten, regelingen: Regelingen, day: date, today: date) -> list[Violation]:
    """Check a request to strike a registratie off from `day` on."""
    if day < today:
        detail = "Doorhalen kan vanaf vandaag, niet voor een dag die voorbij is. Kies een latere dag."
        return [Violation("doorhaling-in-verleden", "vanaf", detail)]
    if any(doorhaling.tot >= day for doorhaling in feiten.doorhalingen):
        detail = "De registratie is al doorgehaald, of wordt dat op een latere dag. Hervat haar eerst."
        return [Violation("al-doorgehaald", None, detail)]
    if course_of(feiten, regelingen, day).status not in (GEREGISTREERD, ONDER_VOORWAARDEN):
        detail = "De leraar is op die dag niet geregistreerd; er valt niets door te halen."
        return [Violation("niet-geregistreerd", None, detail)]
    return []


def check_hervatten(feiten: Feiten, regelingen: Regelingen, day: date) -> list[Violation]:
    """Check a request to take a registratie up again on `day`: one that is doorgehaald, or will be, or is verlopen."""
    resumed = without_doorhaling(feiten, day)
    verlopen = course_of(resumed, regelingen, day).status == VERLOPEN
    if resumed.doorhalingen == feiten.doorhalingen and not verlopen:
        detail = "De registratie is niet doorgehaald of verlopen; er valt niets te hervatten."
        return [Violation("niet-doorgehaald", None, detail)]
    if verlopen:
        return list(_check_years_before(feiten, regelingen, day, "De registratie is verlopen."))
    if _ended_meanwhile(feiten, resumed, regelingen, day):
        return list(_check_years_before(feiten, regelingen, day, "De registratieperiode is intussen voorbij."))
    return []


def _ended_meanwhile(feiten: Feiten, resumed: Feiten, regelingen: Regelingen, day: date) -> bool:
    """Tell whether resuming on `day` begins a period, and not because a period's conditions were met in time.

    Otherwise who is struck off just before the end of a period would get the next one for nothing.
    """
    perioden = periods_until(resumed, regelingen, day)
    if len(perioden) < 2 or perioden[-1][1:4:2] != (day, HERVAT):
        return False
    before = perioden[-2]
    struck_off = min(doorhaling.vanaf for doorhaling in feiten.doorhalingen if doorhaling.tot >= day)
    return struck_off <= before.einddatum or day > end_of_conditions(before, regelingen)


def period_of_hervatten(feiten: Feiten, regelingen: Regelingen, day: date) -> Periode | None:
    """Give the period to be stored with a request that passed the check: of who was verlopen; else none but what follows."""
    verlopen = course_of(without_doorhaling(feiten, day), regelingen, day).status == VERLOPEN
    return Periode(None, day, end_of(day, regelingen.on(day)), HERVAT) if verlopen else None


def without_doorhaling(feiten: Feiten, day: date) -> Feiten:
    """Give the facts with every doorhaling ended on the day before `day`; one that begins later is gone."""
    kept = (f if f.tot < day else Dagen(f.vanaf, day - DAY) for f in feiten.doorhalingen if f.vanaf < day)
    return replace(feiten, doorhalingen=tuple(kept))


def _check_years_before(feiten: Feiten, regelingen: Regelingen, day: date, why: str) -> Iterator[Violation]:
    normen, first, last, _ = before_resuming(regelingen, day)
    have = tally(feiten, normen, first, last, day)
    need = needed(normen, sector_of(feiten, normen, first, last))
    if not met(have, need):
        detail = (
            f"{why} Hervatten kan als van {first.isoformat()} tot en met {last.isoformat()} aan alle "
            f"eisen is voldaan; nog nodig: {_missing(have, need)}."
        )
        yield Violation("eisen-niet-gehaald", None, detail)


def _missing(have: Telling, need: Telling) -> str:
    lacking = [
        f"{(asked - got) / unit:g} {name}".replace(".", ",")
        for (name, unit), got, asked in zip(EISEN.items(), have, need, strict=True)
        if got < asked
    ]
    return ", ".join(lacking)
