"""Disclosure control: counts of people under 5 are not shown, and nothing from which they could be worked out.

`afschermen` shows a count under 5 (0 too) as `<5`, and hides with `•` as many further cells as it takes: with everything that a
report shows, each `<5` can still be anything from 0 to 4, and no other hidden cell is known more narrowly than that. Whatever
rests on a hidden count goes too. `rules/suppression.py` decides; docs/decisions/disclosure-control.md tells why that suffices,
and tests/rapportages/test_afscherming_attack.py tries to find more than it should.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from register_service.rapportages.rules.suppression import SMALL, Counts, Line, Plan, make_plan
from register_service.rapportages.rules.tabel import TOTAAL, Afgeschermd, Kolom, Rij, Tabel, Waarde


def afschermen(tabel: Tabel) -> Tabel:
    """Give the table as it may be shown; the same table always in the same way.

    Raises ValueError when the counts do not add up: what does not add up cannot be protected, so it is a fault of the report.
    """
    blocks = _blocks(tabel)
    counts = _counts(tabel, blocks)
    plan = make_plan(counts)
    rijen = tuple(_show_row(tabel, blocks, plan, row) for row in range(len(tabel.rijen)))
    return replace(tabel, rijen=rijen, totaal=_show_total(tabel, blocks, plan))


Blocks = Mapping[str, tuple[str, ...]]


def _blocks(tabel: Tabel) -> Blocks:
    """Give the counts of each block. A count without a block is one by itself, and open.

    A column that has a figure for nobody ("–" in the total row) is none: a moment that has not come tells of nobody.
    """
    found: dict[str, tuple[str, ...]] = {}
    for kolom in tabel.kolommen:
        if _is_count(kolom) and kolom.naam != TOTAAL and tabel.totaal.waarden[kolom.naam] is not Afgeschermd.ONBEKEND:
            block = kolom.blok or kolom.naam
            found[block] = (*found.get(block, ()), kolom.naam)
    return found


def _is_count(kolom: Kolom) -> bool:
    return kolom.soort == "telling"


def _counts(tabel: Tabel, blocks: Blocks) -> Counts:
    alone = {kolom.naam for kolom in tabel.kolommen if _is_count(kolom) and not kolom.blok}
    open_blocks = frozenset(place for place, block in enumerate(blocks) if block in tabel.open_blokken | alone)
    lines = tuple(_line(rij, blocks, open_blocks) for rij in tabel.rijen)
    total = _line(tabel.totaal, blocks, open_blocks)
    if lines:
        _check_total(lines, total)
    return Counts(lines, total, open_blocks, _weights(tabel, blocks))


def _weights(tabel: Tabel, blocks: Blocks) -> tuple[tuple[int, ...], ...]:
    """Tell per count how many figures go with it: itself, and those that rest on it."""
    return tuple(
        tuple(1 + sum(name in kolom.van for kolom in tabel.kolommen) for name in names) for names in blocks.values()
    )


def _line(rij: Rij, blocks: Blocks, open_blocks: Collection[int]) -> Line:
    total = _number(rij, TOTAAL)
    counted = []
    for place, names in enumerate(blocks.values()):
        values = tuple(_number(rij, name) for name in names)
        rest = total - sum(values)
        if min(*values, rest, 0) < 0 or (rest and place not in open_blocks):
            raise ValueError(f"{rij.sleutel}: {', '.join(names)} do not add up to {total}")
        counted.append((*values, rest) if place in open_blocks else values)
    return Line(total, tuple(counted))


def _number(rij: Rij, name: str) -> int:
    value = rij.waarden[name]
    if not isinstance(value, int):
        raise ValueError(f"{rij.sleutel}: {name} is no count")
    return value


def _check_total(lines: Collection[Line], total: Line) -> None:
    added = Line(
        sum(line.total for line in lines),
        tuple(
            tuple(map(sum, zip(*of_block, strict=True))) for of_block in zip(*(x.blocks for x in lines), strict=True)
        ),
    )
    if added != total:
        raise ValueError("the rows do not add up to the total")


def _show_row(tabel: Tabel, blocks: Blocks, plan: Plan, row: int) -> Rij:
    rij = tabel.rijen[row]
    if row in plan.withheld:
        return _withheld(tabel, rij, plain=row == plan.turned)
    places = {(block, column) for at, block, column in plan.cells if at == row}
    return _show(tabel, rij, _names(blocks, places))


def _show_total(tabel: Tabel, blocks: Blocks, plan: Plan) -> Rij:
    if plan.all_hidden:
        return _withheld(tabel, tabel.totaal, plain=False)
    return _show(tabel, tabel.totaal, _names(blocks, plan.totals))


def _names(blocks: Blocks, places: Collection[tuple[int, int]]) -> set[str]:
    names = list(blocks.values())
    return {names[block][column] for block, column in places if column < len(names[block])}


def _withheld(tabel: Tabel, rij: Rij, *, plain: bool) -> Rij:
    """Hide a whole row. That a row is small is said, unless it is to be taken for any."""
    small = not plain and _number(rij, TOTAAL) < SMALL
    hidden = {kolom.naam for kolom in tabel.kolommen if _is_count(kolom)}
    shown = _show(tabel, rij, hidden).waarden
    mark = Afgeschermd.KLEIN if small else Afgeschermd.AFGESCHERMD
    return replace(rij, waarden={name: mark if name in hidden else value for name, value in shown.items()})


def _show(tabel: Tabel, rij: Rij, hidden: Collection[str]) -> Rij:
    waarden = {kolom.naam: _shown(kolom, rij.waarden[kolom.naam], hidden) for kolom in tabel.kolommen}
    return replace(rij, waarden=waarden)


def _shown(kolom: Kolom, value: Waarde, hidden: Collection[str]) -> Waarde:
    if kolom.naam in hidden:
        return Afgeschermd.KLEIN if isinstance(value, int) and value < SMALL else Afgeschermd.AFGESCHERMD
    # That there is no figure would tell that there is nobody.
    return Afgeschermd.AFGESCHERMD if any(name in hidden for name in kolom.van) else value
