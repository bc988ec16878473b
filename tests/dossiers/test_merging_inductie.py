"""Samenvoegen of dossiers with a traject: all of it moves, is computed anew, and one leraar never has two."""

from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from register_service.inductie.models import FACTS
from tests.inductie.support import Starter
from tests.support import VESTIGING_A, VESTIGING_B, Refusal, Register, at_once, on_day, the


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with on_day(2026, 9, 1):
        yield


@pytest.fixture
def starter(register: Register) -> Starter:
    """Somebody with a traject since 1 August 2024."""
    return Starter.at(register).started()


def merge(register: Register, van: str, naar: str) -> TestResponse:
    """Merge two dossiers."""
    return register.post("/leraren/_samenvoegen", {"van": van, "naar": naar, "reden": "dubbel ingeschreven"}, "k")


def add(starter: Starter, kind: str, who: str = "a", **fields: object) -> str:
    """Add a fact and give its path."""
    answer = starter.register.post(f"{starter.path}/{kind}", fields, who)
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"].removeprefix("/v1")


def at_b(register: Register, begindatum: str = "2024-01-01") -> Starter:
    """Somebody of bestuur B who may start there: aanstellingen of the two do not stand in the way of a merge."""
    starter = Starter(register, register.leraar("b"))
    register.bevoegdheid(starter.number, "b", vak="frans")
    register.aanstelling(starter.number, "b", begindatum=begindatum)
    return starter


def start_at_b(starter: Starter, startdatum: str = "2024-08-01") -> Starter:
    """Start a traject at bestuur B."""
    answer = starter.start("b", vestiging=VESTIGING_B, startdatum=startdatum)
    assert answer.status_code == 201, answer.text
    return starter


def whole(register: Register) -> list[object]:
    """Give all rows of the inductie, and the number of journal rows."""
    tables = ("inductietraject", *(str(fact.__tablename__) for fact in FACTS), "inductiestand")  # type: ignore[attr-defined]
    rows = [register.rows(f"select to_jsonb(t) from {table} t order by t::text") for table in tables]
    return [*rows, register.rows("select count(*) from journal")]


def test_everything_of_the_inductie_moves_to_the_survivor(starter: Starter) -> None:
    register = starter.register
    leraar = register.as_leraar(starter.number)
    add(starter, "onderbrekingen", soort="ziekte", begindatum="2025-03-03", einddatum="2025-06-27")
    add(starter, "verlengingen", maanden=6, motivering="Meer tijd", besluitdatum="2026-08-31")
    add(starter, "programmas", jaar=1, lesreductie=20)
    add(starter, "begeleiders", rol="coach", begeleiderNaam="M. Voorbeeld", begindatum="2024-09-01")
    add(starter, "voortgangsgesprekken", datum="2025-02-01")
    seen = add(starter, "observaties", datum="2025-01-20", instrument="ICALT", observatorNaam="M. Voorbeeld")
    assert register.post(f"{seen}/scores", {"scores": {"rust": 3}}, leraar).status_code == 201
    assert register.post(f"{starter.path}/_instemmen", {"bestuur": "41300"}, leraar).status_code == 200
    before = starter.now()
    naar = register.leraar()
    assert merge(register, starter.number, naar).status_code == 200
    for table in ("inductietraject", "inductiestand", *(str(fact.__tablename__) for fact in FACTS)):  # type: ignore[attr-defined]
        assert register.rows(f"select distinct leraar from {table}") == [(naar,)], table
    assert starter.now() == {**before, "leraar": naar}
    assert [one["id"] for one in the(register.get(f"/leraren/{naar}/inductietrajecten"))["items"]] == [before["id"]]
    old = register.get(f"/leraren/{starter.number}/inductietrajecten")
    assert (old.status_code, old.headers["Location"]) == (308, f"/v1/leraren/{naar}/inductietrajecten")
    assert the(register.get(f"{seen}/scores", register.as_leraar(naar)))["scores"] == {"rust": 3}


def test_scores_move_along_when_their_traject_was_withdrawn(starter: Starter) -> None:
    register = starter.register
    seen = add(starter, "observaties", datum="2025-01-20", instrument="ICALT", observatorNaam="M. Voorbeeld")
    assert (
        register.post(f"{seen}/scores", {"scores": {"rust": 3}}, register.as_leraar(starter.number)).status_code == 201
    )
    assert register.delete(starter.path).status_code == 204
    naar = register.leraar()
    assert merge(register, starter.number, naar).status_code == 200
    assert the(register.get(f"{seen}/scores", register.as_leraar(naar)))["scores"] == {"rust": 3}


def test_the_past_of_a_traject_stays_as_it_was_known(starter: Starter) -> None:
    register = starter.register
    moment = register.seal()
    then = starter.now(beschikbaarOp=moment)
    merge(register, starter.number, register.leraar())
    assert starter.now(beschikbaarOp=moment) == then


def test_who_guides_others_goes_on_under_the_new_number(starter: Starter) -> None:
    register = starter.register
    van, naar = register.leraar(), register.leraar()
    coach = add(starter, "begeleiders", rol="coach", begeleider=van, begindatum="2024-09-01")
    seen = add(starter, "observaties", datum="2025-01-20", instrument="ICALT", observator=van)
    other = Starter.at(register).started(leidinggevende=van)
    assert merge(register, van, naar).status_code == 200
    assert the(register.get(coach))["begeleider"] == the(register.get(seen))["observator"] == naar
    (stay,) = register.rows("select leidinggevende from inductieperiode where leraar = %s", other.number)
    assert stay == (naar,)
    told = [entry["tekst"] for entry in the(register.get(f"{starter.path}/tijdlijn"))["items"]]
    assert not any("gewijzigd" in text for text in told)


def test_aanstellingen_of_both_count_from_then_on(register: Register) -> None:
    starter, other = Starter.at(register).started(), register.leraar()
    (path,) = (
        f"/leraren/{starter.number}/aanstellingen/{one['id']}"
        for one in the(register.get(f"/leraren/{starter.number}/aanstellingen"))["items"]
        if one["vestiging"] == VESTIGING_A
    )
    register.change(path, {"einddatum": "2025-12-31"})
    assert "verblijf-zonder-aanstelling" in signals(starter)
    register.aanstelling(other, begindatum="2026-01-01")
    assert merge(register, other, starter.number).status_code == 200
    assert "verblijf-zonder-aanstelling" not in signals(starter)


def signals(starter: Starter) -> list[str]:
    """Give the codes of the signalen of today."""
    return [signal["code"] for signal in starter.now()["signalen"]]


@pytest.mark.parametrize("turned", [False, True])
def test_credit_of_a_traject_that_stopped_goes_to_the_one_after_it(register: Register, turned: bool) -> None:
    first, later = Starter.at(register).started(startdatum="2024-01-01"), at_b(register)
    assert first.do("_stop", gestoptOp="2024-12-31", stopReden="op-verzoek").status_code == 200
    start_at_b(later, "2025-08-01")
    before = later.now("b")["nodig"]["dagen"]
    assert merge(register, *pair(first, later, turned)).status_code == 200
    assert later.now("b")["nodig"]["dagen"] == before - 366
    assert later.now("b")["vervolgOp"] == first.now()["id"]
    assert "De opgebouwde tijd" in the(register.get(f"{later.path}/tijdlijn", "b"))["items"][-1]["tekst"]


def pair(one: Starter, two: Starter, turned: bool) -> tuple[str, str]:
    """Give both numbers, either way around."""
    return (two.number, one.number) if turned else (one.number, two.number)


def refused(one: Starter, two: Starter, turned: bool, code: str) -> None:
    """See a merge refused, and nothing changed by it."""
    before = whole(one.register)
    assert Refusal.of(merge(one.register, *pair(one, two, turned))) == Refusal(409, code)
    assert whole(one.register) == before


@pytest.mark.parametrize("turned", [False, True])
def test_refused_while_both_have_an_open_traject(starter: Starter, turned: bool) -> None:
    other = start_at_b(at_b(starter.register))
    refused(starter, other, turned, "samenvoegen-open-trajecten")


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("end", ["behaald", "vrijgesteld"])
def test_refused_when_one_is_done_and_the_other_too_or_open(starter: Starter, end: str, turned: bool) -> None:
    other = at_b(starter.register, "2020-08-01")
    if end == "behaald":
        start_at_b(other, "2020-08-01")
        assert other.do("_afronden", "b", afgerondOp="2023-07-31", resultaat="behaald").status_code == 200
    else:
        body = {"vestiging": VESTIGING_B, "startdatum": "2024-08-01", "vrijstellingGrond": "overig"}
        path = f"/leraren/{other.number}/inductietrajecten/_vrijstel"
        assert other.register.post(path, body, "b").status_code == 201
    refused(starter, other, turned, "samenvoegen-inductie-dubbel")
    starter.do("_stop", gestoptOp="2024-12-31", stopReden="op-verzoek")
    assert merge(starter.register, *pair(starter, other, turned)).status_code == 200


@pytest.mark.parametrize("turned", [False, True])
def test_refused_while_verblijven_overlap(starter: Starter, turned: bool) -> None:
    other = start_at_b(at_b(starter.register), "2024-12-31")
    for one, who in ((starter, "a"), (other, "b")):
        assert one.do("_stop", who, gestoptOp="2024-12-31", stopReden="op-verzoek").status_code == 200
    refused(starter, other, turned, "samenvoegen-overlapt")


PARTS = {
    "begeleiders": {"rol": "schoolopleider", "begindatum": "2024-09-01"},
    "observaties": {"datum": "2025-01-20", "instrument": "ICALT"},
}


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("kind", "role"), [("begeleiders", "begeleider"), ("observaties", "observator"), ("periodes", "leidinggevende")]
)
def test_refused_when_somebody_would_guide_himself(starter: Starter, kind: str, role: str, turned: bool) -> None:
    register, other = starter.register, Starter(starter.register, starter.register.leraar())
    if kind == "periodes":
        register.as_owner("update inductieperiode set leidinggevende = %s", other.number)
    else:
        add(starter, kind, **{**PARTS[kind], role: other.number})
    refused(starter, other, turned, "samenvoegen-begeleidt-zichzelf")


@pytest.mark.parametrize("turned", [False, True])
def test_refused_when_a_begeleider_would_be_in_charge(register: Register, turned: bool) -> None:
    guide, manager = (Starter(register, register.leraar()) for _ in range(2))
    starter = Starter.at(register).started(leidinggevende=manager.number)
    add(starter, "begeleiders", rol="coach", begeleider=guide.number, begindatum="2024-09-01")
    refused(guide, manager, turned, "samenvoegen-begeleider-is-leidinggevende")


def test_a_traject_that_starts_while_merging_is_never_left_behind(register: Register) -> None:
    starter, naar = Starter.at(register), register.leraar()
    started, merged = at_once(starter.start, lambda: merge(register, starter.number, naar))
    assert (merged.status_code, started.status_code in (201, 308)) == (200, True)
    for table in ("inductietraject", "inductieperiode", "inductiestand"):
        assert register.rows(f"select from {table} where leraar <> %s", naar) == []
    assert len(register.rows("select from inductietraject")) == (started.status_code == 201)
