"""Names of people are kept as people write them."""

import pytest

from tests.api.world import World


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Zoe\u0308", "Zoë"),
        ("  Ȧnne-Fleur  ", "Ȧnne-Fleur"),
        ("Ĳsbrand", "Ĳsbrand"),
        ("Đặng 明 Ñandú", "Đặng 明 Ñandú"),
        ('O\'Neill "de" \\ <b>', 'O\'Neill "de" \\ <b>'),
        ("😀", "😀"),
        ("x" * 200, "x" * 200),
        ("e\u0301" * 200, "é" * 200),
    ],
)
def test_names_are_kept_as_they_are_written_in_nfc(world: World, given: str, kept: str) -> None:
    number = world.new_leraar(voornamen=given)
    assert world.send("GET", f"/v1/leraren/{number}").json["voornamen"] == kept  # type: ignore[index]
