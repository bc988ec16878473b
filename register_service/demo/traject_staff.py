"""Who stands around a starter: who is in charge, who coaches. Registered colleagues, or named persons nobody is. Pure."""

import random
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import count

from register_service.demo.names import draw_name
from register_service.demo.people import SEED
from register_service.demo.records import AanstellingRecord, LeraarRecord
from register_service.demo.traject_line import Person

# Years of work after which somebody coaches others.
_COACH_YEARS = 6
# A vestiging has a few coaches, who each guide several starters.
_COACHES_PER_VESTIGING = 4
_IN_CHARGE = "teamleider en docent"


@dataclass(frozen=True, slots=True)
class Somebody:
    """A registered leraar (`nummer`) or a named person; `until`: the last day at the vestiging, as far as known."""

    nummer: str | None
    naam: str
    achternaam: str
    until: date | None = None

    @property
    def only_name(self) -> str | None:
        """Give the name when there is no number: a fact has one of both."""
        return self.naam if self.nummer is None else None


@dataclass(frozen=True, slots=True)
class _Colleague:
    row: AanstellingRecord
    leraar: LeraarRecord
    since: date


class Staff:
    """Everybody who works in the region, by vestiging."""

    def __init__(self, people: Iterable[Person]) -> None:
        """Sort everybody by vestiging, in an order by number that stays the same."""
        self._there: dict[str, list[_Colleague]] = defaultdict(list)
        for person in people:
            since = min(row.begindatum for row in person.aanstellingen)
            since = min(since, person.qualified_since() or since)
            for row in person.aanstellingen:
                if row.soort in ("regulier", "vervanging"):
                    self._there[row.vestiging].append(_Colleague(row, person.leraar, since))
        for there in self._there.values():
            there.sort(key=lambda one: one.leraar.registratienummer[::-1])

    def manager(self, vestiging: str, day: date, taken: Collection[str]) -> Somebody:
        """Give who is in charge at a vestiging on a day: a teamleider who is registered, or else the director.

        `taken` are the surnames that are not to occur again.
        """
        for one in self._present(vestiging, day):
            if one.row.functie == _IN_CHARGE and one.leraar.achternaam not in taken:
                return _somebody(one)
        return self.named("leidinggevende", vestiging, taken)

    def coaches(self, vestiging: str, day: date, taken: Collection[str]) -> list[Somebody]:
        """Give the few experienced colleagues at a vestiging who coach on a day."""
        found = [
            _somebody(one)
            for one in self._present(vestiging, day)
            if one.since <= day - timedelta(days=_COACH_YEARS * 365)
            and one.row.functie != _IN_CHARGE
            and one.row.soort == "regulier"
            and one.leraar.achternaam not in taken
        ]
        return found[:_COACHES_PER_VESTIGING]

    def named(self, rol: str, place: str, taken: Collection[str]) -> Somebody:
        """Give the person of a rol at a place who is not in the register: always the same one, unless the name is taken."""
        people = (_outsider(rol, place, number) for number in count())
        return next(one for one in people if one.achternaam not in taken)

    def _present(self, vestiging: str, day: date) -> list[_Colleague]:
        return [
            one
            for one in self._there[vestiging]
            if one.row.begindatum <= day and (one.row.einddatum is None or day <= one.row.einddatum)
        ]


@cache
def _outsider(rol: str, place: str, number: int) -> Somebody:
    name = draw_name(random.Random(f"{SEED}:{rol}:{place}:{number}"))  # noqa: S311 - the demo must be the same every time
    return Somebody(None, " ".join(filter(None, (name.roepnaam, name.voorvoegsel, name.achternaam))), name.achternaam)


def _somebody(one: _Colleague) -> Somebody:
    leraar = one.leraar
    naam = " ".join(filter(None, (leraar.roepnaam, leraar.voorvoegsel, leraar.achternaam)))
    return Somebody(leraar.registratienummer, naam, leraar.achternaam, one.row.einddatum)
