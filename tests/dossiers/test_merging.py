"""Samenvoegen: everything moves to the survivor, the old number leads on for ever, and nothing is half done."""

from functools import partial
from itertools import pairwise

import pytest
from werkzeug.test import TestResponse

from tests.support import AANSTELLING, BEVOEGDHEID, VESTIGING_A, VESTIGING_A2, Refusal, Register, at_once, code, the


def merge(register: Register, van: str, naar: str, who: str = "k") -> TestResponse:
    """Merge two dossiers."""
    return register.post("/leraren/_samenvoegen", {"van": van, "naar": naar, "reden": "dubbel ingeschreven"}, who)


def everything(register: Register) -> list[object]:
    """Give all rows of all dossiers, and the number of journal rows."""
    tables = ("leraar", "bevoegdheid", "aanstelling", "koppeling", "samenvoeging")
    rows = [register.rows(f"select to_jsonb(t) from {table} t order by id") for table in tables]
    return [*rows, register.rows("select count(*) from journal")]


def test_everything_moves_to_the_survivor(register: Register) -> None:
    van, naar = register.leraar(eckId="eck:1", emailadres="van@school.nl"), register.leraar()
    register.aanstelling(van, personeelsnummer="P1")
    register.aanstelling(van, vestiging=VESTIGING_A2)
    register.aanstelling(naar, begindatum="2010-01-01", einddatum="2020-07-31")
    register.bevoegdheid(van)
    register.bevoegdheid(naar, vak="frans")
    answer = merge(register, van, naar)
    assert (answer.status_code, the(answer)) == (200, {"van": van, "naar": naar})
    dossier = the(register.get(f"/leraren/{naar}/dossier"))
    assert len(dossier["aanstellingen"]) == 3
    assert [one["vak"] for one in dossier["bevoegdheden"]] == ["duits", "frans"]
    assert {one["leraar"] for one in dossier["aanstellingen"] + dossier["bevoegdheden"]} == {naar}
    assert (dossier["eckId"], dossier["emailadres"]) == ("eck:1", "van@school.nl")
    for table in ("aanstelling", "bevoegdheid", "koppeling"):
        assert register.rows(f"select from {table} where leraar = %s", van) == []


def test_the_survivors_own_data_stay(register: Register) -> None:
    van, naar = register.leraar(eckId="eck:1", emailadres="a@b.nl"), register.leraar(eckId="eck:2", emailadres="c@d.nl")
    before = the(register.get(f"/leraren/{naar}"))
    merge(register, van, naar)
    assert the(register.get(f"/leraren/{naar}")) == before


@pytest.mark.parametrize("verified", ["van", "naar"])
def test_a_bevoegdheid_of_both_is_one_and_stays_verified(register: Register, verified: str) -> None:
    van, naar = register.leraar(), register.leraar()
    paths = {"van": register.bevoegdheid(van), "naar": register.bevoegdheid(naar)}
    body = {"verificatie": "geverifieerd", "tegen": "diplomaregister"}
    register.change(paths[verified], body, method="POST", step="/_verifieer")
    merge(register, van, naar)
    (kept,) = the(register.get(f"/leraren/{naar}/bevoegdheden"))["items"]
    assert kept["id"] in paths["naar"]
    assert (kept["verificatie"], kept["geverifieerdTegen"]) == ("geverifieerd", "diplomaregister")


def test_the_other_bestuur_sees_the_survivor(register: Register) -> None:
    van, naar = register.leraar("b"), register.leraar()
    register.aanstelling(van, "b")
    merge(register, van, naar)
    assert register.get(f"/leraren/{naar}", "b").status_code == 200
    assert len(the(register.get(f"/leraren/{naar}/dossier", "b"))["aanstellingen"]) == 1
    assert the(register.get(f"/leraren/{naar}/dossier", "a"))["aanstellingen"] == []


def test_the_old_number_answers_308_with_path_and_query(register: Register) -> None:
    van, naar = register.leraar(), register.leraar()
    paths = [register.aanstelling(van), register.bevoegdheid(van)]
    rests = [path.removeprefix(f"/leraren/{van}") for path in paths]
    merge(register, van, naar)
    for rest in (
        "",
        "/dossier",
        "/bevoegdheden",
        "/aanstellingen",
        "/historie",
        *rests,
        *(f"{rest}/historie" for rest in rests),
    ):
        for query in ("", "?geldigOp=2022-01-01"):
            answer = register.get(f"/leraren/{van}{rest}{query}")
            assert (answer.status_code, code(answer)) == (308, "samengevoegd")
            assert answer.headers["Location"] == f"/v1/leraren/{naar}{rest}{query}"
            assert register.get(f"/leraren/{naar}{rest}{query}").status_code == 200


def test_a_write_to_the_old_number_answers_308_and_changes_nothing(register: Register) -> None:
    van, naar = register.leraar(), register.leraar()
    path = register.aanstelling(van)
    merge(register, van, naar)
    before = everything(register)
    for method, rest, body in (
        ("PATCH", "", {"roepnaam": "x"}),
        ("POST", "/aanstellingen", {**AANSTELLING, "vestiging": VESTIGING_A2}),
        ("POST", "/bevoegdheden", BEVOEGDHEID),
        ("PATCH", path.removeprefix(f"/leraren/{van}"), {"functie": "x"}),
        ("DELETE", path.removeprefix(f"/leraren/{van}"), None),
    ):
        answer = register.send(method, f"/leraren/{van}{rest}", body, match='"x"')
        assert (answer.status_code, answer.headers["Location"]) == (308, f"/v1/leraren/{naar}{rest}")
    assert everything(register) == before


def test_a_chain_of_merges_leads_to_the_end_at_once(register: Register) -> None:
    numbers = [register.leraar() for _ in range(4)]
    for van, naar in pairwise(numbers):
        assert merge(register, van, naar).status_code == 200
    for old in numbers[:-1]:
        answer = register.get(f"/leraren/{old}/dossier")
        assert (answer.status_code, answer.headers["Location"]) == (308, f"/v1/leraren/{numbers[-1]}/dossier")
    assert register.rows("select distinct naar from samenvoeging") == [(numbers[-1],)]
    assert register.rows("select distinct samengevoegd_met from leraar where samengevoegd_met is not null") == [
        (numbers[-1],)
    ]


def test_who_does_not_see_the_survivor_learns_nothing(register: Register) -> None:
    van, naar = register.leraar(), register.leraar()
    merge(register, van, naar)
    merged, unknown = register.get(f"/leraren/{van}", "b"), register.get("/leraren/2657035144", "b")
    assert (merged.status_code, merged.data) == (404, unknown.data)


def test_overlap_refuses_the_whole_merge(register: Register) -> None:
    van, naar = register.leraar(eckId="eck:1"), register.leraar()
    register.bevoegdheid(van)
    register.aanstelling(van, vestiging=VESTIGING_A2)
    register.aanstelling(van, begindatum="2020-01-01", einddatum="2021-08-01")
    register.aanstelling(naar, begindatum="2021-08-01")  # begins on the day the other ends
    before = everything(register)
    assert Refusal.of(merge(register, van, naar)) == Refusal(409, "samenvoegen-overlapt")
    assert everything(register) == before
    assert register.get(f"/leraren/{van}").status_code == 200


@pytest.mark.parametrize(
    ("van", "naar", "found"),
    [(0, 0, (400, "zelfde-dossier")), (0, 2, (404, "niet-gevonden")), (2, 0, (404, "niet-gevonden"))],
)
def test_needs_two_dossiers(register: Register, van: int, naar: int, found: tuple[int, str]) -> None:
    numbers = [register.leraar(), register.leraar(), "2657035144"]
    answer = merge(register, numbers[van], numbers[naar])
    assert (answer.status_code, code(answer)) == found


def test_a_merged_dossier_cannot_be_merged_again(register: Register) -> None:
    van, naar, other = register.leraar(), register.leraar(), register.leraar()
    merge(register, van, naar)
    assert merge(register, van, other).status_code == merge(register, other, van).status_code == 404


def test_is_for_the_keeper_only(register: Register) -> None:
    van, naar = register.leraar(), register.leraar()
    assert Refusal.of(merge(register, van, naar, "a")) == Refusal(403, "geen-toestemming")


def test_the_merge_stands_in_the_journal_with_its_reason(register: Register) -> None:
    van, naar = register.leraar(), register.leraar()
    register.aanstelling(van)
    merge(register, van, naar)
    rows = register.rows(
        "select distinct table_name, actor, reason from journal where event = 'leraar.samengevoegd' order by 1"
    )
    assert rows == [
        (table, "client:k", "dubbel ingeschreven") for table in ("aanstelling", "koppeling", "leraar", "samenvoeging")
    ]


def test_the_history_of_the_survivor_holds_that_of_both(register: Register) -> None:
    van, naar = register.leraar(), register.leraar()
    path = register.aanstelling(van)
    merge(register, van, naar)
    numbers = [one["toestand"]["registratienummer"] for one in the(register.get(f"/leraren/{naar}/historie"))["items"]]
    assert (numbers[:2], set(numbers)) == ([van, naar], {van, naar})
    history = the(register.get(f"{path.replace(van, naar)}/historie"))["items"]
    assert [one["toestand"]["leraar"] for one in history] == [van, naar]


@pytest.mark.parametrize("turn", range(4))
def test_what_is_added_while_merging_is_never_left_behind(register: Register, turn: int) -> None:
    van, naar = register.leraar(), register.leraar()
    add = partial(register.post, f"/leraren/{van}/aanstellingen", {**AANSTELLING, "vestiging": VESTIGING_A})
    other = partial(register.post, f"/leraren/{van}/bevoegdheden", BEVOEGDHEID)
    proof = {"registratienummer": van, "geboortedatum": "1984-05-06"}
    link = partial(register.post, "/leraren/_koppel", proof, "b")
    actions = [add, partial(merge, register, van, naar), other, link]
    added, merged, held, linked = at_once(*actions)
    assert merged.status_code == 200
    assert {added.status_code, held.status_code} <= {201, 308}
    assert linked.status_code in (200, 404)
    for table in ("aanstelling", "bevoegdheid", "koppeling"):
        assert register.rows(f"select from {table} where leraar = %s", van) == []
    dossier = the(register.get(f"/leraren/{naar}/dossier"))
    assert len(dossier["aanstellingen"]) == (added.status_code == 201)
    assert len(dossier["bevoegdheden"]) == (held.status_code == 201)


def test_two_merges_of_the_same_people_at_once_are_one(register: Register) -> None:
    one, two = register.leraar(), register.leraar()
    answers = at_once(partial(merge, register, one, two), partial(merge, register, two, one))
    assert sorted(answer.status_code for answer in answers) == [200, 404]
    assert register.rows("select count(*) from samenvoeging") == [(1,)]
