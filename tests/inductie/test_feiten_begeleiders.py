"""Rules of begeleiders (domain.md, Begeleider), each by name."""

import pytest

from tests.inductie.feiten import enter, entered, items, periode
from tests.inductie.support import Starter
from tests.support import VESTIGING_A2, VESTIGING_B, B, Refusal, absent_number, at_once, code, the

COACH = {"begindatum": "2024-08-01", "einddatum": None}


def coaches(starter: Starter) -> list[tuple[str, str, str | None]]:
    """Give who was coach from when until when."""
    return [(c["begeleiderNaam"], c["begindatum"], c["einddatum"]) for c in items(starter, "begeleiders")]


def named(starter: Starter, **names: str) -> str:
    """Register somebody else of the bestuur, with the names given."""
    number = starter.register.leraar(**names)
    starter.register.aanstelling(number)
    return number


def test_a_registered_leraar_or_a_named_person(starter: Starter) -> None:
    starter.started()
    number = named(starter)
    answer = enter(starter, "begeleiders", begeleider=number, begeleiderNaam=None)
    assert (answer.status_code, the(answer)["begeleider"], the(answer)["begeleiderNaam"]) == (201, number, None)


@pytest.mark.parametrize("given", [{"begeleiderNaam": None}, {"begeleider": "self"}])
def test_begeleider_een_van_beide(starter: Starter, given: dict[str, str | None]) -> None:
    starter.started()
    if "begeleider" in given:
        given = {"begeleider": named(starter)}
    assert Refusal.of(enter(starter, "begeleiders", **given)) == Refusal(400, "begeleider-een-van-beide", "/begeleider")
    path, number = entered(starter, "begeleiders"), named(starter)
    assert code(starter.register.change(path, {"begeleider": number})) == "begeleider-een-van-beide"
    assert starter.register.change(path, {"begeleider": number, "begeleiderNaam": None}).status_code == 200


def test_an_unknown_number_is_refused_and_nothing_more_is_told(starter: Starter) -> None:
    starter.started()
    unknown = enter(starter, "begeleiders", begeleider=absent_number(), begeleiderNaam=None)
    assert Refusal.of(unknown) == Refusal(400, "registratienummer-onbekend", "/begeleider")
    hidden = starter.register.leraar("b")
    known = enter(starter, "begeleiders", begeleider=hidden, begeleiderNaam=None)
    assert (known.status_code, the(known)["begeleider"]) == (201, hidden)


def test_a_merged_number_stands_for_the_dossier_it_went_on_as(starter: Starter) -> None:
    starter.started()
    gone, number = starter.register.leraar(), named(starter)
    merged = starter.register.post(
        "/leraren/_samenvoegen", {"van": gone, "naar": starter.number, "reden": "dubbel"}, "k"
    )
    assert merged.status_code == 200, merged.text
    answer = enter(starter, "begeleiders", begeleider=gone, begeleiderNaam=None)
    assert Refusal.of(answer) == Refusal(400, "begeleider-is-leraar-zelf", "/begeleider")
    gone = starter.register.leraar()
    starter.register.post("/leraren/_samenvoegen", {"van": gone, "naar": number, "reden": "dubbel"}, "k")
    assert the(enter(starter, "begeleiders", begeleider=gone, begeleiderNaam=None))["begeleider"] == number


def test_begeleider_is_leraar_zelf_by_number(starter: Starter) -> None:
    starter.started()
    answer = enter(starter, "begeleiders", begeleider=starter.number, begeleiderNaam=None)
    assert Refusal.of(answer) == Refusal(400, "begeleider-is-leraar-zelf", "/begeleider")


@pytest.mark.parametrize(
    "name",
    [
        "Zoë Anna van den Berg",
        "berg, zoe anna",
        "Zoe Berg",
        "Berg Zoë",
        "ANNIE VAN DEN BERG",
        "v.d. Berg, Annie",
        "Zoé  de Berg",
    ],
)
def test_begeleider_is_leraar_zelf_by_name_in_any_order(starter: Starter, name: str) -> None:
    starter.started()
    names = {"voornamen": "Zoë Anna", "roepnaam": "Annie", "voorvoegsel": "van den", "achternaam": "Berg"}
    changed = starter.register.change(f"/leraren/{starter.number}", names)
    assert changed.status_code == 200, changed.text
    answer = enter(starter, "begeleiders", begeleiderNaam=name)
    assert Refusal.of(answer) == Refusal(400, "begeleider-is-leraar-zelf", "/begeleiderNaam")
    path = entered(starter, "begeleiders", begeleiderNaam="Zoë Anna van den Bergh")
    assert code(starter.register.change(path, {"begeleiderNaam": name})) == "begeleider-is-leraar-zelf"


@pytest.mark.parametrize("rol", ["coach", "schoolopleider", "werkplekbegeleider"])
def test_begeleider_is_leidinggevende_by_name(starter: Starter, rol: str) -> None:
    starter.started(leidinggevendeNaam="T. van Voorbeeld")
    answer = enter(starter, "begeleiders", rol=rol, begeleiderNaam="Voorbeeld, T.")
    assert Refusal.of(answer) == Refusal(400, "begeleider-is-leidinggevende", "")
    path = entered(starter, "begeleiders", rol=rol)
    assert code(starter.register.change(path, {"begeleiderNaam": "T Voorbeeld"})) == "begeleider-is-leidinggevende"


def test_begeleider_is_leidinggevende_by_number_and_across(starter: Starter) -> None:
    manager = named(starter, voornamen="Tess Maria", achternaam="Testman")
    starter.started(leidinggevende=manager)
    for who in ({"begeleider": manager, "begeleiderNaam": None}, {"begeleiderNaam": "Testman, Tess"}):
        assert code(enter(starter, "begeleiders", **who)) == "begeleider-is-leidinggevende", who


def test_of_a_leraar_whom_the_bestuur_does_not_see_no_name_is_given_away(starter: Starter) -> None:
    hidden = starter.register.leraar("b", voornamen="Tess Maria", achternaam="Testman")
    starter.started(leidinggevende=hidden)
    assert enter(starter, "begeleiders", begeleiderNaam="Tess Testman").status_code == 201


def test_somebody_is_leidinggevende_in_those_days_only(starter: Starter) -> None:
    starter.started(leidinggevendeNaam="Tess Testman")
    assert starter.do("_verplaats", vestiging=VESTIGING_A2, vanaf="2025-08-01").status_code == 200
    assert code(
        enter(starter, "begeleiders", begeleiderNaam="Tess Testman", begindatum="2025-07-31", einddatum=None)
    ) == ("begeleider-is-leidinggevende")
    after = enter(starter, "begeleiders", begeleiderNaam="Tess Testman", begindatum="2025-08-01", einddatum=None)
    assert after.status_code == 201


def test_nor_does_a_begeleider_become_leidinggevende_later(starter: Starter) -> None:
    starter.started()
    entered(starter, "begeleiders", begeleiderNaam="Tess Testman", **COACH)
    refused = Refusal(400, "begeleider-is-leidinggevende", "/leidinggevende")
    stay = periode(starter)
    assert Refusal.of(starter.register.change(stay, {"leidinggevendeNaam": "Testman, Tess"})) == refused
    move = {"vestiging": VESTIGING_A2, "vanaf": "2025-08-01", "leidinggevendeNaam": "Tess Testman"}
    assert Refusal.of(starter.do("_verplaats", **move)) == refused
    assert starter.do("_verplaats", **{**move, "leidinggevendeNaam": "Ravi Rector"}).status_code == 200


def test_nor_with_a_takeover(starter: Starter) -> None:
    starter.started().known_at_b()
    entered(starter, "begeleiders", rol="schoolopleider", begeleiderNaam="Tess Testman", **COACH)
    starter.register.post(f"{starter.path}/_instemmen", {"bestuur": B}, starter.register.as_leraar(starter.number))
    move = {"vestiging": VESTIGING_B, "vanaf": "2026-08-01", "leidinggevendeNaam": "Tess Testman"}
    # The guidance of the first bestuur ends with its stay, so that nobody guides where he is in charge.
    answer = starter.do("_overnemen", "b", **move)
    assert answer.status_code == 200, answer.text
    found = enter(starter, "begeleiders", "b", begeleiderNaam="Tess Testman", begindatum="2026-08-01", einddatum=None)
    assert code(found) == "begeleider-is-leidinggevende"
    # Also in the days of the other bestuur's stay, whose leidinggevende this bestuur cannot read.
    starter.register.change(periode(starter), {"leidinggevendeNaam": "Ravi Rector"})
    found = enter(starter, "begeleiders", "b", begeleiderNaam="Ravi Rector", begindatum="2026-07-31", einddatum=None)
    assert code(found) == "begeleider-is-leidinggevende"


def test_an_unknown_leidinggevende_is_refused_at_a_start_a_move_and_a_correction(starter: Starter) -> None:
    refused = Refusal(400, "registratienummer-onbekend", "/leidinggevende")
    assert Refusal.of(starter.start(leidinggevende=absent_number())) == refused
    starter.started()
    move = {"vestiging": VESTIGING_A2, "vanaf": "2025-08-01", "leidinggevende": absent_number()}
    assert Refusal.of(starter.do("_verplaats", **move)) == refused
    assert Refusal.of(starter.register.change(periode(starter), {"leidinggevende": absent_number()})) == refused


def test_a_new_coach_ends_the_old_one_the_day_before(starter: Starter) -> None:
    starter.started()
    entered(starter, "begeleiders", **COACH)
    entered(starter, "begeleiders", begeleiderNaam="Sam Coach", begindatum="2025-08-01", einddatum=None)
    assert coaches(starter) == [("Kim Coach", "2024-08-01", "2025-07-31"), ("Sam Coach", "2025-08-01", None)]


def test_also_one_with_an_einddatum_and_never_a_begeleider_of_another_role(starter: Starter) -> None:
    starter.started()
    entered(starter, "begeleiders", rol="schoolopleider", begeleiderNaam="Bo", begindatum="2024-08-02", einddatum=None)
    entered(starter, "begeleiders")
    entered(starter, "begeleiders", begeleiderNaam="Sam Coach", begindatum="2025-07-31", einddatum=None)
    entered(
        starter, "begeleiders", rol="werkplekbegeleider", begeleiderNaam="Jo", begindatum="2025-09-01", einddatum=None
    )
    assert [(c[0], c[2]) for c in coaches(starter)] == [
        ("Kim Coach", "2025-07-30"), ("Bo", None), ("Sam Coach", None), ("Jo", None),
    ]  # fmt: skip


@pytest.mark.parametrize("day", ["2024-09-01", "2024-08-01"])
def test_coach_overlapt_when_the_new_one_does_not_begin_after_the_old(starter: Starter, day: str) -> None:
    starter.started()
    entered(starter, "begeleiders", begindatum="2024-09-01", einddatum=None)
    answer = enter(starter, "begeleiders", begeleiderNaam="Sam Coach", begindatum=day, einddatum=None)
    assert (answer.status_code, code(answer)) == (400, "coach-overlapt")
    assert coaches(starter) == [("Kim Coach", "2024-09-01", None)]


def test_a_refused_new_coach_leaves_the_old_one(starter: Starter) -> None:
    starter.started(leidinggevendeNaam="Tess Testman")
    entered(starter, "begeleiders", **COACH)
    answer = enter(starter, "begeleiders", begeleiderNaam="Tess Testman", begindatum="2025-08-01", einddatum=None)
    assert code(answer) == "begeleider-is-leidinggevende"
    assert coaches(starter) == [("Kim Coach", "2024-08-01", None)]


def test_one_coach_at_a_time_also_when_requests_race(starter: Starter) -> None:
    starter.started()
    answers = at_once(
        *[lambda: enter(starter, "begeleiders", begindatum="2025-01-01", einddatum=None)] * 3,
    )
    assert sorted(answer.status_code for answer in answers) == [201, 400, 400]
    assert {code(answer) for answer in answers if answer.status_code == 400} == {"coach-overlapt"}


def test_begeleiding_buiten_traject(starter: Starter) -> None:
    starter.started()
    answer = enter(starter, "begeleiders", begindatum="2024-07-31")
    assert Refusal.of(answer) == Refusal(400, "begeleiding-buiten-traject", "/begindatum")


def test_a_begeleider_has_a_role_of_the_list(starter: Starter) -> None:
    starter.started()
    assert Refusal.of(enter(starter, "begeleiders", rol="mentor")) == Refusal(400, "ongeldige-waarde", "/rol")
