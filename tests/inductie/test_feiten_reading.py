"""Who reads the facts of a traject: the bestuur that wrote them, the leraar and the keeper; and each look is logged."""

from tests.inductie.feiten import FACTS, enter, entered, every_fact, items
from tests.inductie.support import Starter
from tests.support import VESTIGING_B, A, B, on_day, whole

ABSENT = "01890000-0000-7000-8000-0000000000ff"


def test_another_bestuur_sees_nothing_of_it_and_an_absent_one_looks_the_same(starter: Starter) -> None:
    facts = every_fact(starter.started().known_at_b())
    register, moment = starter.register, starter.register.seal()
    for kind, path in facts.items():
        absent = f"{starter.path}/{kind}/{ABSENT}"
        assert items(starter, kind, "b") == items(starter, kind, "b", f"?beschikbaarOp={moment}") == []
        for below in ("", "/historie", f"?beschikbaarOp={moment}", "?geldigOp=2025-02-01"):
            assert whole(register.get(path + below, "b")) == whole(register.get(absent + below, "b")), (kind, below)
            assert register.get(path + below, "b").status_code == 404, (kind, below)


def test_another_bestuur_changes_nothing_of_it(starter: Starter) -> None:
    facts = every_fact(starter.started().known_at_b())
    for kind in FACTS:
        for method, body in (("PATCH", FACTS[kind][1]), ("DELETE", None)):
            answers = [
                starter.register.send(method, which, body, who="b", match="*")
                for which in (facts[kind], f"{starter.path}/{kind}/{ABSENT}")
            ]
            assert whole(answers[0]) == whole(answers[1])
            assert answers[0].status_code == 404


def test_the_leraar_reads_every_besturens_facts_and_changes_none(starter: Starter) -> None:
    facts = every_fact(starter.started())
    who, stranger = (starter.register.as_leraar(number) for number in (starter.number, starter.register.leraar()))
    for kind, path in facts.items():
        assert starter.register.get(path, who).data == starter.register.get(path).data, kind
        assert starter.register.send("DELETE", path, who=who, match="*").status_code == 403, kind
        assert starter.register.get(path, stranger).status_code == 404, kind
        assert starter.register.get(f"{starter.path}/{kind}", stranger).status_code == 404, kind


def test_every_look_at_a_fact_is_logged(starter: Starter) -> None:
    looks = "select leraar, parts from access_log order by id desc limit 1"
    for kind, path in every_fact(starter.started()).items():
        for below, part in ((path, kind), (f"{path}/historie", f"{kind}/historie"), (f"{starter.path}/{kind}", kind)):
            starter.register.get(below, "k")
            assert starter.register.rows(looks) == [(starter.number, [part])]


def test_below_another_traject_a_fact_is_not_there(starter: Starter) -> None:
    facts = every_fact(starter.started())
    other = Starter.at(starter.register).started()
    for kind, path in facts.items():
        elsewhere = path.replace(starter.path, other.path)
        assert starter.register.get(elsewhere).status_code == 404, kind
        assert starter.register.get(f"{elsewhere}/historie").status_code == 404, kind
        assert starter.register.send("DELETE", elsewhere, match="*").status_code == 404, kind


def test_what_the_first_bestuur_wrote_it_goes_on_reading_when_the_leraar_is_long_gone(starter: Starter) -> None:
    path = entered(starter.started().known_at_b(), "voortgangsgesprekken")
    starter.register.post(f"{starter.path}/_instemmen", {"bestuur": B}, starter.register.as_leraar(starter.number))
    assert starter.do("_overnemen", "b", vestiging=VESTIGING_B, vanaf="2026-08-01").status_code == 200
    starter.register.as_owner("update aanstelling set einddatum = '2026-08-31' where bestuur = %s", A)
    starter.register.as_owner("delete from koppeling where bestuur = %s", A)
    with on_day(2027, 10, 1):
        assert starter.register.get(f"/leraren/{starter.number}").status_code == 404
        assert starter.register.get(path).status_code == 200
        assert starter.register.get(f"{path}/historie").status_code == 200
        assert len(items(starter, "voortgangsgesprekken")) == 1
        assert starter.register.send("DELETE", path, match="*").status_code == 404
        assert enter(starter, "voortgangsgesprekken").status_code == 404
