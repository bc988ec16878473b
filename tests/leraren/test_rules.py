"""Rules of the leraar that need no database: the number, and the age at registration."""

from datetime import date

import pytest
from stdnum.iso7064 import mod_11_10

from register_service.core.days import add_months, years_between
from register_service.core.ids import is_registratienummer, new_registratienummer
from register_service.leraren.rules import check_age, check_change, check_search

LOWEST, HIGHEST = 16, 100


def codes(born: date, on: date) -> list[str]:
    """Give the codes of what is wrong with an age."""
    return [error.code for error in check_age(born, on, LOWEST, HIGHEST)]


def test_registratienummer_is_ten_digits_not_starting_with_zero_with_a_check_digit() -> None:
    for _ in range(500):
        number = new_registratienummer()
        assert len(number) == 10
        assert number.isdecimal()
        assert number[0] != "0"
        assert mod_11_10.is_valid(number)
        assert is_registratienummer(number)


def test_registratienummer_is_random() -> None:
    drawn = [new_registratienummer() for _ in range(2000)]
    assert len(set(drawn)) > 1990
    assert {number[0] for number in drawn} == set("123456789")
    assert {number[8] for number in drawn} == set("0123456789")


def test_registratienummer_refuses_any_one_wrong_digit() -> None:
    number = new_registratienummer()
    for place in range(10):
        for digit in "0123456789":
            changed = number[:place] + digit + number[place + 1 :]
            assert is_registratienummer(changed) == (changed == number)


@pytest.mark.parametrize("text", ["", "123456789", "01234567890", "0123456788", "４８２７１９３６０２", " 4827193602"])
def test_registratienummer_refuses_another_form(text: str) -> None:
    assert not is_registratienummer(text)


@pytest.mark.parametrize(
    ("born", "on", "allowed"),
    [
        (date(2010, 11, 23), date(2026, 11, 23), True),  # sixteen today
        (date(2010, 11, 24), date(2026, 11, 23), False),  # tomorrow
        (date(1926, 11, 23), date(2026, 11, 23), True),  # a hundred today
        (date(1925, 11, 24), date(2026, 11, 23), True),  # the last day of being a hundred
        (date(1925, 11, 23), date(2026, 11, 23), False),  # a hundred and one
        (
            date(2012, 2, 29),
            date(2028, 2, 28),
            False,
        ),  # born on 29 February: the birthday in a leap year is 29 February
        (date(2012, 2, 29), date(2028, 2, 29), True),
        (date(2011, 3, 1), date(2027, 2, 28), False),
        (date(2012, 2, 29), date(2029, 2, 28), True),
        (date(2027, 1, 1), date(2026, 11, 23), False),  # not born yet
    ],
)
def test_leeftijd_bij_inschrijving_is_16_to_100(born: date, on: date, allowed: bool) -> None:
    assert codes(born, on) == ([] if allowed else ["leeftijd-bij-inschrijving"])


def test_born_on_29_february_turns_a_year_older_on_1_march_in_an_ordinary_year() -> None:
    assert years_between(date(2012, 2, 29), date(2027, 2, 28)) == 14
    assert years_between(date(2012, 2, 29), date(2027, 3, 1)) == 15


def test_months_end_on_the_last_day_where_the_month_is_shorter() -> None:
    assert add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert add_months(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert add_months(date(2026, 12, 31), -13) == date(2025, 11, 30)


def test_a_search_looks_for_something() -> None:
    assert [error.code for error in check_search({"limiet": 5, "cursor": "x"})] == ["geen-zoekvraag"]
    assert check_search({"achternaam": "Smit", "limiet": 5}) == []


def test_a_change_changes_something() -> None:
    assert [error.code for error in check_change({})] == ["niets-te-wijzigen"]
    assert check_change({"roepnaam": None}) == []
