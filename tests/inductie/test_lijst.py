"""Lists an HR officer works from (domain.md, Inductietraject): each filter, on any day, of one's own leraren only."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from register_service.inductie import queries_lijst
from tests.conftest import make_settings
from tests.inductie.feiten import entered
from tests.inductie.support import START, Starter
from tests.support import VESTIGING_A, VESTIGING_A2, VESTIGING_B, Register, code, on_day, the

LIST, COUNTS = "/inductietrajecten", "/inductietrajecten/_aantallen"
TODAY = "2026-09-01"
# By name: what there is. On the day of these tests `oud` has two talks and two programmes to make up for; of `nieuw` none.
ALL_OF_A = {"oud", "nieuw", "verplaatst", "gepland", "onderbroken", "gestopt", "vrijgesteld", "vso"}
FILTERS = {
    "status=lopend": {"oud", "nieuw", "verplaatst", "vso"},
    "status=gepland": {"gepland"},
    "status=onderbroken": {"onderbroken"},
    "status=gestopt": {"gestopt"},
    "status=vrijgesteld": {"vrijgesteld"},
    "status=afgerond": set(),
    f"vestiging={VESTIGING_A}": {"oud", "nieuw", "onderbroken", "vso", "gepland", "gestopt"},
    f"vestiging={VESTIGING_A2}": {"verplaatst"},
    f"vestiging={VESTIGING_B}": set(),
    "sector=so": {"vso"},
    "sector=vo": ALL_OF_A - {"vso"},
    "verwachteEinddatumVoor=2027-08-01": {"oud", "verplaatst", "vso"},
    "verwachteEinddatumVoor=2027-07-31": set(),
    "achterstallig=voortgangsgesprek": {"oud", "verplaatst", "onderbroken", "vso"},
    "achterstallig=programma": {"oud", "nieuw", "onderbroken", "vso"},
    "achterstallig=afronding": set(),
    "achterstallig=alles": {"oud", "nieuw", "verplaatst", "onderbroken", "vso"},
}


class Region:
    """Trajecten by name, and who guides."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.starters = {name: Starter.at(register) for name in sorted(ALL_OF_A)}
        self.coach = register.leraar()
        self._fill()
        self.ids = {starter.path.rpartition("/")[2]: name for name, starter in self.starters.items()}

    def _fill(self) -> None:
        for name, starter in self.starters.items():
            if name != "vrijgesteld":
                starter.started(startdatum={"nieuw": "2026-08-15", "gepland": "2026-11-01"}.get(name, START))
        self["verplaatst"].do("_verplaats", vestiging=VESTIGING_A2, vanaf="2025-08-01")
        for year in (1, 2, 3):
            entered(self["verplaatst"], "programmas", jaar=year)
        guided = {"rol": "coach", "begeleiderNaam": None, "begeleider": self.coach}
        entered(self["oud"], "begeleiders", **guided, begindatum=START, einddatum=None)
        entered(self["verplaatst"], "begeleiders", **guided, begindatum=START, einddatum="2025-07-31")
        entered(self["onderbroken"], "onderbrekingen", begindatum="2026-06-01", einddatum=None)
        self["gestopt"].do("_stop", gestoptOp="2026-03-31", stopReden="uit-dienst")
        exempted = self.register.post(
            f"/leraren/{self['vrijgesteld'].number}/inductietrajecten/_vrijstel",
            {"vestiging": VESTIGING_A, "startdatum": START, "vrijstellingGrond": "ruime-ervaring"},
        )
        self["vrijgesteld"].path = exempted.headers["Location"].removeprefix("/v1")
        self.register.as_owner("update inductietraject set sector = 'so' where leraar = %s", self["vso"].number)

    def __getitem__(self, name: str) -> Starter:
        return self.starters[name]

    def asked(self, query: str = "", who: str = "a", path: str = LIST) -> dict[str, Any]:
        """Give the answer to a question."""
        answer = self.register.get(f"{path}?{query}", who)
        assert answer.status_code == 200, answer.text
        return the(answer)

    def listed(self, query: str = "", who: str = "a") -> set[str]:
        """Give the names of a list that fits on one page."""
        items = self.asked(query, who)["items"]
        assert len(items) == len({item["id"] for item in items})
        return {self.ids[item["id"]] for item in items}


@pytest.fixture(scope="module")
def region(module_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    """Trajecten of every kind, of bestuur A, on 1 September 2026. Tests only read it."""
    register = Register(make_settings(module_database_url, tmp_path_factory.mktemp("lijst")))
    with on_day(2026, 9, 1):
        yield Region(register)
    register.close()


@pytest.mark.parametrize("few", [0, 1000])
@pytest.mark.parametrize("query", FILTERS)
def test_each_filter_selects_by_what_holds_on_the_day(
    region: Region, query: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries_lijst, "FEW", few)
    assert region.listed(query) == region.listed(query, "k") == FILTERS[query]


def test_without_filters_everything_that_is_seen_is_listed(region: Region) -> None:
    assert region.listed() == region.listed("", "k") == ALL_OF_A


def test_filters_hold_together(region: Region) -> None:
    for one, other in product(FILTERS, FILTERS):
        if one.partition("=")[0] < other.partition("=")[0]:
            assert region.listed(f"{one}&{other}") == FILTERS[one] & FILTERS[other], (one, other)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("geldigOp=2024-07-31&status=gepland", ALL_OF_A - {"vrijgesteld"}),
        ("geldigOp=2025-07-31&status=lopend", {"oud", "verplaatst", "onderbroken", "gestopt", "vso"}),
        ("geldigOp=2026-11-01&status=gepland", set()),
        (f"geldigOp=2025-07-31&vestiging={VESTIGING_A2}", set()),
        (f"geldigOp=2025-07-31&vestiging={VESTIGING_A}", ALL_OF_A - {"vrijgesteld"}),
        (f"geldigOp=2025-08-01&vestiging={VESTIGING_A2}", {"verplaatst"}),
        ("geldigOp=2027-07-31&achterstallig=afronding", set()),
        ("geldigOp=2027-08-01&achterstallig=afronding", {"oud", "verplaatst", "vso"}),
        ("geldigOp=2025-02-01&achterstallig=voortgangsgesprek", set()),
        ("geldigOp=2025-02-02&achterstallig=voortgangsgesprek", {"oud", "verplaatst", "onderbroken", "gestopt", "vso"}),
    ],
)
def test_a_day_in_the_past_or_the_future_is_asked_in_the_same_way(region: Region, query: str, names: set[str]) -> None:
    assert region.listed(query) == region.listed(query, "k") == names


def test_begeleider_selects_who_is_guided_on_the_day_by_a_registered_leraar(region: Region) -> None:
    assert region.listed(f"begeleider={region.coach}") == {"oud"}
    assert region.listed(f"begeleider={region.coach}&geldigOp=2025-07-31") == {"oud", "verplaatst"}
    assert region.listed(f"begeleider={region['oud'].number}") == set()
    assert region.listed(f"begeleider={region.coach}&status=gepland") == set()


def test_a_listed_traject_is_the_traject_itself_on_that_day(region: Region) -> None:
    for day in (TODAY, "2025-07-31", "2028-01-01"):
        for item in region.asked(f"geldigOp={day}")["items"]:
            assert item == region[region.ids[item["id"]]].now(geldigOp=day)


def test_pages_give_everything_once_in_the_order_it_was_entered(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    for query, few in product(("", "status=lopend", "achterstallig=alles", "sector=vo"), (0, 1000)):
        monkeypatch.setattr(queries_lijst, "FEW", few)
        whole = [item["id"] for item in region.asked(query)["items"]]
        assert whole == sorted(whole)
        seen: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            page = region.asked(f"{query}&limiet=2" + (f"&cursor={cursor}" if cursor else ""))
            seen += [item["id"] for item in page["items"]]
            cursor = page["volgende"]
        assert seen == whole


def counts(answer: dict[str, Any], facet: str) -> dict[str, int]:
    """Give the counts of a facet that are not nothing."""
    return {one["waarde"]: one["aantal"] for one in answer[facet] if one["aantal"]}


@pytest.mark.parametrize("few", [0, 1000])
@pytest.mark.parametrize(
    "query", ["", "status=lopend", "achterstallig=alles", "sector=vo", f"vestiging={VESTIGING_A}&status=lopend",
              "verwachteEinddatumVoor=2027-08-01", "begeleider={coach}", "geldigOp=2025-07-31&achterstallig=programma"]
)  # fmt: skip
def test_the_count_of_a_value_is_the_length_of_its_list_and_leaves_its_own_filter_out(
    region: Region, query: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries_lijst, "FEW", few)
    query = query.format(coach=region.coach)
    for who in ("a", "k"):
        answer = region.asked(query, who, COUNTS)
        assert answer["totaal"] == len(region.listed(query, who))
        for facet in ("status", "achterstallig", "sector", "vestiging"):
            others = "&".join(one for one in query.split("&") if not one.startswith(f"{facet}="))
            for value, count in counts(answer, facet).items():
                assert count == len(region.listed(f"{others}&{facet}={value}", who)), (facet, value)


def test_counts_name_every_status_and_kind_also_when_there_is_none(region: Region) -> None:
    answer = region.asked("", path=COUNTS)
    assert answer["peildatum"] == TODAY
    assert counts(answer, "status") == {"lopend": 4, "gepland": 1, "onderbroken": 1, "gestopt": 1, "vrijgesteld": 1}
    assert [one["waarde"] for one in answer["status"] if not one["aantal"]] == ["afgerond"]
    assert [one["waarde"] for one in answer["achterstallig"]] == ["voortgangsgesprek", "afronding", "programma"]


@pytest.mark.parametrize("few", [0, 1000])
def test_of_another_bestuur_nothing_is_listed_or_counted(
    region: Region, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries_lijst, "FEW", few)
    for query in ("", *FILTERS, f"begeleider={region.coach}"):
        assert region.listed(query, "b") == set()
        answer = region.asked(query, "b", COUNTS)
        assert answer["totaal"] == 0 and not any(counts(answer, facet) for facet in ("status", "sector", "vestiging"))


def test_a_leraar_lists_and_counts_the_own_traject(region: Region) -> None:
    who = region.register.as_leraar(region["oud"].number)
    assert region.listed("", who) == region.listed("status=lopend&sector=vo", who) == {"oud"}
    assert region.listed("status=gestopt", who) == set()
    assert region.asked("", who, COUNTS)["totaal"] == 1


@pytest.mark.parametrize("path", [LIST, COUNTS])
@pytest.mark.parametrize(
    ("query", "refusal"),
    [
        ("status=open", "ongeldige-waarde"),
        ("sector=havo", "ongeldige-waarde"),
        ("achterstallig=coach", "ongeldige-waarde"),
        ("vestiging=school", "ongeldige-waarde"),
        ("begeleider=1234567890", "controlecijfer"),
        ("verwachteEinddatumVoor=morgen", "ongeldige-datum"),
        ("leraar=2657035144", "onbekend-veld"),
        ("status=lopend&status=gepland", "dubbel"),
    ],
)
def test_unknown_values_and_filters_are_refused(region: Region, path: str, query: str, refusal: str) -> None:
    answer = region.register.get(f"{path}?{query}")
    assert (answer.status_code, code(answer)) == (400, refusal)
