"""Samenvoegen of dossiers with activiteiten: all of it moves, who was there once was there once, nobody judged himself."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from werkzeug.test import TestResponse

from tests.professionalisering.support import Teacher, Validator, judging
from tests.support import Refusal, Register, at_once, code, on_day, the


@dataclass
class Two:
    """Two dossiers of one person, whose aanstellingen do not stand in the way: `gone` goes on as `kept`."""

    gone: Teacher
    kept: Teacher

    @property
    def register(self) -> Register:
        """The register they are in."""
        return self.gone.register

    def merge(self) -> TestResponse:
        """Merge them."""
        body = {"van": self.gone.number, "naar": self.kept.number, "reden": "dubbel ingeschreven"}
        return self.register.post("/leraren/_samenvoegen", body, "k")

    def merged(self) -> None:
        """Merge them, and see that it went well."""
        answer = self.merge()
        assert answer.status_code == 200, answer.text

    def moved(self, path: str) -> str:
        """Give the path of an activiteit once it is the survivor's."""
        return path.replace(self.gone.number, self.kept.number)


@pytest.fixture
def two(register: Register) -> Iterator[Two]:
    """On 1 September 2026."""
    with on_day(2026, 9, 1):
        yield Two(Teacher.at(register), Teacher(register, register.leraar()))


def test_activiteiten_and_bewijsstukken_move_to_the_survivor(two: Two) -> None:
    paths = [two.gone.submitted(), two.gone.reported("a", titel="Tweede")]
    two.gone.proven(paths[0])
    own = two.kept.reported(titel="Eigen")
    two.merged()
    moved = [two.moved(path) for path in paths]
    listed = the(two.register.get(two.kept.path, two.kept.self_))["items"]
    assert {one["id"] for one in listed} == {path.rpartition("/")[2] for path in (*paths, own)}
    assert {one["leraar"] for one in listed} == {two.kept.number}
    (bewijsstuk,) = two.kept.now(moved[0])["bewijsstukken"]
    assert bewijsstuk["activiteit"] == paths[0].rpartition("/")[2]
    assert two.register.rows("select leraar from bewijsstuk") == [(two.kept.number,)]
    validator = Validator.at(two.register)
    validator.judged(moved[0])
    assert two.kept.do(moved[1], "_indienen", "a").status_code == 200


def test_the_old_address_leads_on(two: Two) -> None:
    path = two.gone.reported("a")
    two.merged()
    for address in (path, f"{path}/historie", two.gone.path):
        answer = two.register.get(address, "a")
        assert (answer.status_code, answer.headers["Location"]) == (308, f"/v1{two.moved(address)}")
    assert two.register.send("POST", f"{path}/_indienen", who="a", match="*").status_code == 308


def test_the_history_goes_along(two: Two) -> None:
    path = two.gone.submitted()
    two.merged()
    history = the(two.register.get(f"{two.moved(path)}/historie", two.kept.self_))["items"]
    assert [one["gebeurtenis"] for one in history] == [
        "activiteit.gemeld",
        "activiteit.ingediend",
        "leraar.samengevoegd",
    ]


def test_what_the_leraar_shares_stays_as_it_was(two: Two) -> None:
    shared, hidden = two.gone.reported(), two.gone.reported(titel="Verborgen")
    two.gone.do(shared, "_delen")
    two.merged()
    assert two.register.get(two.moved(shared), "a").status_code == 200
    assert two.register.get(two.moved(hidden), "a").status_code == 404


ATTENDED = """
with o as (
    insert into aanbod (aanbieder, soort, titel, registeruren, vakinhoudelijk, vakdidactisch, pedagogisch, overig, geldig_vanaf,
                        beoordeling, beoordeeld_op)
    select id, 'cursus', 'T', 3, 3, 0, 0, 0, '2026-01-01', 'gevalideerd', '2026-01-01' from aanbieder returning id)
insert into activiteit (leraar, gemeld_door, aanbod, soort, titel, registeruren, vakinhoudelijk, vakdidactisch, pedagogisch,
                        overig, begindatum, einddatum, status, beoordeeld_op)
select nummer, 'aanbieder', id, 'cursus', 'T', 3, 3, 0, 0, 0, '2026-02-01', '2026-02-01', 'goedgekeurd', '2026-02-02'
from o, unnest(%s::text[]) nummer
"""


@pytest.mark.parametrize("withdrawn", ["nobody", "gone", "kept", "both"])
def test_who_was_at_one_aanbod_on_one_day_was_there_once(two: Two, withdrawn: str) -> None:
    two.register.as_aanbieder("12345678")
    two.register.as_owner(ATTENDED, [two.gone.number, two.kept.number])
    keys = dict(two.register.rows("select leraar, id::text from activiteit"))
    for name, teacher in (("gone", two.gone), ("kept", two.kept)):
        if withdrawn in (name, "both"):
            assert teacher.do(f"{teacher.path}/{keys[teacher.number]}", "_intrekken").status_code == 200
    two.merged()
    found = dict(two.register.rows("select id::text, status from activiteit where leraar = %s", two.kept.number))
    assert found[keys[two.gone.number]] == "ingetrokken"
    assert found[keys[two.kept.number]] == ("ingetrokken" if withdrawn in ("kept", "both") else "goedgekeurd")


def test_a_validator_goes_on_under_the_new_number(two: Two) -> None:
    teacher = Teacher(two.register, two.register.leraar())
    path, other = teacher.submitted(), teacher.submitted(titel="Andere cursus")
    validator = Validator(two.register, two.gone.number)
    validator.judged(path)
    two.merged()
    assert teacher.now(path)["beoordeeldDoor"] == two.kept.number
    # The token goes on with the survivor: what was decided is still one's own.
    validator.judged(path, "_herzien", {"reden": "Toch niet"})
    validator.judged(other)
    assert teacher.now(other)["beoordeeldDoor"] == two.kept.number


def test_nobody_judges_himself_after_a_merge(two: Two) -> None:
    path = two.gone.submitted()
    validator = Validator(two.register, two.kept.number)
    assert len(validator.ids()) == 1
    two.merged()
    assert validator.ids() == set()
    assert two.register.get(judging(path), validator.who).status_code == 404


@pytest.mark.parametrize("judge", ["kept", "gone"])
def test_refused_while_the_one_judged_the_other(two: Two, judge: str) -> None:
    judge_, judged = (two.kept, two.gone) if judge == "kept" else (two.gone, two.kept)
    path, validator = judged.submitted(), Validator(two.register, judge_.number)
    validator.judged(path)
    before = two.register.rows("select to_jsonb(a) from activiteit a")
    assert Refusal.of(two.merge()) == Refusal(409, "samenvoegen-beoordeelt-zichzelf")
    assert two.register.rows("select to_jsonb(a) from activiteit a") == before
    validator.judged(path, "_herzien", {"reden": "Dat ben ik zelf"})
    two.merged()


def test_what_is_reported_while_merging_is_never_left_behind(two: Two) -> None:
    gone, by_leraar = two.gone, two.gone.self_
    merged, *reported = at_once(
        two.merge, *[lambda: gone.report(by_leraar), lambda: gone.report("a")] * 3,
    )  # fmt: skip
    assert merged.status_code == 200, merged.text
    # The token of the leraar goes on with the survivor; a number that is no longer one's own leads on.
    assert {answer.status_code for answer in reported} <= {201, 308}
    kept = sum(answer.status_code == 201 for answer in reported)
    assert two.register.rows("select count(*) from activiteit where leraar = %s", gone.number) == [(0,)]
    assert two.register.rows("select count(*) from activiteit where leraar = %s", two.kept.number) == [(kept,)]


def test_only_the_keeper_moves_an_activiteit(two: Two) -> None:
    two.gone.reported("a")
    body = {"van": two.gone.number, "naar": two.kept.number, "reden": "dubbel"}
    assert code(two.register.post("/leraren/_samenvoegen", body, "a")) == "geen-toestemming"
