"""What a history says of a change: fields, values and codes in words. Pure, without a database."""

import pytest

from register_service.web.leraar.changes import changes_of, label, words_of


def test_of_a_history_the_newest_comes_first_with_what_it_was_and_became() -> None:
    first = {"id": "1", "soort": "in-opleiding", "einddatum": None, "betrekkingsomvang": 0.8, "leraar": "x"}
    entries = [
        {"handeling": "aangemaakt", "toestand": first},
        {"handeling": "gewijzigd", "toestand": {**first, "leraar": "y"}},
        {"handeling": "gewijzigd", "toestand": {**first, "einddatum": "2027-07-31", "betrekkingsomvang": 1.0}},
        {"handeling": "verwijderd", "toestand": None},
    ]
    removed, changed, added = changes_of(entries)
    assert removed.removed and removed.differences == ()
    assert [tuple(one) for one in changed.differences] == [
        ("Einddatum", "niets", "31 juli 2027"),
        ("Betrekkingsomvang", "0,8", "1"),
    ]
    assert added.added and ("Soort", "niets", "in opleiding") in [tuple(one) for one in added.differences]


def test_of_several_things_in_one_history_each_is_held_against_itself() -> None:
    entries = [
        {"handeling": "aangemaakt", "toestand": {"id": one, "einddatum": day}}
        for one, day in (("a", "2025-01-01"), ("b", "2026-01-01"), ("a", "2025-02-01"))
    ]
    assert changes_of(entries)[0].differences[0].before == "1 januari 2025"


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("gedeeld", True, "ja"),
        ("tijdstip", "2026-08-01T09:30:00.000000Z", "1 augustus 2026 om 11.30 uur"),
        ("achternaam", "yilmaz-de", "yilmaz-de"),
        ("scores", {"heldere instructie": 3.5}, "heldere instructie: 3,5"),
        ("titel", "", "niets"),
        ("bewijsstukken", [], "niets"),
        ("vak", "beeldende-vorming", "Beeldende vorming"),
        ("beoordeeldDoor", "3970197693", "een validator (registratienummer 3970197693)"),
        ("begeleider", "6542490424", "registratienummer 6542490424"),
        ("bestuur", "41285", "41285"),
    ],
)
def test_a_value_in_words(name: str, value: object, text: str) -> None:
    assert words_of(name, value) == text


def test_a_code_is_written_with_its_name_where_that_does_not_say_it() -> None:
    known = {
        "besturen": {"41285": "Bestuur A", "90101": "Bestuur 90101"},
        "vestigingen": {"00AA00": "De Proef, Arnhem"},
    }
    texts = [
        words_of(name, code, known)
        for name, code in (("bestuur", "41285"), ("bestuur", "90101"), ("vestiging", "00AA00"), ("vestiging", "00ZZ00"))
    ]
    assert texts == ["Bestuur A (41285)", "Bestuur 90101", "De Proef, Arnhem (00AA00)", "00ZZ00"]


def test_of_what_changed_both_names_are_told() -> None:
    entries = [{"handeling": "gewijzigd", "toestand": {"id": "a", "vestiging": code}} for code in ("00AA00", "00AA01")]
    (difference,) = changes_of(entries, {"vestigingen": {"00AA00": "De Proef", "00AA01": "De Toets"}})[0].differences
    assert difference[1:] == ("De Proef (00AA00)", "De Toets (00AA01)")


def test_a_field_in_words() -> None:
    assert [label(name) for name in ("verwachteEinddatum", "eckId", "soort")] == [
        "Verwachte einddatum",
        "ECK iD",
        "Soort",
    ]
