"""What pages of a leraar say: what is next, what changed, who did it. Pure, without a database."""

from datetime import date
from typing import Any

import pytest

from register_service.bevoegdheden.schemas import SOORTEN, VERIFICATIES
from register_service.dossiers.schemas_inzagen import KIJKERS
from register_service.inductie.schemas import ACHTERSTALLIG, STATUSSEN
from register_service.inductie.schemas_feiten import ROLLEN
from register_service.professionalisering.schemas import STATUSSEN as ACTIVITEIT
from register_service.registratie.rules.course import STATUSSEN as REGISTRATIE
from register_service.registratie.rules.voortgang import EISEN
from register_service.registratie.schemas import _BERICHTEN, _GRONDEN
from register_service.web import words as plain_words
from register_service.web.leraar import words
from register_service.web.leraar.actors import who_did, who_looked
from register_service.web.leraar.next_steps import next_steps
from register_service.web.leraar.onderdelen import named, told
from register_service.web.leraar.programme import programme_of

TODAY = date(2026, 11, 25)
KNOWN: dict[str, Any] = {
    "clients": {
        "client:hr": {"soort": "bestuur", "naam": "HR van A", "bestuur": "Bestuur A"},
        "client:k": {"soort": "beheer", "naam": "Beheer", "bestuur": None},
        "client:p": {"soort": "aanbieder", "naam": "Proefscholing", "bestuur": None},
        "client:l": {"soort": "leraar", "naam": "persoonlijk token", "bestuur": None},
    },
    "besturen": {"41285": "Bestuur A"},
}
NOTHING_TO_REACH: dict[str, Any] = {"status": "aspirant", "tot": None, "eisen": [], "opKoers": False, "ingediend": 0}


def _voortgang(**changes: Any) -> dict[str, Any]:
    eis = {"eis": "registeruren", "behaald": 118.5, "nodig": 160, "ontbreekt": 41.5, "voldaan": False}
    done = {"eis": "primair", "behaald": 100, "nodig": 100, "ontbreekt": 0, "voldaan": True}
    running = {"status": "geregistreerd", "tot": "2027-07-31", "eisen": [eis, done], "opKoers": True, "ingediend": 6.5}
    return {**running, **changes}


def _steps(**changes: Any) -> list[Any]:
    given: dict[str, Any] = {
        "leraar": {"emailadres": "z@school.example"},
        "voortgang": NOTHING_TO_REACH,
        "traject": None,
        "bevoegdheden": [],
        "states": {},
        **changes,
    }
    return next_steps(TODAY, **given)


def test_nothing_is_next_where_there_is_nothing_to_do() -> None:
    assert _steps() == []


def test_hours_that_lack_before_the_end_of_a_period() -> None:
    (step,) = _steps(voortgang=_voortgang())
    assert (step.what, step.by, step.urgency) == ("Nog nodig: 41,5 registeruren", "2027-07-31", None)
    assert "6,5 uur op een validator" in step.more and "op koers" in step.more


def test_hours_that_are_being_made_good_come_first() -> None:
    steps = _steps(voortgang=_voortgang(status="onder-voorwaarden", tot="2027-01-31"), states={"concept": 1})
    assert [step.urgency for step in steps] == ["Dringend", None]


def test_who_is_verlopen_reads_what_resuming_asks() -> None:
    (step,) = _steps(voortgang=_voortgang(status="verlopen"))
    assert step.by is None and "hervatten" in step.more


def test_what_is_late_in_an_induction_comes_before_what_is_to_come() -> None:
    traject = {
        "achterstallig": [{"wat": "voortgangsgesprek", "sinds": "2026-08-02"}],
        "teDoen": [{"wat": "voortgangsgesprek", "uiterlijk": "2026-08-01"}, {"wat": "afronding", "uiterlijk": "2026-12-31"}],
    }  # fmt: skip
    late, ahead = _steps(traject=traject)
    assert (late.what, late.urgency) == ("Voortgangsgesprek", "Te laat")
    assert (ahead.what, ahead.by, ahead.urgency) == ("Afronding van uw inductie", "2026-12-31", None)


@pytest.mark.parametrize(
    ("until", "told"),
    [("2026-11-25", True), ("2027-11-25", True), ("2027-11-26", False), ("2026-11-24", False), (None, False)],
)
def test_a_bevoegdheid_that_ends_within_a_year(until: str | None, told: bool) -> None:
    steps = _steps(bevoegdheden=[{"soort": "geschiktheidsverklaring", "geldigTot": until}])
    assert [step.by for step in steps] == ([until] if told else [])


def test_activiteiten_that_wait_and_an_address_that_lacks() -> None:
    steps = _steps(states={"concept": 2, "ingediend": 1, "goedgekeurd": 9}, leraar={"emailadres": None})
    assert [step.what for step in steps] == [
        "2 activiteiten zijn nog niet ingediend",
        "1 activiteit wacht op een validator",
        "Geef uw e-mailadres door",
    ]


@pytest.mark.parametrize(
    ("actor", "namens", "who"),
    [
        ("client:hr", "bestuur:41285", "Bestuur A (HR van A)"),
        ("client:weg", "bestuur:41300", "bestuur 41300"),
        ("client:k", None, "de beheerder van het register"),
        ("client:l", None, "uzelf"),
        ("client:p", None, "Proefscholing"),
        ("leraar:2657035144", None, "uzelf"),
        ("validator:4521824790", None, "een validator"),
        ("beheer:cli", None, "de beheerder van het register"),
        ("dienst:registratie", None, "het register zelf, volgens de regels"),
    ],
)
def test_who_did_it(actor: str, namens: str | None, who: str) -> None:
    assert who_did({"actor": actor, "namens": namens}, KNOWN) == who


@pytest.mark.parametrize("kind", KIJKERS)
def test_every_kind_of_onlooker_has_words(kind: str) -> None:
    look = {"kijker": kind, "naam": "HR van A", "bestuurNaam": "Bestuur A"}
    assert who_looked(look) and who_looked(look) != kind


def test_the_parts_of_a_dossier_in_words() -> None:
    parts = ["leraar", "bevoegdheden/historie", "inductietrajecten/tijdlijn", "inductietrajecten/historie", "leraar"]
    assert named(parts) == [
        "persoonsgegevens",
        "geschiedenis van bevoegdheden",
        "tijdlijn van de inductie",
        "geschiedenis van inductie",
    ]


@pytest.mark.parametrize(
    ("doel", "words"),
    [
        ("dossier raadplegen", "dossier bekijken"),
        ("historie van bevoegdheid raadplegen", "geschiedenis van bevoegdheid bekijken"),
        ("leraren opsommen", "een lijst van leraren bekijken"),
        ("aanwezigheid bij aanbod bevestigen", "bevestigen dat u bij een activiteit was"),
        ("activiteit goedkeuren", "activiteit goedkeuren"),
    ],
)
def test_what_a_look_was_for_in_words(doel: str, words: str) -> None:
    assert told(doel) == words


def test_a_programme_is_drawn_as_far_as_it_was_planned() -> None:
    empty = {f"{key}{kind}": None for key in words.CRITERIA for kind in ("Gepland", "Gerealiseerd")}
    fact = {**empty, "id": "1", "jaar": 2, "lesreductie": 10, "enculturatieGepland": 30, "enculturatieGerealiseerd": 20}
    more = {**fact, "enculturatieGerealiseerd": 40, "werkdrukverminderingGerealiseerd": 5}
    assert [tuple(one) for one in programme_of(fact).hours] == [("Thuisraken op school", 30, 20, 66)]
    assert [one.share for one in programme_of(more).hours] == [0, 100]


@pytest.mark.parametrize(
    ("months", "days", "text"),
    [(0, 0, "0 dagen"), (1, 1, "1 maand en 1 dag"), (15, 23, "1 jaar, 3 maanden en 23 dagen"), (36, 0, "3 jaar")],
)
def test_a_duration(months: int, days: int, text: str) -> None:
    assert words.duration(months, days) == text


@pytest.mark.parametrize(
    ("value", "text"), [(1327.2, "1.327,2"), (0.5, "0,5"), (160, "160"), (None, ""), (0.8125, "0,8125"), ("12", "12")]
)
def test_a_number_as_the_dutch_write_it(value: float | None, text: str) -> None:
    assert plain_words.number(value) == text


def test_every_word_of_the_register_has_words_for_a_leraar() -> None:
    assert set(words._REGISTRATIE) == {*REGISTRATIE, None}
    assert set(words.INDUCTIE) == set(STATUSSEN)
    assert set(words.ACTIVITEIT) == set(ACTIVITEIT)
    assert set(words.VERIFICATIE) == set(VERIFICATIES)
    assert set(words.BEVOEGDHEDEN) == set(SOORTEN)
    assert set(words.EISEN) == set(EISEN)
    assert set(words.ROLLEN) == set(ROLLEN)
    assert set(words.TE_DOEN) == set(ACHTERSTALLIG)
    assert set(words.BERICHTEN) == set(_BERICHTEN)
    assert set(words.GRONDEN) == set(_GRONDEN)
