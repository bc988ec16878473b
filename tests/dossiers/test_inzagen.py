"""Who looked in a dossier: shown to the leraar and the keeper, and to nobody else."""

import pytest

from tests.support import A, Register, absent_number, code, on_day, the

LOOKS = [
    # at, actor, namens, purpose, reason, parts
    ("2026-08-31 21:59:59+00", "client:a", f"bestuur:{A}", "dossier raadplegen", None, "{leraar,bevoegdheden}"),
    ("2026-08-31 22:00:00+00", "client:a", f"bestuur:{A}", "dossier raadplegen", None, "{leraar}"),
    ("2026-09-02 10:00:00+00", "client:a", f"bestuur:{A}", "dossier raadplegen", None, "{aanstellingen}"),
    ("2026-09-03 10:00:00+00", "validator:4521824790", None, "herregistratie nakijken", "steekproef 3", "{registratie}"),
    ("2026-09-04 10:00:00+00", "openbaar", None, "openbare verificatie", None, "{registratie}"),
    ("2026-09-05 10:00:00+00", "client:k", None, "leraar raadplegen", "vraag aan de balie", "{leraar}"),
    ("2026-09-06 10:00:00+00", "beheer:cli", None, "leraar raadplegen", None, "{leraar}"),
    ("2026-09-07 10:00:00+00", "auditor:01890000-0000-7000-8000-0000000000aa", None, "trekking raadplegen", "s", "{registratie}"),
]  # fmt: skip


@pytest.fixture
def number(register: Register) -> str:
    """Somebody in whose dossier several others looked."""
    number = register.leraar()
    register.aanstelling(number)
    register.as_owner("alter table access_log disable trigger all")
    register.as_owner("delete from access_log")
    for look in LOOKS:
        register.as_owner(
            "insert into access_log (at, leraar, actor, namens, purpose, reason, parts) values (%s, %s, %s, %s, %s, %s, %s)",
            look[0], number, *look[1:],
        )  # fmt: skip
    register.as_owner("alter table access_log enable trigger all")
    return number


def _looks(register: Register, number: str, query: str = "", who: str | None = None) -> list[dict[str, object]]:
    answer = register.get(f"/leraren/{number}/inzagen{query}", who or register.as_leraar(number))
    assert answer.status_code == 200, answer.text
    found: list[dict[str, object]] = the(answer)["items"]
    return found


def test_the_leraar_reads_who_looked_the_newest_first(register: Register, number: str) -> None:
    looks = _looks(register, number)
    assert [look["kijker"] for look in looks] == [
        "auditor", "beheer", "beheer", "openbaar", "validator", "bestuur", "bestuur", "bestuur",
    ]  # fmt: skip
    newest, oldest = looks[0], looks[-1]
    assert (newest["doel"], newest["reden"], newest["naam"]) == ("trekking raadplegen", "s", None)
    assert oldest["tijdstip"] == "2026-08-31T21:59:59.000000Z"
    assert (oldest["naam"], oldest["bestuur"], oldest["bestuurNaam"]) == ("HR A", A, "Bestuur A")
    assert oldest["onderdelen"] == ["leraar", "bevoegdheden"]
    assert oldest["registratienummer"] == number


def test_of_a_validator_and_an_auditor_it_tells_no_more_than_what_they_are(register: Register, number: str) -> None:
    answer = register.get(f"/leraren/{number}/inzagen", register.as_leraar(number))
    assert "4521824790" not in answer.text
    assert "0000000000aa" not in answer.text


def test_the_own_look_is_not_among_them(register: Register, number: str) -> None:
    who = register.as_leraar(number)
    register.get(f"/leraren/{number}/dossier", who)
    assert len(_looks(register, number)) == len(_looks(register, number)) == len(LOOKS)


def test_the_keeper_reads_it_too_and_has_looked(register: Register, number: str) -> None:
    assert len(_looks(register, number, who="k")) == len(LOOKS)
    newest = _looks(register, number)[0]
    assert (newest["naam"], newest["onderdelen"]) == ("Beheer", ["inzagen"])


@pytest.mark.parametrize("below", ["", "/_aantallen"])
def test_a_bestuur_does_not_read_who_looked(register: Register, number: str, below: str) -> None:
    mine = register.get(f"/leraren/{number}/inzagen{below}", "a")
    assert (mine.status_code, code(mine)) == (403, "geen-toestemming")
    theirs = register.get(f"/leraren/{number}/inzagen{below}", "b")
    absent = register.get(f"/leraren/{absent_number()}/inzagen{below}", "b")
    assert theirs.status_code == absent.status_code == 404
    assert theirs.data == absent.data


def test_another_leraar_does_not_read_it(register: Register, number: str) -> None:
    other = register.as_leraar(register.leraar())
    assert register.get(f"/leraren/{number}/inzagen", other).status_code == 404


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?vanaf=2026-09-01", 7),  # a day begins at midnight in Amsterdam
        ("?tot=2026-08-31", 1),
        ("?vanaf=2026-09-01&tot=2026-09-01", 1),
        ("?geldigOp=2026-09-02", 1),
        ("?vanaf=2026-09-08", 0),
    ],
)
def test_a_period(register: Register, number: str, query: str, count: int) -> None:
    assert len(_looks(register, number, query)) == count


def test_pages_show_each_look_once(register: Register, number: str) -> None:
    seen, query = [], "?limiet=3"
    while query:
        answer = the(register.get(f"/leraren/{number}/inzagen{query}", register.as_leraar(number)))
        seen += [look["id"] for look in answer["items"]]
        query = f"?limiet=3&cursor={answer['volgende']}" if answer["volgende"] else ""
    assert len(seen) == len(set(seen)) == len(LOOKS)


def test_counted_per_month_and_purpose(register: Register, number: str) -> None:
    answer = register.get(f"/leraren/{number}/inzagen/_aantallen?limiet=1", register.as_leraar(number))
    groups = the(answer)["items"]
    while the(answer)["volgende"]:
        cursor = the(answer)["volgende"]
        answer = register.get(
            f"/leraren/{number}/inzagen/_aantallen?limiet=1&cursor={cursor}", register.as_leraar(number)
        )
        groups += the(answer)["items"]
    of_a = {group["maand"]: group for group in groups if group["naam"] == "HR A"}
    assert [group["maand"] for group in groups] == ["2026-09"] * 6 + ["2026-08"]
    assert (of_a["2026-09"]["aantal"], of_a["2026-08"]["aantal"]) == (2, 1)
    assert of_a["2026-09"]["onderdelen"] == ["aanstellingen", "leraar"]
    assert of_a["2026-09"]["eerste"] == "2026-08-31T22:00:00.000000Z"
    assert of_a["2026-09"]["laatste"] == "2026-09-02T10:00:00.000000Z"


def test_looks_at_a_dossier_that_was_merged_into_it_come_along(register: Register, number: str) -> None:
    survivor = register.leraar()
    register.as_owner("alter table access_log disable trigger all")
    register.as_owner("delete from access_log where leraar = %s", survivor)
    with on_day(2026, 11, 24):
        merged = register.post("/leraren/_samenvoegen", {"van": number, "naar": survivor, "reden": "dubbel"}, "k")
        assert merged.status_code == 200, merged.text
    looks = _looks(register, survivor)
    assert sorted(look["registratienummer"] for look in looks).count(number) == len(LOOKS)
    old = register.get(f"/leraren/{number}/inzagen", register.as_leraar(survivor))
    assert (old.status_code, old.headers["Location"]) == (308, f"/v1/leraren/{survivor}/inzagen")
