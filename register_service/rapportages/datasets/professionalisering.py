"""`professionalisering`: registeruren by gebied and soort, who is on course for herregistratie, and what falls due when."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from register_service.rapportages.dataset import Dataset, Row, Vraag, tabel_van
from register_service.rapportages.datasets.professionalisering_sql import GEBIEDEN, QUARTERS, QUERY, SOORTEN
from register_service.rapportages.rules.grafiek import Grafiek
from register_service.rapportages.rules.tabel import TOTAAL, Afgeschermd, Kolom, Tabel, Waarde

_MONTHS: Final = ("jan t/m mrt", "apr t/m jun", "jul t/m sep", "okt t/m dec")
_SOORT_NAMES: Final = {
    "opleiding": "opleiding", "cursus": "cursus", "studiedag": "studiedag", "conferentie": "conferentie",
    "binnenschools": "binnenschools leren", "buitenschools": "buitenschools leren", "zelfstudie": "zelfstudie",
}  # fmt: skip
_DUE: Final = tuple(f"verloopt_{n}" for n in range(1, QUARTERS + 1))
_STATUSSEN: Final = {
    "verloopt_later": ("Verloopt later", "Geregistreerd; de registratieperiode eindigt na deze kwartalen."),
    "onder_voorwaarden": ("Onder voorwaarden", "De periode is voorbij; wat ontbreekt kan nog worden ingehaald."),
    "verlopen": ("Verlopen", "De periode is voorbij, en de tijd om het in te halen ook."),
    "aspirant": ("Aspirant", "In het register, zonder bevoegdheid waarmee men geregistreerd wordt."),
    "doorgehaald": ("Doorgehaald", "De registratie is op verzoek doorgehaald."),
}
_HOURS: Final = {
    "registeruren": "Registeruren",
    **{gebied: gebied.capitalize() for gebied in GEBIEDEN},
    **{soort: name.capitalize() for soort, name in _SOORT_NAMES.items()},
}


def _make(vraag: Vraag, rows: Sequence[Row]) -> Tabel:
    return tabel_van(vraag.per, _columns(vraag.periode_tot), rows, _values)


def _columns(day: date) -> tuple[Kolom, ...]:
    return (
        Kolom(TOTAAL, "Leraren", "Wie op de laatste dag van de periode in het register staat."),
        *_due_columns(day),
        *(Kolom(naam, titel, text, blok="registratie") for naam, (titel, text) in _STATUSSEN.items()),
        Kolom("op_koers", "Op koers", "Van alles wat nodig is, is er zo veel als van de tijd voorbij is.", blok="koers"),
        Kolom("niet_op_koers", "Niet op koers", "Wie achterloopt, en wie geen eisen heeft om te halen.", blok="koers"),
        Kolom(
            "op_koers_percentage", "Deel op koers", "Op koers, van alle leraren in de rij.", "percentage",
            van=("op_koers", "niet_op_koers"), eenheid="%", decimalen=1,
        ),
        *_hour_columns("som", "", "som"),
        *_hour_columns("gemiddelde", " per leraar", "gemiddeld per leraar in de rij"),
    )  # fmt: skip


def _due_columns(day: date) -> tuple[Kolom, ...]:
    first = day + timedelta(days=1)
    quarters = [first.year * 4 + (first.month - 1) // 3 + n for n in range(QUARTERS)]
    titles = [f"{_MONTHS[quarter % 4]} {quarter // 4}" for quarter in quarters]
    return tuple(
        Kolom(
            naam, f"Verloopt {titel}", f"Geregistreerd; de registratieperiode eindigt in {titel}.", blok="registratie"
        )
        for naam, titel in zip(_DUE, titles, strict=True)
    )


def _hour_columns(soort: str, suffix: str, how: str) -> tuple[Kolom, ...]:
    def definition(naam: str) -> str:
        what = {"registeruren": "Alle", **dict.fromkeys(GEBIEDEN, f"In gebied {naam},")}.get(naam, f"Van soort {naam},")
        return f"{what} goedgekeurde registeruren van activiteiten die in de periode eindigden; {how}."

    return tuple(
        Kolom(
            f"{naam}_{soort}", f"{titel}{suffix}", definition(naam), "som" if soort == "som" else "gemiddelde",
            van=(TOTAAL,), eenheid="uur", decimalen=1,
        )
        for naam, titel in _HOURS.items()
    )  # fmt: skip


def _values(row: Row) -> Mapping[str, Waarde]:
    total = row[TOTAAL]
    counts = {naam: row[naam] for naam in (TOTAAL, *_DUE, *_STATUSSEN, "op_koers", "niet_op_koers")}
    sums = {naam: float(row[naam] or 0) for naam in _HOURS}
    return {
        **counts,
        "op_koers_percentage": round(100 * row["op_koers"] / total, 1) if total else Afgeschermd.ONBEKEND,
        **{f"{naam}_som": hours for naam, hours in sums.items()},
        **{
            f"{naam}_gemiddelde": round(hours / total, 1) if total else Afgeschermd.ONBEKEND
            for naam, hours in sums.items()
        },
    }


PROFESSIONALISERING: Final = Dataset(
    naam="professionalisering",
    titel="Professionalisering en herregistratie",
    definitie=(
        "Van iedereen die op de laatste dag van de periode in het register staat: hoe de registratie dan staat, wanneer de "
        "registratieperiode eindigt, wie op koers is voor herregistratie, en hoeveel registeruren in de periode zijn gemaakt."
    ),
    query=QUERY,
    tabellen=("leraar", "bevoegdheid", "registratieperiode", "doorhaling", "activiteit", "aanstelling", "regeling"),
    maak=_make,
    toelichting=(
        "Iedereen telt één keer, bij de grootste aanstelling op de laatste dag van de periode; bij even grote bij de eerste "
        "vestigingscode. Wie dan geen aanstelling heeft, staat in een eigen rij.",
        "Een cohort is het schooljaar waarin iemand in het register kwam.",
        "Op koers is wie op die dag van registeruren, primaire uren, vakinhoudelijke uren en werkuren elk ten minste het deel "
        "heeft dat van de registratieperiode voorbij is, in hele uren. Zo rekent ook de pagina van de leraar zelf.",
        "Uren tellen als de activiteit is goedgekeurd, en bij op koers vanaf de dag van goedkeuring. Wat nog wordt "
        "beoordeeld, telt niet mee.",
        "Het rapport kent de registratieperioden zoals ze zijn vastgelegd. Ligt de laatste dag na het verzegelde moment, dan "
        "ontbreekt wat daarna nog begint.",
    ),
    grafieken=(
        Grafiek("staven", "Deel op koers voor herregistratie", ("op_koers_percentage",), "Per groep het deel dat op koers is."),
        Grafiek(
            "kolommen", "Wanneer registraties verlopen", (*_DUE, "verloopt_later"),
            "Aantal leraren van wie de registratieperiode eindigt, per kwartaal, van alle groepen samen.",
        ),
        Grafiek("staven", "Registeruren per leraar", ("registeruren_gemiddelde",), "Gemiddelde van de periode, per groep."),
        Grafiek(
            "kolommen", "Registeruren per leraar, per bekwaamheidsgebied", tuple(f"{naam}_gemiddelde" for naam in GEBIEDEN),
            "Gemiddelde van de periode, van alle groepen samen.",
        ),
        Grafiek(
            "kolommen", "Registeruren per leraar, per soort", tuple(f"{naam}_gemiddelde" for naam in SOORTEN),
            "Gemiddelde van de periode, van alle groepen samen.",
        ),
    ),
)  # fmt: skip
