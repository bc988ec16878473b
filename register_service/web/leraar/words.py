"""The words of a dossier, for the leraar whose it is: what a state is called, how good or bad it is, and what it means."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from register_service.web.words import day, listed


class Word(NamedTuple):
    """A state: the colour of its badge (neutral, success, warning, danger), what it is called, and what it means."""

    kind: str
    name: str
    meaning: str


_REGISTRATIE: Mapping[str | None, Word] = {
    "geregistreerd": Word(
        "success",
        "Geregistreerd",
        "U bent geregistreerd als leraar tot en met {tot}. Voldoet u dan aan de eisen, dan begint vanzelf een nieuwe periode.",
    ),
    "onder-voorwaarden": Word(
        "warning",
        "Onder voorwaarden",
        "Aan het einde van uw registratieperiode ontbrak er nog iets. U blijft geregistreerd en u hebt tot en met {herstel} om"
        " het aan te vullen. Daarna begint alsnog een nieuwe periode.",
    ),
    "aspirant": Word(
        "neutral",
        "Aspirant",
        "U bent nog geen geregistreerd leraar, bijvoorbeeld omdat u in opleiding bent. Uw registratie begint zodra er een"
        " bevoegdheid in het register staat.",
    ),
    "verlopen": Word(
        "danger",
        "Verlopen",
        "Uw registratie is verlopen: wat ontbrak, is niet op tijd aangevuld. U kunt haar laten hervatten zodra u weer aan de"
        " eisen voldoet. Vraag dat de beheerder van het register.",
    ),
    "doorgehaald": Word(
        "neutral",
        "Doorgehaald",
        "Uw registratie is op verzoek doorgehaald. U kunt haar laten hervatten. Vraag dat de beheerder van het register.",
    ),
    None: Word("neutral", "Nog niet ingeschreven", "Op deze dag stond u nog niet in het register."),
}
INDUCTIE: Mapping[str, Word] = {
    "gepland": Word("neutral", "Begint later", "Uw inductie is gepland en moet nog beginnen."),
    "lopend": Word("success", "Loopt", "Uw inductie loopt. Elke dag telt mee."),
    "onderbroken": Word(
        "warning",
        "Onderbroken",
        "Uw inductie staat stil, bijvoorbeeld door verlof of omdat u tussen twee scholen zit. Deze dagen tellen niet mee.",
    ),
    "afgerond": Word("success", "Afgerond", "Uw inductie is afgerond."),
    "gestopt": Word(
        "neutral",
        "Gestopt",
        "Uw inductie is gestopt voor het einde. Begint u later opnieuw, dan telt mee wat u al had opgebouwd.",
    ),
    "vrijgesteld": Word("neutral", "Vrijgesteld", "U hoeft geen inductie te doen."),
}
ACTIVITEIT: Mapping[str, Word] = {
    "concept": Word("neutral", "Concept", "Nog niet ingediend. Telt nog niet mee."),
    "ingediend": Word("warning", "Wacht op een validator", "Een validator kijkt ernaar. U hoeft niets te doen."),
    "goedgekeurd": Word("success", "Goedgekeurd", "Telt mee voor uw registratie."),
    "afgewezen": Word("danger", "Afgewezen", "Telt niet mee."),
    "ingetrokken": Word("neutral", "Ingetrokken", "Teruggenomen. Telt niet mee."),
}
VERIFICATIE: Mapping[str, Word] = {
    "niet-geverifieerd": Word("neutral", "Nog niet gecontroleerd", "Niemand vergeleek dit al met uw getuigschrift."),
    "geverifieerd": Word("success", "Gecontroleerd", "Vergeleken met de bron, en het klopt."),
    "afgewezen": Word("danger", "Klopt niet", "Vergeleken met de bron, en het klopte niet."),
}
GESPREK: Mapping[str, Word] = {
    "gehouden": Word("success", "Gehouden", ""),
    "verwacht": Word("neutral", "Komt nog", ""),
    "achterstallig": Word("warning", "Nog niet gehouden", ""),
}
EISEN: Mapping[str, tuple[str, str]] = {
    "registeruren": ("Registeruren", "Alle uren nascholing die zijn goedgekeurd, bij elkaar."),
    "primair": ("Primaire uren", "Het deel daarvan over uw vak, over lesgeven in dat vak en over pedagogiek."),
    "vakinhoudelijk": ("Vakinhoudelijke uren", "Het deel daarvan over de inhoud van uw vak."),
    "werkuren": ("Werkuren", "Uren werk voor de klas, berekend uit uw aanstellingen bij alle besturen."),
}
BEVOEGDHEDEN = {
    "pabo": "Leraar basisonderwijs (pabo)",
    "tweedegraads": "Tweedegraads bevoegdheid",
    "eerstegraads": "Eerstegraads bevoegdheid",
    "pdg": "Pedagogisch-didactisch getuigschrift (pdg)",
    "beperkt": "Beperkte bevoegdheid",
    "geschiktheidsverklaring": "Geschiktheidsverklaring (zij-instroom)",
    "erkend-buitenland": "Erkende buitenlandse bevoegdheid",
}
GRONDEN = {
    "eerste": "Uw eerste periode, of de eerste sinds u weer bevoegd bent.",
    "verlengd": "U voldeed aan de eisen van de vorige.",
    "hersteld": "U vulde binnen zes maanden aan wat ontbrak.",
    "hervat": "U liet uw registratie hervatten.",
}
BERICHTEN = {
    "zes-maanden": "Een half jaar voor het einde op",
    "twaalf-weken": "Twaalf weken voor het einde op",
}
TE_DOEN = {
    "voortgangsgesprek": "Voortgangsgesprek",
    "programma": "Programma van het inductiejaar",
    "afronding": "Afronding van de inductie",
}
ROLLEN = {"coach": "Coach", "schoolopleider": "Schoolopleider", "werkplekbegeleider": "Werkplekbegeleider"}
CRITERIA = {
    "werkdrukvermindering": "Minder werkdruk",
    "enculturatie": "Thuisraken op school",
    "professioneleOntwikkeling": "Professionele ontwikkeling",
    "observatieEnBegeleiding": "Observatie en begeleiding in de klas",
    "intervisieEnBegeleiding": "Intervisie en gerichte begeleiding",
}


def registratie_word(registratie: Mapping[str, Any]) -> Word:
    """Give the state of a registratie, with its days in what it means."""
    word = _REGISTRATIE[registratie["status"]]
    meaning = word.meaning.format(tot=day(registratie["geregistreerdTot"]), herstel=day(registratie["herstelTot"]))
    return word._replace(meaning=meaning)


def duration(months: int, rest_days: int = 0) -> str:
    """Write a time of months and days: 1 jaar, 3 maanden en 5 dagen."""
    years, left = divmod(months, 12)
    parts = [f"{years} jaar"] if years else []
    parts += [f"{left} {'maand' if left == 1 else 'maanden'}"] if left else []
    parts += [f"{rest_days} {'dag' if rest_days == 1 else 'dagen'}"] if rest_days else []
    return listed(parts or ["0 dagen"])
