"""Starting a traject (domain.md, Inductietraject, Start): every rule by name, over the API."""

import pytest

from tests.inductie.support import START, Starter
from tests.support import VESTIGING_A, VESTIGING_A2, VESTIGING_B, Refusal, Register, at_once, code, on_day, the


def test_a_traject_starts_and_tells_how_it_stands(starter: Starter) -> None:
    answer = starter.start()
    assert answer.status_code == 201, answer.text
    traject = the(answer)
    assert (traject["status"], traject["sector"], traject["startdatum"]) == ("lopend", "vo", START)
    assert traject["opgebouwd"] == {"dagen": 762, "maanden": 25, "restdagen": 1}
    assert (traject["verwachteEinddatum"], traject["inductiejaar"]) == ("2027-07-31", 3)
    assert [stay["vestiging"] for stay in traject["verblijven"]] == [VESTIGING_A]
    assert starter.now() == traject


def test_gepland_becomes_lopend_on_its_startdatum_by_itself(starter: Starter) -> None:
    starter.started(startdatum="2026-10-01")
    assert starter.now()["status"] == "gepland"
    with on_day(2026, 9, 30):
        assert starter.now()["status"] == "gepland"
    with on_day(2026, 10, 1):
        assert starter.now()["status"] == "lopend"
    assert starter.now(geldigOp="2026-10-01")["status"] == "lopend"


def test_needs_a_bevoegdheid_valid_on_the_startdatum(starter: Starter) -> None:
    (path,) = [f"/leraren/{starter.number}/bevoegdheden/{one['id']}" for one in bevoegdheden(starter)]
    starter.register.change(path, {"behaaldOp": "2024-08-02"})
    assert Refusal.of(starter.start()) == Refusal(400, "bevoegdheid-ontbreekt", "/startdatum")
    assert starter.start(startdatum="2024-08-02").status_code == 201


@pytest.mark.parametrize("soort", ["zij-instroom", "in-opleiding"])
def test_or_an_aanstelling_zij_instroom_or_in_opleiding(register: Register, soort: str) -> None:
    with on_day(2026, 9, 1):
        starter = Starter(register, register.leraar())
        aanstelling = register.aanstelling(starter.number, begindatum="2024-01-01")
        assert code(starter.start()) == "bevoegdheid-ontbreekt"
        register.change(aanstelling, {"soort": soort})
        assert starter.start().status_code == 201


def test_a_rejected_bevoegdheid_is_none(starter: Starter) -> None:
    (path,) = [f"/leraren/{starter.number}/bevoegdheden/{one['id']}" for one in bevoegdheden(starter)]
    body = {"verificatie": "afgewezen", "tegen": "diplomaregister"}
    assert starter.register.change(path, body, method="POST", step="/_verifieer").status_code == 200
    assert code(starter.start()) == "bevoegdheid-ontbreekt"


def test_needs_an_aanstelling_at_that_vestiging_covering_the_startdatum(starter: Starter) -> None:
    assert code(starter.start(startdatum="2023-12-31")) == "aanstelling-ontbreekt"
    assert starter.start(startdatum="2024-01-01").status_code == 201


def test_at_most_four_months_ahead(starter: Starter) -> None:
    assert Refusal.of(starter.start(startdatum="2027-01-02")) == Refusal(
        400, "startdatum-te-ver-vooruit", "/startdatum"
    )
    assert starter.start(startdatum="2027-01-01").status_code == 201


def test_everything_that_is_wrong_comes_at_once(register: Register) -> None:
    with on_day(2026, 9, 1):
        answer = Starter(register, register.leraar()).start(startdatum="2027-06-01")
    codes = {error["code"] for error in the(answer)["errors"]}
    assert codes == {"startdatum-te-ver-vooruit", "aanstelling-ontbreekt", "bevoegdheid-ontbreekt"}


def test_at_a_vestiging_of_the_own_bestuur(starter: Starter) -> None:
    assert Refusal.of(starter.start(vestiging=VESTIGING_B)) == Refusal(400, "vestiging-van-ander-bestuur", "/vestiging")
    assert Refusal.of(starter.start(vestiging="99ZZ99")) == Refusal(400, "vestiging-onbekend", "/vestiging")


def test_one_open_traject_per_leraar(starter: Starter) -> None:
    starter.started()
    assert code(starter.start(vestiging=VESTIGING_A2)) == "inductie-bestaat"


def test_one_open_traject_also_when_two_requests_of_two_besturen_race(starter: Starter) -> None:
    starter.known_at_b()
    body = {"vestiging": VESTIGING_B, "startdatum": "2025-08-01"}
    answers = at_once(
        *[lambda: starter.start(startdatum="2025-08-01")] * 2,
        *[lambda: starter.register.post(f"/leraren/{starter.number}/inductietrajecten", body, "b")] * 2,
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {code(answer) for answer in answers if answer.status_code == 409} <= {"inductie-bestaat", "periode-overlapt"}
    assert starter.register.rows("select count(*) from inductietraject") == [(1,)]
    assert starter.register.rows("select count(*) from inductieperiode") == [(1,)]


def test_after_behaald_never_again(starter: Starter) -> None:
    starter.started(startdatum="2024-01-01")
    with on_day(2027, 1, 4):
        done = starter.do("_afronden", afgerondOp="2026-12-31", resultaat="behaald")
        assert done.status_code == 200, done.text
        assert code(starter.start(startdatum="2027-01-02")) == "inductie-behaald"


def test_after_gestopt_a_new_one_takes_over_the_credited_time(starter: Starter) -> None:
    starter.started()
    assert starter.do("_stop", gestoptOp="2025-07-31", stopReden="op-verzoek").status_code == 200
    traject = the(starter.start(startdatum="2026-08-01"))
    # 365 of the days that 36 months from 1 August 2026 hold.
    assert traject["nodig"]["dagen"] == 1096 - 365
    assert traject["verwachteEinddatum"] == "2028-07-31"
    assert traject["vervolgOp"] is not None


def test_credit_goes_along_through_two_stops(starter: Starter) -> None:
    starter.started()
    starter.do("_stop", gestoptOp="2025-07-31", stopReden="op-verzoek")
    starter.started(startdatum="2025-08-11")
    starter.do("_stop", gestoptOp="2025-08-20", stopReden="op-verzoek")
    assert the(starter.start(startdatum="2026-08-01"))["nodig"]["dagen"] == 1096 - 365 - 10


def test_after_niet_behaald_a_new_one_starts_from_nothing(starter: Starter) -> None:
    starter.started(startdatum="2024-01-01")
    with on_day(2027, 1, 4):
        starter.do(
            "_afronden",
            afgerondOp="2026-12-31",
            resultaat="niet-behaald",
            motivering="Nog niet",
            meegedeeldOp="2026-12-20",
        )
        traject = the(starter.start(startdatum="2027-01-02"))
    assert (traject["vervolgOp"], traject["nodig"]["maanden"]) == (None, 36)


@pytest.mark.parametrize("grond", ["elders-behaald", "ruime-ervaring", "overig"])
def test_vrijgesteld_from_the_start(starter: Starter, grond: str) -> None:
    body = {"vestiging": VESTIGING_A, "startdatum": START, "vrijstellingGrond": grond}
    answer = starter.register.post(f"/leraren/{starter.number}/inductietrajecten/_vrijstel", body)
    assert answer.status_code == 201, answer.text
    assert (the(answer)["status"], the(answer)["vrijstellingGrond"]) == ("vrijgesteld", grond)
    assert code(starter.start()) == "inductie-vrijgesteld"
    starter.path = answer.headers["Location"].removeprefix("/v1")
    assert starter.register.delete(starter.path).status_code == 204
    assert starter.start().status_code == 201


def test_a_traject_keeps_the_regeling_of_its_startdatum(starter: Starter) -> None:
    starter.register.as_owner(
        "update regeling set geldig_tot = '2026-09-09' where sector = 'vo';"
        "insert into regeling (sector, geldig_vanaf, waarden) select 'vo', '2026-09-10', "
        "waarden || '{\"normduurMaanden\": 24}' from regeling where sector = 'vo'"
    )
    before = the(starter.start(startdatum="2026-09-09"))
    other = Starter.at(starter.register)
    after = the(other.start(startdatum="2026-09-10"))
    assert (before["verwachteEinddatum"], after["verwachteEinddatum"]) == ("2029-09-08", "2028-09-09")
    with on_day(2027, 9, 1):
        assert starter.now()["verwachteEinddatum"] == "2029-09-08"


def test_a_traject_entered_by_mistake_is_withdrawn_and_its_history_stays(starter: Starter) -> None:
    starter.started()
    assert starter.register.delete(starter.path).status_code == 204
    assert starter.register.get(starter.path).status_code == 404
    history = the(starter.register.get(f"{starter.path}/historie"))["items"]
    assert [one["handeling"] for one in history] == ["aangemaakt", "verwijderd"]
    assert starter.start().status_code == 201


def test_a_started_traject_is_sent_once_with_one_idempotency_key(starter: Starter) -> None:
    body = {"vestiging": VESTIGING_A, "startdatum": START}
    path = f"/leraren/{starter.number}/inductietrajecten"
    first, second = (starter.register.post(path, body, Idempotency_Key="start-1") for _ in range(2))
    assert (first.status_code, first.data) == (second.status_code, second.data)
    assert starter.register.rows("select count(*) from inductietraject") == [(1,)]


def bevoegdheden(starter: Starter) -> list[dict[str, object]]:
    """Give the bevoegdheden of the starter."""
    items: list[dict[str, object]] = the(starter.register.get(f"/leraren/{starter.number}/bevoegdheden"))["items"]
    return items
