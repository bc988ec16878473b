"""The report `behoud`: from counts per group to its table. Pure; `datasets/behoud.py` has the query and the definitions."""

from collections.abc import Sequence
from dataclasses import dataclass

from register_service.rapportages.rules.overleving import Punt, Waarneming, overleving
from register_service.rapportages.rules.tabel import Afgeschermd, Kolom, Waarde

JAREN = (1, 2, 3, 4, 5)
# Where somebody is at an anniversary, as the query numbers them.
STANDEN = {
    "weg": "eerder vertrokken of tijdelijk weg",
    "andere_sector": "ander bestuur, andere sector",
    "ander_bestuur": "ander bestuur, zelfde sector",
    "zelfde_bestuur": "zelfde bestuur",
}
REDENEN = {
    "buiten_regio": "Reden: buiten de regio",
    "buiten_onderwijs": "Reden: buiten het onderwijs",
    "pensioen": "Reden: pensioen",
    "overig_of_onbekend": "Reden: overig of onbekend",
}
VERTREK, REDEN, INDUCTIE = "vertrek", "reden", "inductie"
# Blocks of which the rest is not published: who did not leave (of years not over for everyone), still there, no inductie.
OPEN = frozenset({VERTREK, REDEN, INDUCTIE})
_DECIMALS = 1
_ONBEKEND = Afgeschermd.ONBEKEND


@dataclass(frozen=True, slots=True)
class Groep:
    """Counts of one group. `standen`: per year, per stand; `maanden`: per whole month of work who left and who was last seen."""

    totaal: int
    inductie_behaald: int
    standen: tuple[tuple[int, ...], ...]
    redenen: tuple[int, ...]
    maanden: tuple[Waarneming, ...]


def kolommen(bereikt: int) -> tuple[Kolom, ...]:
    """Give the columns of the report, in order. `bereikt`: how many anniversaries lie behind everyone.

    Who left in a year is away at its end. So there they are a part of where everyone is then, and not a second count beside it:
    disclosure control takes the blocks of a table for independent.
    """
    inductie = Kolom(
        "inductie_behaald", "Inductie behaald",
        "Starters die hun inductie uiterlijk op de peildatum behaalden.", blok=INDUCTIE,
    )  # fmt: skip
    totaal = Kolom("totaal", "Starters", "Leraren van wie de eerste aanstelling in de regio in de periode begon.")
    per_jaar = (kolom for jaar in JAREN for kolom in _of_year(jaar, bekend=jaar <= bereikt))
    redenen = (
        Kolom(f"reden_{naam}", titel, "Op de peildatum zonder aanstelling; reden van einde van de laatste.", blok=REDEN)
        for naam, titel in REDENEN.items()
    )
    return (totaal, inductie, *per_jaar, *redenen)


def _of_year(jaar: int, *, bekend: bool) -> tuple[Kolom, ...]:
    na = f"Na {jaar} jaar"
    standen = tuple(
        Kolom(
            f"{stand}_{jaar}",
            f"{na}: {titel}",
            f"Starters met wie het precies {jaar} jaar na hun begin zo stond.",
            blok=f"jaar_{jaar}",
        )
        for stand, titel in reversed(STANDEN.items())
    )
    vertrokken = tuple(f"vertrek_{eerder}" for eerder in JAREN if eerder <= jaar)
    curve = (
        (
            "overleving",
            "nog niet vertrokken",
            "Kans om na zoveel jaar nog niet vertrokken te zijn (Kaplan-Meier, in maanden).",
        ),
        ("onder", "ondergrens (95%)", "Ondergrens van die kans (Greenwood, log-log)."),
        ("boven", "bovengrens (95%)", "Bovengrens van die kans (Greenwood, log-log)."),
    )
    return (
        *standen,
        Kolom(
            f"behoud_{jaar}", f"{na}: nog in de regio", "Deel van de starters dat dan ergens in de regio werkte.",
            "percentage", van=("totaal", f"weg_{jaar}", f"vertrek_{jaar}"), eenheid="%", decimalen=_DECIMALS,
        ),
        Kolom(
            f"vertrek_{jaar}", f"Vertrokken in jaar {jaar}",
            f"Starters die in hun {jaar}e jaar voor het eerst langer dan een jaar zonder aanstelling raakten.",
            blok=f"jaar_{jaar}" if bekend else VERTREK,
        ),
        *(
            Kolom(f"{naam}_{jaar}", f"{na}: {titel}", definitie, "percentage",
                  van=("totaal", *vertrokken), eenheid="%", decimalen=_DECIMALS)
            for naam, titel, definitie in curve
        ),
    )  # fmt: skip


def waarden(groep: Groep, bereikt: int) -> dict[str, Waarde]:
    """Give the values of a row. `bereikt`: how many anniversaries lie behind everyone; of later ones only the curve can tell."""
    found: dict[str, Waarde] = {"totaal": groep.totaal, "inductie_behaald": groep.inductie_behaald}
    punten = overleving(groep.maanden)
    for jaar in JAREN:
        left = sum(maand.gebeurtenissen for maand in groep.maanden if jaar - 1 <= maand.tijd // 12 < jaar)
        found |= _standen(groep, jaar, left) if jaar <= bereikt else _unknown(jaar)
        found[f"vertrek_{jaar}"] = left
        found |= _curve(punten, jaar)
    return found | {f"reden_{naam}": aantal for naam, aantal in zip(REDENEN, groep.redenen, strict=True)}


def _standen(groep: Groep, jaar: int, left: int) -> dict[str, Waarde]:
    standen = dict(zip(STANDEN, groep.standen[jaar - 1], strict=True))
    werkt = groep.totaal - standen["weg"]
    standen["weg"] -= left
    behoud = round(100 * werkt / groep.totaal, _DECIMALS) if groep.totaal else _ONBEKEND
    return {**{f"{stand}_{jaar}": aantal for stand, aantal in standen.items()}, f"behoud_{jaar}": behoud}


def _unknown(jaar: int) -> dict[str, Waarde]:
    return {f"{naam}_{jaar}": _ONBEKEND for naam in (*STANDEN, "behoud")}


def _curve(punten: Sequence[Punt], jaar: int) -> dict[str, Waarde]:
    """Give the curve at the end of a year: what happened in the months before it."""
    until = [punt for punt in punten if punt.tijd < 12 * jaar]
    # Once everybody has left there is nobody to follow, and nothing left to find out.
    known = bool(punten) and (punten[-1].tijd >= 12 * jaar - 1 or punten[-1].overleving == 0)
    if not known or not until:
        whole = 100.0 if known else _ONBEKEND
        return {f"overleving_{jaar}": whole, f"onder_{jaar}": _ONBEKEND, f"boven_{jaar}": _ONBEKEND}
    punt = until[-1]
    bounds = {f"onder_{jaar}": punt.onder, f"boven_{jaar}": punt.boven}
    shown: dict[str, Waarde] = {naam: _ONBEKEND if share is None else _percent(share) for naam, share in bounds.items()}
    return {f"overleving_{jaar}": _percent(punt.overleving), **shown}


def _percent(share: float) -> float:
    return round(100 * share, _DECIMALS)
