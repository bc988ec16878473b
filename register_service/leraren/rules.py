"""Rules of the leraar (domain.md, Leraar). Pure: values in, errors out."""

from datetime import date

from register_service.core.days import years_between
from register_service.core.errors import FieldError

# Who has a number might guess the geboortedatum. So often may a client be wrong in so many seconds: all days on which the
# holder of one number may have been born then take over a month.
MOST_WRONG_LINKS = 20
WRONG_LINKS_SECONDS = 3600

CONSTRAINTS = {
    "leraar_eck_id_key": (
        "eck-id-bestaat",
        "Er is al een leraar met dit eckId. Vraag de leraar naar het registratienummer en koppel met /leraren/_koppel.",
    ),
}


def check_age(geboortedatum: date, on: date, lowest: int, highest: int) -> list[FieldError]:
    """A leraar is `lowest` to `highest` years old on the day of registration (domain.md, Leraar: 16 to 100)."""
    if lowest <= years_between(geboortedatum, on) <= highest:
        return []
    detail = f"Een leraar is bij inschrijving {lowest} tot en met {highest} jaar oud; kijk de geboortedatum na."
    return [FieldError("body", "/geboortedatum", "leeftijd-bij-inschrijving", detail)]


def check_born_before(geboortedatum: date, first_behaald: date | None, lowest: int) -> list[FieldError]:
    """A corrected geboortedatum leaves the leraar at least `lowest` at the first bevoegdheid (domain.md, Bevoegdheid)."""
    if first_behaald is None or years_between(geboortedatum, first_behaald) >= lowest:
        return []
    detail = f"Volgens het dossier behaalde de leraar op {first_behaald.isoformat()} een bevoegdheid, nog geen {lowest} jaar oud."
    return [FieldError("body", "/geboortedatum", "te-jong-voor-bevoegdheid", detail)]


def check_search(criteria: dict[str, object]) -> list[FieldError]:
    """A search names at least one thing to look for."""
    if criteria.keys() - {"limiet", "cursor"}:
        return []
    return [FieldError("body", "", "geen-zoekvraag", "Geef minstens één gegeven om op te zoeken, zoals achternaam.")]


def check_change(body: dict[str, object]) -> list[FieldError]:
    """A change changes something."""
    if body:
        return []
    return [FieldError("body", "", "niets-te-wijzigen", "Geef minstens één veld dat u wilt wijzigen.")]
