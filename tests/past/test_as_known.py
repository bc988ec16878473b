"""`beschikbaarOp`: every read answers as it did at a sealed moment, with `geldigOp` too; today decides who may see it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support import B, Refusal, Register, code, on_day, the

LISTS = ("/leraren", "/aanstellingen", "/besturen", "/scholen", "/vestigingen", "/partnerschappen")


def then(path: str, moment: str) -> str:
    """Give the path of a read at a moment."""
    return f"{path}{'&' if '?' in path else '?'}beschikbaarOp={moment}"


class Snapshots:
    """What a set of reads answered, moment by moment."""

    def __init__(self, register: Register, who: str = "a") -> None:
        self.register, self.who = register, who
        self._kept: list[tuple[str, str, int, bytes]] = []

    def keep(self, *paths: str) -> None:
        """Seal, and keep what each read answers now."""
        moment = self.register.seal()
        for path in paths:
            answer = self.register.get(path, self.who)
            self._kept.append((moment, path, answer.status_code, answer.data))

    def check(self) -> None:
        """Read all again as it was known."""
        for moment, path, status, body in self._kept:
            answer = self.register.get(then(path, moment), self.who)
            assert (path, answer.status_code, answer.data) == (path, status, body)


@pytest.mark.parametrize("who", ["a", "k"])
def test_every_read_of_a_leraar_at_every_moment(register: Register, who: str) -> None:
    snapshots = Snapshots(register, who)
    number, other = register.leraar(), register.leraar()
    base = f"/leraren/{number}"
    work, held = register.aanstelling(number), register.bevoegdheid(number)
    singles = (base, f"{base}/dossier", f"{base}/aanstellingen", f"{base}/bevoegdheden", work, held)
    histories = tuple(f"{path}/historie" for path in (base, work, held))
    valid = tuple(f"{path}?geldigOp={day}" for path in singles for day in ("2016-01-01", "2021-01-01", "2025-01-01"))
    everything = (*singles, *histories, *valid, *LISTS, "/leraren?geldigOp=2025-01-01", "/leraren?vestiging=00AA00")
    snapshots.keep(*everything)
    register.change(base, {"roepnaam": "Zoë"})
    register.change(work, {"einddatum": "2024-07-31", "redenEinde": "overig"}, method="POST", step="/_beeindig")
    snapshots.keep(*everything)
    register.change(held, {"verificatie": "geverifieerd", "tegen": "diploma"}, method="POST", step="/_verifieer")
    register.aanstelling(number, begindatum="2024-08-01")
    snapshots.keep(*everything)
    register.delete(work)
    register.delete(held)
    snapshots.keep(*everything)
    register.post("/leraren/_samenvoegen", {"van": number, "naar": other, "reden": "dubbel"}, "k")
    snapshots.keep(*everything)
    register.aanstelling(other, vestiging="00AA01")
    snapshots.keep(*everything)
    snapshots.check()


def test_every_read_of_organisations_at_every_moment(register: Register) -> None:
    snapshots = Snapshots(register)
    register.as_owner("insert into partnerschap (id, naam) values ('01890000-0000-7000-8000-000000000001', 'P')")
    paths = [
        "/besturen/41300",
        "/scholen/00BB",
        "/vestigingen/00BB00",
        "/partnerschappen/01890000-0000-7000-8000-000000000001",
    ]
    paths += [f"{path}/historie" for path in paths]
    reads = (*paths, *LISTS, *(f"{path}?geldigOp=2026-06-01" for path in (*paths, *LISTS)))
    snapshots.keep(*reads)
    register.as_owner(
        "update bestuur set naam = 'Anders', lid_sinds = '2020-01-01', lid_tot = '2026-05-31' where nummer = %s", B
    )
    register.as_owner("update vestiging set gesloten_op = '2026-05-01', naam = 'Dicht' where code = '00BB00'")
    snapshots.keep(*reads)
    register.as_owner(
        "insert into deelname (partnerschap_id, bestuur, begindatum) "
        "values ('01890000-0000-7000-8000-000000000001', %s, '2026-01-01')",
        B,
    )
    snapshots.keep(*reads)
    register.as_owner("delete from deelname")
    register.as_owner("update vestiging set gesloten_op = null where code = '00BB00'")
    snapshots.keep(*reads)
    snapshots.check()


def test_a_search_looks_in_the_past_too(register: Register) -> None:
    number = register.leraar(achternaam="Voorheen", geboortedatum="1970-01-01")
    before = register.seal()
    register.change(f"/leraren/{number}", {"achternaam": "Intussen"})
    after = register.seal()
    for moment, name, found in (
        (before, "Voorheen", 1),
        (before, "Intussen", 0),
        (after, "Voorheen", 0),
        (after, "Intussen", 1),
    ):
        answer = register.post(
            f"/leraren/_zoek?beschikbaarOp={moment}", {"achternaam": name, "geboortedatum": "1970-01-01"}
        )
        assert len(the(answer)["items"]) == found


def test_a_moment_between_two_seals_shows_the_one_before(register: Register) -> None:
    number = register.leraar(roepnaam="Een")
    first = register.seal()
    register.change(f"/leraren/{number}", {"roepnaam": "Twee"})
    second = register.seal()
    at = datetime.fromisoformat(second)
    just_before = format(at - timedelta(microseconds=1), "%Y-%m-%dT%H:%M:%S.%fZ")
    names = [
        the(register.get(then(f"/leraren/{number}", moment)))["roepnaam"] for moment in (first, just_before, second)
    ]
    assert names == ["Een", "Een", "Twee"]


def test_the_same_moment_in_another_time_zone_is_the_same(register: Register) -> None:
    number = register.leraar()
    moment = datetime.fromisoformat(register.seal())
    elsewhere = (moment + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%S.%f%%2B02:00")
    assert register.get(then(f"/leraren/{number}", elsewhere)).status_code == 200


def test_before_the_first_seal_nothing_was_known(register: Register) -> None:
    number = register.leraar()
    register.seal()
    assert register.get(then(f"/leraren/{number}", "2000-01-01T00:00:00Z")).status_code == 404
    assert the(register.get(then("/leraren", "2000-01-01T00:00:00Z")))["items"] == []
    assert the(register.get(then("/vestigingen", "2000-01-01T00:00:00Z")))["items"] == []


def test_not_yet_sealed_is_refused_and_says_until_when(register: Register) -> None:
    number = register.leraar()
    path = f"/leraren/{number}"
    never = register.get(then(path, "2026-01-01T00:00:00Z"))
    assert Refusal.of(never) == Refusal(400, "nog-niet-verzegeld", "/beschikbaarOp")
    sealed = register.seal()
    after = format(datetime.fromisoformat(sealed) + timedelta(microseconds=1), "%Y-%m-%dT%H:%M:%S.%fZ")
    for read in (path, f"{path}/dossier", f"{path}/historie", "/leraren", "/vestigingen", "/leraren/2657035144"):
        answer = register.get(then(read, after))
        assert Refusal.of(answer) == Refusal(400, "nog-niet-verzegeld", "/beschikbaarOp")
        assert sealed in the(answer)["errors"][0]["detail"]
    assert register.get(then(path, sealed)).status_code == 200


@pytest.mark.parametrize(
    "moment", ["2026-02-30T00:00:00Z", "2026-01-01", "2026-01-01T00:00:00", "gisteren", "", "2026-01-01T25:00:00Z"]
)
def test_a_moment_has_a_form(register: Register, moment: str) -> None:
    assert code(register.get(then("/leraren", moment))) == "ongeldig-tijdstip"


def test_what_is_committed_but_not_sealed_is_not_known(register: Register) -> None:
    register.leraar()
    moment = register.seal()
    number = register.leraar()
    assert register.get(then(f"/leraren/{number}", moment)).status_code == 404
    register.seal()
    assert register.get(then(f"/leraren/{number}", moment)).status_code == 404


def test_what_was_open_when_sealing_becomes_known_with_the_next_seal(register: Register) -> None:
    number = register.leraar(roepnaam="Een")
    with register.owner() as late:
        late.execute("update leraar set roepnaam = 'Twee'")
        first = register.seal()
    assert the(register.get(f"/leraren/{number}"))["roepnaam"] == "Twee"
    assert the(register.get(then(f"/leraren/{number}", first)))["roepnaam"] == "Een"
    assert the(register.get(then(f"/leraren/{number}", register.seal())))["roepnaam"] == "Twee"
    assert the(register.get(then(f"/leraren/{number}", first)))["roepnaam"] == "Een"


def test_today_decides_who_may_see_the_past(register: Register) -> None:
    with on_day(2026, 1, 15):
        number = register.leraar(geboortedatum="1984-05-06")
        register.aanstelling(number, einddatum="2026-07-31")
        moment = register.seal()
        path = then(f"/leraren/{number}/dossier", moment)
        assert register.get(path, "a").status_code == 200
        assert register.get(path, "b").status_code == 404
        register.post("/leraren/_koppel", {"registratienummer": number, "geboortedatum": "1984-05-06"}, "b")
        assert the(register.get(path, "b"))["aanstellingen"] == []
    with on_day(2027, 7, 31):
        assert [register.get(path, who).status_code for who in "ab"] == [200, 404]
    with on_day(2027, 8, 1):
        assert [register.get(path, who).status_code for who in "ab"] == [404, 404]
        assert the(register.get(then("/leraren", moment)))["items"] == []


def test_history_says_who_what_when_why_and_since_when_it_is_known(register: Register) -> None:
    number = register.leraar()
    etag = register.get(f"/leraren/{number}").headers["ETag"]
    register.send("PATCH", f"/leraren/{number}", {"roepnaam": "Zoë"}, match=etag, Reden="getrouwd")
    (made, changed) = the(register.get(f"/leraren/{number}/historie"))["items"]
    assert made["verzegeldOp"] is None
    moment = register.seal()
    (made, changed) = the(register.get(f"/leraren/{number}/historie"))["items"]
    assert (made["handeling"], made["gebeurtenis"], made["reden"]) == ("aangemaakt", "leraar.ingeschreven", None)
    assert (changed["handeling"], changed["gebeurtenis"], changed["reden"]) == (
        "gewijzigd",
        "leraar.gewijzigd",
        "getrouwd",
    )
    assert (changed["actor"], changed["namens"]) == ("client:a", "bestuur:41285")
    assert (made["toestand"]["roepnaam"], changed["toestand"]["roepnaam"]) == (None, "Zoë")
    assert changed["verzegeldOp"] == made["verzegeldOp"] == moment
    assert datetime.fromisoformat(changed["tijdstip"]) <= datetime.fromisoformat(moment).astimezone(UTC)


def test_history_takes_geldig_op(register: Register) -> None:
    path = register.aanstelling(register.leraar(), einddatum="2024-07-31")
    register.change(path, {"einddatum": "2022-07-31"})
    shown = [
        len(the(register.get(f"{path}/historie?geldigOp={day}")).get("items", []))
        for day in ("2021-01-01", "2023-01-01", "2025-01-01")
    ]
    assert shown == [2, 1, 0]


def test_a_page_of_the_past_goes_on_in_the_past(register: Register) -> None:
    numbers = sorted(register.leraar() for _ in range(5))
    moment = register.seal()
    for _ in range(3):
        register.leraar()
    seen, path = [], then("/leraren?limiet=2", moment)
    while path:
        answer = register.get(path)
        seen += [one["registratienummer"] for one in the(answer)["items"]]
        path = answer.headers.get("Link", "").partition(">")[0].removeprefix("</v1")
    assert seen == numbers
