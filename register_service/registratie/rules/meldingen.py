"""Notices ahead of the end of a period (Besluit periodieke registratie Wet BIG: told 6 months ahead, reminded 12 weeks ahead)."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from register_service.core.days import add_months
from register_service.registratie.rules.facts import Periode
from register_service.registratie.rules.norms import Normen

ZES_MAANDEN = "zes-maanden"
TWAALF_WEKEN = "twaalf-weken"
# The nearest to the end last.
MELDINGEN = (ZES_MAANDEN, TWAALF_WEKEN)


class Melding(NamedTuple):
    """A notice of the end of a period. After uitstel the end is another, and so are its notices."""

    soort: str
    einddatum: date


def days_of_meldingen(periode: Periode, normen: Normen) -> dict[Melding, date]:
    """Give the notices of a period with the first day on which each is due, in order of time."""
    end, figures = periode.einddatum, normen.cijfers
    return {
        Melding(ZES_MAANDEN, end): add_months(end, -figures.melding_maanden),
        Melding(TWAALF_WEKEN, end): end - timedelta(weeks=figures.melding_weken),
    }


def melding_on(periode: Periode, normen: Normen, day: date, sent: Collection[Melding] = ()) -> Melding | None:
    """Give the notice that falls due on a day or before and was not sent: the nearest to the end only, until that end.

    Who runs late sends one notice, not two: what the later one says makes the earlier superfluous.
    """
    due = [
        melding for melding, first in days_of_meldingen(periode, normen).items() if first <= day <= periode.einddatum
    ]
    return due[-1] if due and due[-1] not in sent else None
