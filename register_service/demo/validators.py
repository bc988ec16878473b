"""Who judges in the demo: experienced leraren, never of a bestuur where the leraar has worked (domain.md). Pure."""

import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from register_service.demo.calendar import WINDOW_START, years_after
from register_service.demo.traject_line import Person, main_line

_PER_BESTUUR = 3
_YEARS_BEFORE = 5


class Validators:
    """Some leraren of each bestuur, who worked there and nowhere else for all of the ten years."""

    def __init__(self, people: Iterable[Person], sectors: Mapping[str, str]) -> None:
        """Take the first of each bestuur, in an order by number that stays the same."""
        self._by_bestuur: dict[str, list[str]] = defaultdict(list)
        self._sector: dict[str, str] = {}
        for person in sorted(people, key=lambda one: one.leraar.registratienummer[::-1]):
            rows = person.aanstellingen
            bestuur = rows[0].bestuur
            if _is_fit(person) and len(self._by_bestuur[bestuur]) < _PER_BESTUUR:
                self._by_bestuur[bestuur].append(person.leraar.registratienummer)
                self._sector[bestuur] = sectors[rows[0].vestiging]
        self._free: dict[tuple[frozenset[str], str], list[str]] = {}

    @property
    def nummers(self) -> list[str]:
        """Give all of them, by bestuur."""
        return [nummer for bestuur in sorted(self._by_bestuur) for nummer in self._by_bestuur[bestuur]]

    def draw(self, rng: random.Random, besturen: Collection[str], sector: str) -> str | None:
        """Draw one who worked at none of these besturen; one of the same sector, if there is any. None in a small demo."""
        key = frozenset(besturen), sector
        found = self._free.get(key)
        if found is None:
            others = [b for b in sorted(self._by_bestuur) if b not in besturen]
            same = [b for b in others if self._sector[b] == sector]
            found = self._free[key] = [nummer for b in same or others for nummer in self._by_bestuur[b]]
        return found[int(rng.random() * len(found))] if found else None


def _is_fit(person: Person) -> bool:
    line, since = main_line(person.aanstellingen), person.qualified_since()
    return (
        since is not None
        and years_after(since, _YEARS_BEFORE) <= WINDOW_START
        and line[0].begindatum <= WINDOW_START
        and line[-1].einddatum is None
        and len({row.bestuur for row in person.aanstellingen}) == 1
    )
