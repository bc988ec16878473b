"""Rules of onderbrekingen, verlengingen, programmas, observaties, voortgangsgesprekken and stays, as the API answers them."""

import pytest

from tests.inductie.feiten import enter, entered, items, periode
from tests.inductie.support import Starter
from tests.support import VESTIGING_A2, VESTIGING_B, Refusal, absent_number, at_once, code, the


@pytest.mark.parametrize(
    ("kind", "given", "code", "location"),
    [
        ("onderbrekingen", {"einddatum": "2025-01-05"}, "einde-voor-begin", "/einddatum"),
        ("onderbrekingen", {"begindatum": "2024-07-31"}, "onderbreking-buiten-traject", "/begindatum"),
        ("onderbrekingen", {"soort": "vakantie"}, "ongeldige-waarde", "/soort"),
        ("verlengingen", {"maanden": 13}, "verlenging-te-lang", "/maanden"),
        ("verlengingen", {"maanden": 0}, "ongeldige-waarde", "/maanden"),
        ("verlengingen", {"motivering": None}, "leeg", "/motivering"),
        ("verlengingen", {"motivering": " "}, "leeg", "/motivering"),
        ("verlengingen", {"besluitdatum": "2026-09-02"}, "datum-in-toekomst", "/besluitdatum"),
        ("programmas", {"jaar": 0}, "ongeldige-waarde", "/jaar"),
        ("programmas", {"lesreductie": 100.5}, "ongeldige-waarde", "/lesreductie"),
        ("programmas", {"enculturatieGepland": 1000}, "ongeldige-waarde", "/enculturatieGepland"),
        ("programmas", {"enculturatieGepland": -1}, "ongeldige-waarde", "/enculturatieGepland"),
        ("programmas", {"enculturatieGepland": 1.005}, "ongeldige-waarde", "/enculturatieGepland"),
        ("programmas", {"enculturatieGepland": "12"}, "ongeldig-type", "/enculturatieGepland"),
        ("observaties", {"datum": "2026-09-02"}, "datum-in-toekomst", "/datum"),
        ("observaties", {"datum": "2024-07-31"}, "observatie-buiten-verblijf", "/datum"),
        ("observaties", {"instrument": "zomaar"}, "ongeldige-waarde", "/instrument"),
        ("observaties", {"observatorNaam": None}, "observator-een-van-beide", "/observator"),
        ("voortgangsgesprekken", {"datum": "2026-09-02"}, "datum-in-toekomst", "/datum"),
        ("voortgangsgesprekken", {"datum": "2024-07-31"}, "gesprek-buiten-traject", "/datum"),
    ],
)
def test_refuses_by_rule(starter: Starter, kind: str, given: dict[str, object], code: str, location: str) -> None:
    assert Refusal.of(enter(starter.started(), kind, **given)) == Refusal(400, code, location)
    assert items(starter, kind) == []


def test_onderbreking_overlapt(starter: Starter) -> None:
    starter.started()
    entered(starter, "onderbrekingen")
    answer = enter(starter, "onderbrekingen", begindatum="2025-03-14", einddatum=None)
    assert Refusal.of(answer) == Refusal(400, "onderbreking-overlapt", "/begindatum")
    assert enter(starter, "onderbrekingen", begindatum="2025-03-15", einddatum=None).status_code == 201


def test_onderbreking_overlapt_also_when_requests_race(starter: Starter) -> None:
    starter.started()
    answers = at_once(*[lambda: enter(starter, "onderbrekingen")] * 3)
    assert sorted(answer.status_code for answer in answers) == [201, 400, 400]


def test_verlengingen_are_twelve_months_at_most_in_all(starter: Starter) -> None:
    starter.started()
    path = entered(starter, "verlengingen", maanden=8)
    assert code(enter(starter, "verlengingen", maanden=5)) == "verlenging-te-lang"
    entered(starter, "verlengingen", maanden=4)
    assert code(starter.register.change(path, {"maanden": 9})) == "verlenging-te-lang"
    assert starter.now()["verlengingMaanden"] == 12


def test_programma_dubbel(starter: Starter) -> None:
    starter.started()
    entered(starter, "programmas")
    assert code(enter(starter, "programmas")) == "programma-dubbel"
    path = entered(starter, "programmas", jaar=2)
    assert code(starter.register.change(path, {"jaar": 1})) == "programma-dubbel"


def test_a_programma_keeps_hours_to_two_decimals_and_null_empties_them(starter: Starter) -> None:
    path = entered(starter.started(), "programmas", observatieEnBegeleidingGepland=999.99, enculturatieGepland=0.01)
    found = the(starter.register.get(path))
    assert (found["observatieEnBegeleidingGepland"], found["enculturatieGepland"]) == (999.99, 0.01)
    assert found["intervisieEnBegeleidingGerealiseerd"] is None
    assert the(starter.register.change(path, {"enculturatieGepland": None}))["enculturatieGepland"] is None


def test_a_lower_lesreductie_is_a_signaal_and_no_error(starter: Starter) -> None:
    starter.started()
    path = entered(starter, "programmas", lesreductie=19.99)
    assert "lesreductie-onder-norm" in {one["code"] for one in starter.now()["signalen"]}
    starter.register.change(path, {"lesreductie": 20})
    assert "lesreductie-onder-norm" not in {one["code"] for one in starter.now()["signalen"]}


def test_observator_een_van_beide(starter: Starter) -> None:
    starter.started()
    number = starter.register.leraar()
    both = enter(starter, "observaties", observator=number)
    assert Refusal.of(both) == Refusal(400, "observator-een-van-beide", "/observator")
    found = enter(starter, "observaties", observator=number, observatorNaam=None)
    assert (found.status_code, the(found)["observator"]) == (201, number)
    unknown = enter(starter, "observaties", observator=absent_number(), observatorNaam=None)
    assert Refusal.of(unknown) == Refusal(400, "registratienummer-onbekend", "/observator")


def test_observator_is_leraar_zelf(starter: Starter) -> None:
    starter.started()
    by_number = enter(starter, "observaties", observator=starter.number, observatorNaam=None)
    assert Refusal.of(by_number) == Refusal(400, "observator-is-leraar-zelf", "/observator")
    leraar = the(starter.register.get(f"/leraren/{starter.number}"))
    by_name = enter(starter, "observaties", observatorNaam=f"{leraar['achternaam']}, {leraar['voornamen']}".upper())
    assert Refusal.of(by_name) == Refusal(400, "observator-is-leraar-zelf", "/observatorNaam")


def test_a_voortgangsgesprek_satisfies_what_is_due(starter: Starter) -> None:
    starter.started()
    entered(starter, "voortgangsgesprekken")
    first = starter.now()["gesprekken"][0]
    assert first == {"uiterlijk": "2025-02-01", "status": "gehouden", "gehoudenOp": "2025-01-20"}


def test_a_stay_is_corrected_and_everything_follows(starter: Starter) -> None:
    starter.started()
    stay = periode(starter)
    answer = starter.register.change(stay, {"vestiging": VESTIGING_A2, "begindatum": "2024-09-01"})
    assert answer.status_code == 200, answer.text
    traject = starter.now()
    assert (traject["startdatum"], traject["vestiging"]) == ("2024-09-01", VESTIGING_A2)
    assert traject["verwachteEinddatum"] == "2027-08-31"


def test_a_stay_is_corrected_by_the_same_rules(starter: Starter) -> None:
    starter.started()
    stay = periode(starter)
    assert code(starter.register.change(stay, {"vestiging": VESTIGING_B})) == "vestiging-van-ander-bestuur"
    assert code(starter.register.change(stay, {"einddatum": "2024-07-31"})) == "einde-voor-begin"
    assert code(starter.register.change(stay, {"begindatum": "2023-12-31"})) == "aanstelling-ontbreekt"


def test_a_correction_that_leaves_facts_outside_is_refused_whole(starter: Starter) -> None:
    starter.started()
    entered(starter, "observaties")
    entered(starter, "begeleiders")
    answer = starter.register.change(periode(starter), {"begindatum": "2025-01-01"})
    assert {error["code"] for error in the(answer)["errors"]} == {
        "observatie-buiten-verblijf",
        "begeleiding-buiten-traject",
    }
    assert starter.now()["startdatum"] == "2024-08-01"


def test_a_stay_entered_by_mistake_is_withdrawn_but_not_the_first(starter: Starter) -> None:
    starter.started()
    starter.do("_verplaats", vestiging=VESTIGING_A2, vanaf="2025-08-01")
    assert starter.register.delete(periode(starter)).status_code == 204
    answer = starter.register.delete(periode(starter))
    assert (answer.status_code, code(answer)) == (409, "eerste-verblijf")
    assert starter.register.change(periode(starter), {"einddatum": None}).status_code == 200


def test_a_stay_of_another_bestuur_is_not_read_and_not_changed(starter: Starter) -> None:
    starter.started().known_at_b()
    stay = periode(starter)
    assert starter.register.get(stay, "b").status_code == 404
    answer = starter.register.send("PATCH", stay, {"einddatum": "2025-01-01"}, who="b", match="*")
    assert (answer.status_code, code(answer)) == (409, "verblijf-van-ander-bestuur")
