"""Tables for the tests of disclosure control: by hand, and made by Hypothesis."""

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from register_service.rapportages.rules.tabel import TOTAAL, Kolom, Rij, Tabel

Blokken = Mapping[str, Sequence[str]]


def maak(blokken: Blokken, rijen: Mapping[str, Sequence[int]], open_blokken: frozenset[str] = frozenset()) -> Tabel:
    """Make a table from per row its totaal and then its counts, in the order of the blocks."""
    namen = [TOTAAL, *(naam for kolommen in blokken.values() for naam in kolommen)]
    van = {naam: blok for blok, kolommen in blokken.items() for naam in kolommen}
    kolommen = tuple(Kolom(naam, naam, naam, blok=van.get(naam, "")) for naam in namen)
    gemaakt = tuple(Rij(sleutel, sleutel, dict(zip(namen, waarden, strict=True))) for sleutel, waarden in rijen.items())
    totaal = [sum(kolom) for kolom in zip(*rijen.values(), strict=True)] or [0] * len(namen)
    return Tabel("rij", kolommen, gemaakt, Rij(TOTAAL, "Totaal", dict(zip(namen, totaal, strict=True))), open_blokken)


COUNTS = st.one_of(
    st.sampled_from([0, 0, 0, 1, 2, 3, 4]),
    st.integers(4, 12),
    st.integers(0, 60),
)


@st.composite
def tabellen(draw: st.DrawFn) -> Tabel:
    """Draw a table: many small counts, sometimes a column of zeros or one giant row; closed and open blocks."""
    sizes = draw(st.lists(st.integers(1, 5), min_size=1, max_size=3))
    empty = draw(st.sets(st.integers(0, 14), max_size=3))
    giant = draw(st.sampled_from([None, None, 0, 1]))
    rows = draw(st.integers(1, 8))
    blokken = {f"b{b}": [f"b{b}_{k}" for k in range(size)] for b, size in enumerate(sizes)}
    is_open = draw(st.tuples(*(st.booleans() for _ in sizes)))
    rijen = {}
    for row in range(rows):
        counts = [draw(COUNTS) * (40 if row == giant else 1) for _ in range(sizes[0])]
        counts = [0 if k in empty else count for k, count in enumerate(counts)]
        total = sum(counts) + (draw(COUNTS) if is_open[0] else 0)
        parts, place = counts, sizes[0]
        for b, size in enumerate(sizes[1:], 1):
            dealt = _deal(draw, total, size + is_open[b], {k - place for k in empty})[:size]
            parts, place = [*parts, *dealt], place + size
        rijen[f"r{row}"] = [total, *parts]
    return maak(blokken, rijen, frozenset(f"b{b}" for b, yes in enumerate(is_open) if yes))


def _deal(draw: st.DrawFn, total: int, size: int, empty: set[int]) -> list[int]:
    """Deal people over columns; the last takes who is left."""
    dealt = []
    for k in range(size - 1):
        part = 0 if k in empty else min(total, draw(COUNTS) if draw(st.booleans()) else total // 2)
        dealt.append(part)
        total -= part
    return [*dealt, total]
