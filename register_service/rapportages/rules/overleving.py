"""Survival by Kaplan and Meier (1958): the share without an event yet, when not all are followed for as long.

Input is aggregated: per time how many had the event and how many were last seen (censored). So a million people cost what their
different times cost. Whoever is censored at a time was still at risk at that time. Variance by Greenwood (1926); bounds by the
log-log transformation (Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data), which never leave 0 to 1.
"""

from collections.abc import Iterable
from math import exp, inf, log, sqrt
from typing import NamedTuple

# The normal quantile of 0.975: bounds of 95 %.
Z_95 = 1.959963984540054


class Waarneming(NamedTuple):
    """At `tijd` (days, or any unit) this many had the event, and this many were followed no longer."""

    tijd: int
    gebeurtenissen: int
    gecensureerd: int


class Punt(NamedTuple):
    """The curve from `tijd` on. `overleving`, `onder` and `boven` are shares (0 to 1); `risico`: how many were at risk at `tijd`.

    `onder` and `boven` are None where they are not defined: while nobody had the event, and once nobody is left.
    """

    tijd: int
    risico: int
    gebeurtenissen: int
    overleving: float
    variantie: float
    onder: float | None
    boven: float | None


def overleving(waarnemingen: Iterable[Waarneming]) -> tuple[Punt, ...]:
    """Give the curve: a point for each time at which somebody had the event or was last seen, by time; times may repeat.

    Raises ValueError for a negative time or number.
    """
    merged: dict[int, tuple[int, int]] = {}
    for tijd, events, censored in waarnemingen:
        if min(tijd, events, censored) < 0:
            raise ValueError("a time or a number of people is negative")
        before = merged.get(tijd, (0, 0))
        merged[tijd] = before[0] + events, before[1] + censored
    at_risk = sum(map(sum, merged.values()))
    share, greenwood, points = 1.0, 0.0, []
    for tijd, (events, censored) in sorted(merged.items()):
        if events + censored == 0:
            continue
        left = at_risk - events
        share *= left / at_risk
        # Once nobody is left, the variance of Greenwood has no value.
        greenwood = inf if left == 0 else greenwood + events / (at_risk * left)
        variance = 0.0 if share in (0.0, 1.0) else share * share * greenwood
        points.append(Punt(tijd, at_risk, events, share, variance, *_bounds(share, greenwood)))
        at_risk = left - censored
    return tuple(points)


def _bounds(share: float, greenwood: float) -> tuple[float | None, float | None]:
    if not 0.0 < share < 1.0:
        return None, None
    spread = exp(Z_95 * sqrt(greenwood) / log(share))
    return share ** (1 / spread), share**spread


def median(punten: Iterable[Punt]) -> int | None:
    """Give the first time at which half or less is left; None when it never came to that."""
    return next((punt.tijd for punt in punten if punt.overleving <= 0.5), None)
