"""The draw: seeded, the same for everybody, whatever the order; and the stranger's tool that draws again."""

import uuid
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from register_service.registratie.rules.steekproef import draw
from tools import check_steekproef

IDS = st.lists(st.uuids(), min_size=1, max_size=40, unique=True)


@given(periodes=IDS, zaad=st.text(min_size=1, max_size=20), aantal=st.integers(1, 50), order=st.randoms())
def test_whoever_has_set_and_seed_draws_the_same(
    periodes: list[uuid.UUID], zaad: str, aantal: int, order: object
) -> None:
    drawn = draw(zaad, periodes, aantal)
    shuffled = list(periodes)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert draw(zaad, shuffled, aantal) == drawn
    assert [str(one) for one in drawn] == check_steekproef.draw(zaad, [str(one) for one in shuffled], aantal)
    assert len(set(drawn)) == len(drawn) == min(aantal, len(periodes))
    assert set(drawn) <= set(periodes)


@given(periodes=IDS, zaad=st.text(min_size=1, max_size=20))
def test_a_larger_draw_goes_on_where_a_smaller_one_ended(periodes: list[uuid.UUID], zaad: str) -> None:
    whole = draw(zaad, periodes, len(periodes))
    assert all(draw(zaad, periodes, n) == whole[:n] for n in range(len(periodes) + 1))


def test_every_one_has_the_same_chance() -> None:
    periodes = [uuid.UUID(int=n) for n in range(20)]
    counts = Counter(one for seed in range(4_000) for one in draw(f"zaad {seed}", periodes, 5))
    # Each is expected 1,000 times, with a standard deviation of some 27: five of those on either side.
    assert set(counts) == set(periodes)
    assert all(865 < count < 1135 for count in counts.values())


def test_the_method_is_what_is_published() -> None:
    """Values worked out by hand with sha256sum, so that a change of method is noticed."""
    periodes = [uuid.UUID(int=n) for n in range(4)]
    assert [one.int for one in draw("loterij", periodes, 4)] == EXPECTED


EXPECTED = [0, 1, 3, 2]
