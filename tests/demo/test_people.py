"""The generated leraren: the same every time, nobody impossible, and every rule of the domain kept."""

import hashlib
import unicodedata
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal

from register_service.bevoegdheden import rules
from register_service.bevoegdheden.vakken import VAKKEN
from register_service.core.ids import is_registratienummer
from register_service.demo.calendar import REFERENCE_DATE, WINDOW_START
from register_service.demo.people import NUMBER_OF_LERAREN, Population, populate
from register_service.demo.records import AanstellingRecord, LeraarRecord
from register_service.demo.region import BESTUREN, Workplace

# Changes only together with the demo itself, and then on purpose.
FINGERPRINT = "3409d452d2e1fe910ac85741f534c8668f338a533fb05909e641b840f3362ad9"

Places = dict[str, list[Workplace]]


def fingerprint(population: Population) -> str:
    """Give a hash over every value of every row."""
    digest = hashlib.sha256()
    for record in (*population.leraren, *population.bevoegdheden, *population.aanstellingen):
        digest.update("\x1f".join(map(str, record.values())).encode() + b"\n")
    return digest.hexdigest()


def by_leraar(population: Population) -> dict[str, list[AanstellingRecord]]:
    """Group the aanstellingen."""
    grouped = defaultdict(list)
    for aanstelling in population.aanstellingen:
        grouped[aanstelling.leraar].append(aanstelling)
    return grouped


def last_day(aanstelling: AanstellingRecord) -> date:
    """Give the last day, or the far future."""
    return aanstelling.einddatum or date.max


def test_the_demo_is_the_same_every_time(population: Population, places: Places) -> None:
    assert fingerprint(population) == FINGERPRINT
    assert fingerprint(populate(places)) == FINGERPRINT


def test_fewer_leraren_are_the_first_of_more(population: Population, places: Places) -> None:
    assert populate(places, 50).leraren == population.leraren[:50]


def test_there_are_5000_different_leraren(population: Population) -> None:
    assert len(population.leraren) == NUMBER_OF_LERAREN == 5_000
    for unique in ("registratienummer", "id", "emailadres"):
        assert len({getattr(leraar, unique) for leraar in population.leraren}) == NUMBER_OF_LERAREN
    assert all(is_registratienummer(leraar.registratienummer) for leraar in population.leraren)


def test_ids_are_unique_uuids_of_version_7(population: Population) -> None:
    ids = [row.id for row in (*population.leraren, *population.bevoegdheden, *population.aanstellingen)]
    assert len(set(ids)) == len(ids)
    assert {id_.version for id_ in ids} == {7}


def test_names_are_of_many_origins_and_mail_goes_nowhere(population: Population) -> None:
    names = [f"{leraar.voornamen} {leraar.achternaam}" for leraar in population.leraren]
    assert sum(not name.isascii() for name in names) > 500
    assert sum(leraar.voorvoegsel is not None for leraar in population.leraren) > 1_000
    assert all(unicodedata.is_normalized("NFC", name) for name in names)
    assert all(leraar.emailadres.isascii() for leraar in population.leraren)
    assert all(leraar.emailadres.endswith("@example.nl") for leraar in population.leraren)


def test_everybody_is_an_adult_of_working_age(population: Population) -> None:
    aanstellingen = by_leraar(population)
    for leraar in population.leraren:
        first = min(row.begindatum for row in aanstellingen[leraar.registratienummer])
        last = max(min(last_day(row), REFERENCE_DATE) for row in aanstellingen[leraar.registratienummer])
        assert 20 <= age(leraar, first) <= 58
        assert age(leraar, last) <= 67
        assert WINDOW_START <= leraar.geregistreerd_op <= REFERENCE_DATE


def age(leraar: LeraarRecord, day: date) -> int:
    """Give the age in whole years on a day."""
    born = leraar.geboortedatum
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def test_bevoegdheden_keep_the_rules_of_the_register(population: Population) -> None:
    born = {leraar.registratienummer: leraar.geboortedatum for leraar in population.leraren}
    for row in population.bevoegdheden:
        found = rules.check(
            {name: getattr(row, name) for name in row.columns()},
            vakken=VAKKEN,
            geboortedatum=born[row.leraar],
            today=REFERENCE_DATE,
            lowest_age=16,
            years_of_geschiktheid=2,
        )
        assert not found, row
        assert (row.verificatie == "niet-geverifieerd") == (row.geverifieerd_op is None)
        assert row.geverifieerd_op is None or row.behaald_op <= row.geverifieerd_op <= REFERENCE_DATE


def test_a_bevoegdheid_is_never_there_twice(population: Population) -> None:
    keys = [(row.leraar, row.soort, row.vak, row.behaald_op) for row in population.bevoegdheden]
    assert len(set(keys)) == len(keys)


def test_aanstellingen_at_one_vestiging_never_overlap(population: Population) -> None:
    for rows in by_leraar(population).values():
        for row in rows:
            others = [other for other in rows if other is not row and other.vestiging == row.vestiging]
            assert not [o for o in others if o.begindatum <= last_day(row) and row.begindatum <= last_day(o)]


def test_fte_never_exceeds_full_time(population: Population) -> None:
    for rows in by_leraar(population).values():
        for row in rows:
            at_once = [other for other in rows if other.begindatum <= row.begindatum <= last_day(other)]
            assert Decimal(0) < sum(other.betrekkingsomvang for other in at_once) <= Decimal("1.0")
            assert row.betrekkingsomvang.as_tuple().exponent == -4


def test_dates_and_reasons_of_aanstellingen_make_sense(population: Population) -> None:
    for row in population.aanstellingen:
        assert row.begindatum <= REFERENCE_DATE
        assert row.einddatum is None or row.begindatum <= row.einddatum
        assert (row.reden_einde is not None) == (last_day(row) <= REFERENCE_DATE)


def test_the_hr_key_is_unique_and_a_number_belongs_to_one_leraar(population: Population) -> None:
    keys = [(row.bestuur, row.personeelsnummer, row.begindatum) for row in population.aanstellingen]
    assert len(set(keys)) == len(keys)
    owners = {(row.bestuur, row.personeelsnummer, row.leraar) for row in population.aanstellingen}
    assert len({(bestuur, number) for bestuur, number, _ in owners}) == len(owners)


def test_everybody_works_at_a_vestiging_of_the_bestuur(population: Population, places: Places) -> None:
    governed = {(place.code, nummer) for nummer, list_ in places.items() for place in list_}
    assert {(row.vestiging, row.bestuur) for row in population.aanstellingen} <= governed


def test_every_kind_of_career_occurs(population: Population) -> None:
    rows = population.aanstellingen
    assert set(Counter(row.soort for row in rows)) == {"regulier", "vervanging", "zij-instroom", "in-opleiding"}
    reasons = {"ander-bestuur-in-regio", "buiten-regio", "buiten-onderwijs", "pensioen", "overig", None}
    assert {row.reden_einde for row in rows} == reasons
    assert {row.bestuur for row in rows} == {bestuur.nummer for bestuur in BESTUREN}
    starts = Counter(leraar.geregistreerd_op.year for leraar in population.leraren)
    assert all(starts[year] > 100 for year in range(2017, 2027))
    assert {row.soort for row in population.bevoegdheden} >= {"pabo", "tweedegraads", "eerstegraads", "pdg"}


def test_many_work_at_two_vestigingen_at_once(population: Population) -> None:
    both = 0
    for rows in by_leraar(population).values():
        current = {row.vestiging for row in rows if row.begindatum <= REFERENCE_DATE <= last_day(row)}
        both += len(current) == 2
    assert both > 100
