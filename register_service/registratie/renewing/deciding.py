"""What is to be done about one leraar: pure, so that it is the same whenever and however often it is asked."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from register_service.registratie.rules.course import GEREGISTREERD, periods_until, status_on
from register_service.registratie.rules.facts import Feiten, Periode
from register_service.registratie.rules.meldingen import Melding, days_of_meldingen, melding_on
from register_service.registratie.rules.norms import Regelingen


class Due(NamedTuple):
    """A notice that is right today, about a period; `now` tells whether it is to be made, or may only stay if it is there."""

    leraar: str
    begindatum: date
    melding: Melding
    now: bool


class Decision(NamedTuple):
    """Periods to be stored, oldest first, and the notice that is right today."""

    perioden: list[Periode]
    due: Due | None


def decide(feiten: Feiten, regelingen: Regelingen, day: date, today: date) -> Decision:
    """Decide what is to be done up to `day`, on `today`: periods that have begun by `day`; of notices only what today is right.

    A notice is not for a day that is over: who runs late, or runs for an earlier day, has the same ones sent.
    """
    perioden = periods_until(feiten, regelingen, today)
    new = [periode for periode in perioden if periode.id is None and periode.begindatum <= day]
    return Decision(new, _due(feiten, regelingen, perioden, day, today))


def _due(feiten: Feiten, regelingen: Regelingen, perioden: Iterable[Periode], day: date, today: date) -> Due | None:
    *_, last = (None, *perioden)
    if last is None or last.einddatum < today:
        return None
    normen = regelingen.on(last.begindatum)
    melding = melding_on(last, normen, today)
    if melding is None or status_on(feiten, regelingen, (last,), today) != GEREGISTREERD:
        return None
    return Due(feiten.nummer, last.begindatum, melding, days_of_meldingen(last, normen)[melding] <= day)
