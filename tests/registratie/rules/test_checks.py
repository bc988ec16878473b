"""What may not be: uitstel, doorhalen, hervatten. Each code has its test."""

from dataclasses import replace

from register_service.registratie.rules.checks import (
    Uitstel,
    check_doorhalen,
    check_hervatten,
    check_uitstel,
    period_of_hervatten,
    without_doorhaling,
)
from register_service.registratie.rules.course import course_of
from register_service.registratie.rules.facts import Feiten, Periode
from tests.registratie.rules.build import (
    END,
    ENOUGH,
    NORMEN,
    REGELINGEN,
    START,
    day,
    holds,
    job,
    leraar,
    off,
    ru,
    status,
    stored,
)

PERIOD = Periode("1", day(START), day(END), "eerste")


def uitstel(*given: tuple[int, str], perioden: tuple[Periode, ...] = (PERIOD,), today: str = "2030-01-01") -> list[str]:
    """Give the codes of what is wrong with uitstel of the ordinary period."""
    all_of_it = [Uitstel(f"{number}", maanden, day(on)) for number, (maanden, on) in enumerate(given)]
    return [v.code for v in check_uitstel(perioden, PERIOD, all_of_it, NORMEN, day(today))]


def doorhalen(feiten: Feiten, vanaf: str, today: str = "2022-01-01") -> list[str]:
    """Give the codes of what is wrong with doorhalen."""
    return [v.code for v in check_doorhalen(feiten, REGELINGEN, day(vanaf), day(today))]


def hervatten(feiten: Feiten, on: str) -> list[str]:
    """Give the codes of what is wrong with hervatten."""
    return [v.code for v in check_hervatten(feiten, REGELINGEN, day(on))]


def resumed(feiten: Feiten, on: str) -> str | None:
    """Give the status of the day on which somebody resumes."""
    periode = period_of_hervatten(feiten, REGELINGEN, day(on))
    after = without_doorhaling(feiten, day(on))
    return status(replace(after, perioden=(*after.perioden, *([periode] if periode else []))), on)


def test_uitstel_van_hele_maanden_mag() -> None:
    assert uitstel((12, "2023-01-01"), (12, "2024-07-31")) == []
    assert uitstel((1, "2024-07-01"), today="2024-07-01") == []


def test_uitstel_te_lang() -> None:
    assert uitstel((24, "2023-01-01"), (1, "2024-07-31")) == ["uitstel-te-lang"]
    assert uitstel((25, "2023-01-01")) == ["uitstel-te-lang"]


def test_uitstel_te_laat() -> None:
    assert (uitstel((1, END)), uitstel((1, "2024-08-01"))) == ([], ["uitstel-te-laat"])


def test_uitstel_op_de_laatste_dag_van_eerder_uitstel_mag() -> None:
    assert uitstel((6, "2024-01-01"), (3, "2025-01-31")) == uitstel((3, "2025-01-31"), (6, "2024-01-01")) == []
    assert uitstel((6, "2024-01-01"), (3, "2025-02-01")) == ["uitstel-te-laat"]


def test_uitstel_voor_de_periode() -> None:
    assert (uitstel((1, START)), uitstel((1, "2020-07-31"))) == ([], ["uitstel-voor-periode"])


def test_besluit_in_toekomst() -> None:
    assert uitstel((1, "2024-07-02"), today="2024-07-01") == ["besluit-in-toekomst"]


def test_uitstel_alleen_voor_de_laatste_periode() -> None:
    later = Periode("2", day("2024-08-01"), day("2028-07-31"), "verlengd")
    assert uitstel((1, "2024-07-01"), perioden=(PERIOD, later)) == ["periode-opgevolgd"]


def test_uitstel_zonder_periode() -> None:
    found = check_uitstel([], None, [], NORMEN, day("2024-07-01"))
    assert [v.code for v in found] == ["geen-periode"]


def test_uitstel_alles_tegelijk() -> None:
    assert uitstel((25, "2024-08-01"), today="2024-07-31") == [
        "besluit-in-toekomst",
        "uitstel-te-laat",
        "uitstel-te-lang",
    ]


def test_doorhalen_vanaf_vandaag_of_later() -> None:
    assert (doorhalen(leraar(), "2022-01-01"), doorhalen(leraar(), "2022-03-01")) == ([], [])
    assert doorhalen(leraar(), "2021-12-31") == ["doorhaling-in-verleden"]


def test_al_doorgehaald() -> None:
    for doorhaling in (off("2021-06-01"), off("2022-06-01"), off("2021-06-01", "2022-01-01")):
        assert doorhalen(leraar(doorhalingen=[doorhaling]), "2022-01-01") == ["al-doorgehaald"]
    assert doorhalen(leraar(doorhalingen=[off("2021-06-01", "2021-12-31")]), "2022-01-01") == []


def test_doorhalen_alleen_wie_geregistreerd_is() -> None:
    assert doorhalen(leraar(bevoegd=[]), "2022-01-01") == ["niet-geregistreerd"]
    gone = leraar(uren=[])
    assert doorhalen(gone, "2025-01-31", today="2025-01-31") == []
    assert doorhalen(gone, "2025-02-01", today="2025-01-31") == ["niet-geregistreerd"]


def test_hervatten_na_doorhalen() -> None:
    feiten = leraar(doorhalingen=[off("2022-01-01")])
    assert (hervatten(feiten, "2022-06-01"), resumed(feiten, "2022-06-01")) == ([], "geregistreerd")
    assert period_of_hervatten(feiten, REGELINGEN, day("2022-06-01")) is None


def test_hervatten_op_de_dag_van_doorhalen_neemt_die_terug() -> None:
    feiten = leraar(doorhalingen=[off("2022-01-01"), off("2021-01-01", "2021-02-01")])
    assert hervatten(feiten, "2022-01-01") == []
    assert without_doorhaling(feiten, day("2022-01-01")).doorhalingen == feiten.doorhalingen[1:]


def test_hervatten_neemt_een_doorhaling_van_later_terug() -> None:
    feiten = leraar(doorhalingen=[off("2022-06-01")])
    assert hervatten(feiten, "2022-01-01") == []
    assert without_doorhaling(feiten, day("2022-01-01")).doorhalingen == ()


def test_hervatten_eindigt_de_doorhaling_op_de_dag_ervoor() -> None:
    found = without_doorhaling(leraar(doorhalingen=[off("2022-01-01")]), day("2022-06-01"))
    assert found.doorhalingen == leraar(doorhalingen=[off("2022-01-01", "2022-05-31")]).doorhalingen
    last_day = leraar(doorhalingen=[off("2022-01-01", "2022-06-01")])
    assert (hervatten(last_day, "2022-06-01"), resumed(last_day, "2022-06-01")) == ([], "geregistreerd")


def test_niet_doorgehaald() -> None:
    for feiten in (leraar(), leraar(bevoegd=[]), leraar(doorhalingen=[off("2021-01-01", "2021-12-31")])):
        assert hervatten(feiten, "2022-01-01") == ["niet-doorgehaald"]


def test_hervatten_terwijl_de_periode_loopt_vraagt_niets() -> None:
    feiten = leraar(uren=[], doorhalingen=[off("2024-07-30")])
    assert (hervatten(feiten, END), resumed(feiten, END)) == ([], "geregistreerd")


def test_was_de_periode_intussen_voorbij_dan_hervatten_met_de_eisen_van_vier_jaar_ervoor() -> None:
    """Without this, doorhalen on the last day and hervatten two days after would give four years for nothing."""
    for vanaf, on in ((END, "2024-08-02"), ("2024-01-01", "2026-01-01")):
        lacking = leraar(uren=[ru("2023-05-01", 159.5)], doorhalingen=[off(vanaf)])
        assert hervatten(lacking, on) == ["eisen-niet-gehaald"]
        enough = leraar(uren=[ENOUGH], doorhalingen=[off(vanaf)])
        assert (hervatten(enough, on), resumed(enough, on)) == ([], "geregistreerd")
        assert period_of_hervatten(enough, REGELINGEN, day(on)) is None
    (found,) = check_hervatten(leraar(uren=[], doorhalingen=[off(END)]), REGELINGEN, day("2024-08-02"))
    assert found.detail.startswith("De registratieperiode is intussen voorbij. Hervatten kan als van 2020-08-02 ")


def test_wie_op_de_dag_na_het_einde_hervat_is_onder_voorwaarden_als_ieder_ander() -> None:
    feiten = leraar(uren=[], doorhalingen=[off(END)])
    assert (hervatten(feiten, "2024-08-01"), resumed(feiten, "2024-08-01")) == ([], "onder-voorwaarden")


def test_wie_zich_onder_voorwaarden_liet_doorhalen_en_op_tijd_herstelde_hervat_in_die_tijd() -> None:
    hours = [ru("2020-08-10", 100), ru("2024-09-01", 60, decided="2024-10-01")]
    feiten = leraar(uren=hours, doorhalingen=[off("2024-08-15")])
    assert (hervatten(feiten, "2024-09-30"), resumed(feiten, "2024-09-30")) == ([], "onder-voorwaarden")
    assert (hervatten(feiten, "2025-01-31"), resumed(feiten, "2025-01-31")) == ([], "geregistreerd")
    assert hervatten(feiten, "2025-02-01") == ["eisen-niet-gehaald"]


def test_hervatten_zonder_bevoegdheid_maakt_aspirant() -> None:
    feiten = leraar(bevoegd=[holds(tot="2022-03-31")], doorhalingen=[off("2022-01-01")])
    assert (hervatten(feiten, "2022-06-01"), resumed(feiten, "2022-06-01")) == ([], "aspirant")


def test_na_verlopen_hervatten_met_de_eisen_van_vier_jaar_ervoor() -> None:
    feiten = leraar(uren=[ru("2024-09-01", 150), ru("2026-05-01", 10, decided="2026-05-20")])
    assert status(feiten, "2026-05-20") == "verlopen"
    assert (hervatten(feiten, "2026-05-19"), hervatten(feiten, "2026-05-20")) == (["eisen-niet-gehaald"], [])
    assert period_of_hervatten(feiten, REGELINGEN, day("2026-05-20")) == (
        None, day("2026-05-20"), day("2030-05-19"), "hervat", 0,
    )  # fmt: skip
    assert resumed(feiten, "2026-05-20") == "geregistreerd"


def test_eisen_niet_gehaald_zegt_wat_er_ontbreekt() -> None:
    feiten = leraar(uren=[ru("2026-04-01", 150.5)], werk=[job(START, END)])
    (found,) = check_hervatten(feiten, REGELINGEN, day("2028-01-01"))
    assert "van 2024-01-01 tot en met 2027-12-31" in found.detail
    assert "nog nodig: 9,5 registeruren, 844 werkuren." in found.detail


def test_wie_verliep_terwijl_hij_doorgehaald_was_moet_ook_aan_de_eisen_voldoen() -> None:
    feiten = leraar(uren=[], doorhalingen=[off("2024-09-01")])
    assert course_of(feiten, REGELINGEN, day("2025-06-01")).status == "doorgehaald"
    assert hervatten(feiten, "2025-01-31") == []
    assert hervatten(feiten, "2025-06-01") == ["eisen-niet-gehaald"]


def test_wie_verlopen_is_en_niet_meer_bevoegd_hervat_niet() -> None:
    feiten = leraar(uren=[], bevoegd=[holds(tot="2024-12-31")], perioden=[stored(START, END)])
    assert hervatten(feiten, "2026-01-01") == ["niet-doorgehaald"]
