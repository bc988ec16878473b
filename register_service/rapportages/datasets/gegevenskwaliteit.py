"""`gegevenskwaliteit`: what is missing, late or contradictory, counted; the work list names each of them (werklijst.py)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from register_service.core.days import add_months
from register_service.rapportages.dataset import Dataset, Row, Vraag, percentage, tabel_van
from register_service.rapportages.datasets.gegevenskwaliteit_sql import FOUND, MELDINGEN, TABELLEN
from register_service.rapportages.rules.grafiek import Grafiek
from register_service.rapportages.rules.tabel import TOTAAL, Kolom, Tabel, Waarde

IN_ORDE: Final = "in_orde"
KINDS: Final = tuple(MELDINGEN)

_COUNTS: Final = ", ".join(f"count(*) filter (where u.rang = {rang}) as {kind}" for rang, kind in enumerate(KINDS))
QUERY: Final = f"""{FOUND},
gravest as (select leraar, min(rang) as rang from melding group by leraar),
-- Spelling out a year takes longer than looking it up.
schooljaar as materialized (
    select d.dag, rapportage.schooljaar(d.dag) as jaar from (select distinct eerste_dag as dag from plek) d),
u as not materialized (
    select p.bestuur, p.vestiging, s.jaar as cohort, g.rang
    from plek p left join gravest g on g.leraar = p.leraar left join schooljaar s on s.dag = p.eerste_dag)
select {{key}} as sleutel, {{name}} as naam, {{is_total}} as is_totaal, count(*) as totaal,
    count(*) filter (where u.rang is null) as {IN_ORDE}, {_COUNTS}
from {{units}} group by {{groups}}"""

KOLOMMEN: Final = (
    Kolom(TOTAAL, "Leraren", "Wie op de laatste dag van de periode werkt, of in het jaar daarvoor is weggegaan."),
    Kolom(IN_ORDE, "In orde", "Er is niets gevonden.", blok="melding"),
    *(Kolom(kind, melding.titel, melding.definitie, blok="melding") for kind, melding in MELDINGEN.items()),
    Kolom(
        "aandeel_in_orde", "Deel in orde", "In orde, van alle leraren in de rij.", "percentage",
        van=(IN_ORDE, TOTAAL), eenheid="%",
    ),
)  # fmt: skip


def _waarden(row: Row) -> Mapping[str, Waarde]:
    counts = {kolom.naam: row[kolom.naam] for kolom in KOLOMMEN if kolom.soort == "telling"}
    return {**counts, "aandeel_in_orde": percentage(row[IN_ORDE], row[TOTAAL])}


def maak(vraag: Vraag, rows: Sequence[Row]) -> Tabel:
    """Make the table of the rows of the query."""
    return tabel_van(vraag.per, KOLOMMEN, rows, _waarden)


def _last_year(today: date) -> tuple[date, date]:
    return add_months(today, -12) + timedelta(days=1), today


GEGEVENSKWALITEIT: Final = Dataset(
    naam="gegevenskwaliteit",
    titel="Kwaliteit van de gegevens",
    definitie="Van hoeveel leraren er op de laatste dag van de periode iets ontbreekt, te laat is of elkaar tegenspreekt.",
    toelichting=(
        "Elke leraar telt één keer, bij het zwaarste wat er gevonden is; de kolommen staan van zwaar naar licht. De werklijst "
        "van het bestuur noemt alles.",
        "Een leraar telt bij het bestuur en de vestiging van de grootste aanstelling op die dag, of van de laatste; het cohort "
        "is het schooljaar waarin die aanstelling begon.",
        "Vraagt een bestuur het zelf op, dan telt wie ook elders werkt bij dat bestuur mee: het ziet alleen eigen aanstellingen.",
        "Van de periode telt alleen de laatste dag; zonder periode is dat vandaag.",
    ),
    query=QUERY,
    tabellen=TABELLEN,
    maak=maak,
    dimensies=("bestuur", "sector", "partnerschap", "vestiging", "cohort"),
    grafieken=(
        Grafiek(
            "staven", "Deel van de leraren van wie alles in orde is", ("aandeel_in_orde",),
            "Per groep: het deel van de leraren bij wie niets is gevonden.",
        ),
        Grafiek("kolommen", "Wat er is gevonden", KINDS, "Voor alle groepen samen: bij hoeveel leraren dit het zwaarste is."),
    ),
    voor_bestuur=True,
    periode=_last_year,
)  # fmt: skip
