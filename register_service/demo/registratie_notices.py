"""Notices that were sent before the reference date, and who may be verified by anyone. Pure, seeded."""

import random
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from register_service.demo.calendar import REFERENCE_DATE
from register_service.demo.registratie import Registratie
from register_service.demo.registratie_records import BerichtRecord, ToestemmingRecord
from register_service.registratie.rules.course import GEREGISTREERD, end_of, status_on
from register_service.registratie.rules.facts import DAY, Periode
from register_service.registratie.rules.meldingen import Melding, days_of_meldingen, melding_on

# The register began with notices on this day.
MAILED_SINCE = date(2025, 1, 1)
_ALLOWS = 0.34


def draw_berichten(registratie: Registratie) -> list[BerichtRecord]:
    """Give the notices of one leraar, as the daily command would have made them and the worker sent them."""
    found: list[BerichtRecord] = []
    for periode in registratie.feiten.perioden:
        if periode.einddatum < MAILED_SINCE:
            continue
        sent: list[Melding] = []
        for day, known in _days(registratie, periode):
            melding = melding_on(known, registratie.regelingen.on(known.begindatum), day, sent)
            if melding is not None and _is_registered(registratie, day):
                sent.append(melding)
                found.append(_bericht(registratie, periode, melding, day))
    return found


def draw_toestemming(rng: random.Random, ids: Iterator[uuid.UUID], nummer: str, since: date) -> list[ToestemmingRecord]:
    """A third allows it, since some day."""
    if rng.random() >= _ALLOWS:
        return []
    return [ToestemmingRecord(next(ids), nummer, since + timedelta(days=rng.randint(0, (REFERENCE_DATE - since).days)))]


def _days(registratie: Registratie, periode: Periode) -> Sequence[tuple[date, Periode]]:
    """Give the days on which something may fall due, in order, each with the period as it was known then."""
    found = []
    decided = [one for one in registratie.uitstellen if str(one.periode) == periode.id]
    normen = registratie.regelingen.on(periode.begindatum)
    for uitstel in decided:
        before = periode._replace(einddatum=end_of(periode.begindatum, normen), uitstel_maanden=0)
        found += [(day, before) for day in days_of_meldingen(before, normen).values() if day <= uitstel.besluitdatum]
        found.append((uitstel.besluitdatum + DAY, periode))
    since = max((one.besluitdatum for one in decided), default=date.min)
    found += [(day, periode) for day in days_of_meldingen(periode, normen).values() if day > since]
    return sorted(one for one in found if MAILED_SINCE <= one[0] <= REFERENCE_DATE)


def _is_registered(registratie: Registratie, day: date) -> bool:
    feiten = registratie.feiten
    return status_on(feiten, registratie.regelingen, feiten.perioden, day) == GEREGISTREERD


def _bericht(registratie: Registratie, periode: Periode, melding: Melding, day: date) -> BerichtRecord:
    # The command runs at night; the mail server takes them one after the other.
    moment = datetime.combine(day, time(4), UTC) + timedelta(seconds=registratie.rng.randint(5, 1_500))
    tries = 2 if registratie.rng.random() < 0.02 else 1
    return BerichtRecord(
        next(registratie.ids), registratie.feiten.nummer, uuid.UUID(periode.id), melding.soort, melding.einddatum, day, tries,
        moment, moment + timedelta(milliseconds=registratie.rng.randint(40, 900)),
    )  # fmt: skip
