"""The programme of an induction year, to be drawn: hours that were planned, and how many of them there were. Pure."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from register_service.web.leraar.words import CRITERIA


class Hours(NamedTuple):
    """Hours of one criterium of the cao; `share` is the whole percentage of what was planned, at most 100."""

    name: str
    planned: float | None
    realised: float | None
    share: int


class Programme(NamedTuple):
    """The programme of a year: fewer lessons (percent, or None) and the hours per criterium; `id` is that of the fact."""

    id: str
    year: int
    fewer_lessons: float | None
    hours: tuple[Hours, ...]


def programme_of(fact: Mapping[str, Any]) -> Programme:
    """Make what is drawn of the fact as the API gives it; a criterium without hours is left out."""
    hours = (_hours(name, fact[f"{key}Gepland"], fact[f"{key}Gerealiseerd"]) for key, name in CRITERIA.items())
    shown = tuple(one for one in hours if one.planned is not None or one.realised is not None)
    return Programme(fact["id"], fact["jaar"], fact["lesreductie"], shown)


def _hours(name: str, planned: float | None, realised: float | None) -> Hours:
    share = min(100, int(100 * (realised or 0) / planned)) if planned else 0
    return Hours(name, planned, realised, share)
