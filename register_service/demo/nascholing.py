"""The professionalisering and the registratie of the demo region: some 60,000 activiteiten, in every state. Pure, seeded.

They follow from the careers that are there (people.py) and leave those as they are: each leraar has another random source
for this.
"""

import random
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from register_service.demo.aanbod import Catalogue, draw_catalogue
from register_service.demo.aanbod_runs import Calendar
from register_service.demo.activiteit_draft import Dossier
from register_service.demo.activiteiten import Years
from register_service.demo.calendar import fixed_id
from register_service.demo.nascholing_career import VALIDATOR, career_of
from register_service.demo.people import SEED, Population
from register_service.demo.records import Record
from register_service.demo.registratie import Registratie, facts_of
from register_service.demo.registratie_notices import draw_berichten, draw_toestemming
from register_service.demo.registratie_records import BerichtRecord, ToestemmingRecord
from register_service.demo.studiedagen import Studiedagen
from register_service.demo.traject_line import Person, people_of
from register_service.demo.validators import Validators
from register_service.registratie.rules.norms import Regelingen

# Far beyond the ids of the aanbod, and more of them than one leraar's rows need.
_FIRST_ID, _ROOM_FOR_IDS = 50_000_000, 512


@dataclass(slots=True)
class Nascholing:
    """Everything that was drawn, by leraar in the order of the population."""

    catalogue: Catalogue
    validators: list[str]
    dossiers: list[Dossier] = field(default_factory=list)
    registraties: list[Registratie] = field(default_factory=list)
    berichten: list[BerichtRecord] = field(default_factory=list)
    toestemmingen: list[ToestemmingRecord] = field(default_factory=list)

    def ingetrokken(self) -> dict[str, list[uuid.UUID]]:
        """Give the ids of what was withdrawn, by the role of who did."""
        found: dict[str, list[uuid.UUID]] = defaultdict(list)
        for dossier in self.dossiers:
            for id_, role in dossier.ingetrokken.items():
                found[role].append(id_)
        return found

    def tables(self) -> list[Sequence[Record]]:
        """Give the rows per table, in an order in which they can be written."""
        registraties = self.registraties
        return [
            self.catalogue.aanbieders,
            [entry.record for entry in self.catalogue.entries],
            [row for dossier in self.dossiers for row in dossier.records],
            [row for one in registraties for row in one.perioden()],
            [row for one in registraties for row in one.uitstellen],
            [row for one in registraties for row in one.doorhalingen],
            self.berichten,
            self.toestemmingen,
        ]


def draw_nascholing(population: Population, sectors: Mapping[str, str], regelingen: Regelingen) -> Nascholing:
    """Draw all of it. `sectors` gives the sector of a vestiging."""
    people = people_of(population)
    validators = Validators(people, sectors)
    result = Nascholing(draw_catalogue(validators.nummers), validators.nummers)
    calendar = Calendar(result.catalogue.validated())
    years = Years(calendar, Studiedagen(calendar, sectors))
    for index, person in enumerate(people):
        rng = random.Random(f"{SEED}:nascholing:{index}")  # noqa: S311 - the demo must be the same every time
        ids = (fixed_id(rng, _FIRST_ID + index * _ROOM_FOR_IDS + place) for place in range(_ROOM_FOR_IDS))
        _draw_person(result, rng, ids, person, sectors, validators, years, regelingen)
    return result


def _draw_person(
    result: Nascholing,
    rng: random.Random,
    ids: Iterator[uuid.UUID],
    person: Person,
    sectors: Mapping[str, str],
    validators: Validators,
    years: Years,
    regelingen: Regelingen,
) -> None:
    zeal = VALIDATOR if person.leraar.registratienummer in result.validators else None
    dossier = Dossier(rng, ids, career_of(rng, person, sectors, zeal), validators)
    years.draw(dossier)
    registratie = Registratie(rng, ids, dossier, regelingen, facts_of(dossier, regelingen))
    registratie.draw()
    result.dossiers.append(dossier)
    result.registraties.append(registratie)
    result.berichten += draw_berichten(registratie)
    result.toestemmingen += draw_toestemming(rng, ids, dossier.career.leraar, person.leraar.geregistreerd_op)
