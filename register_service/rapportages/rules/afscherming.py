"""Disclosure control: counts of people under 5 are not shown, and nothing from which they could be worked out.

`afschermen` shows a count under 5 (0 too) as `<5`, and hides with `•` as many further cells as it takes: with everything that a
report shows, each `<5` can still be anything from 0 to 4, and no other hidden cell is known more narrowly than that. Whatever
rests on a hidden count goes too. `rules/suppression.py` decides; docs/decisions/disclosure-control.md tells why that suffices,
and tests/rapportages/test_afscherming_attack.py tries to find more than it should.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from register_service.rapportages.rules.suppression import Plan, make_plan
from register_service.rapportages.rules.suppression_counts import SMALL, Counts, Line
from register_service.rapportages.rules.tabel import TOTAAL, Afgeschermd, Kolom, Rij, Tabel, Waarde

_KLEIN, _DICHT, _ONBEKEND = Afgeschermd.KLEIN, Afgeschermd.AFGESCHERMD, Afgeschermd.ONBEKEND


def afschermen(tabel: Tabel) -> Tabel:
    """Give the table as it may be shown; the same table always in the same way.

    Raises ValueError when the counts do not add up: what does not add up cannot be protected, so it is a fault of the report.
    """
    blocks = _blocks(tabel)
    plan = make_plan(_counts(tabel, blocks))
    shower = _Shower(tabel, blocks)
    rijen = tuple(shower.row(plan, row, rij) for row, rij in enumerate(tabel.rijen))
    return replace(tabel, rijen=rijen, totaal=shower.total(plan))


Blocks = Mapping[str, tuple[str, ...]]


def _blocks(tabel: Tabel) -> Blocks:
    """Give the counts of each block. A count without a block is one by itself, and open.

    A column that has a figure for nobody ("–" in every row) is none: a moment that has not come tells of nobody.
    """
    found: dict[str, tuple[str, ...]] = {}
    for kolom in tabel.kolommen:
        if _is_count(kolom) and kolom.naam != TOTAAL:
            if tabel.totaal.waarden[kolom.naam] is _ONBEKEND:
                _check_unknown(tabel, kolom.naam)
                continue
            block = kolom.blok or kolom.naam
            found[block] = (*found.get(block, ()), kolom.naam)
    return found


def _check_unknown(tabel: Tabel, name: str) -> None:
    for rij in tabel.rijen:
        if rij.waarden[name] is not _ONBEKEND:
            raise ValueError(f"{rij.sleutel}: {name} is known, and not of all rows together")


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


def _line(rij: Rij, blocks: Blocks, open_blocks: frozenset[int]) -> Line:
    total = _number(rij, TOTAAL)
    counted = []
    for place, names in enumerate(blocks.values()):
        values: list[int] = [rij.waarden[name] for name in names]  # type: ignore[misc]
        if any(type(value) is not int for value in values):
            raise ValueError(f"{rij.sleutel}: one of {', '.join(names)} is no count")
        rest = total - sum(values)
        if rest < 0 or min(values) < 0 or (rest and place not in open_blocks):
            raise ValueError(f"{rij.sleutel}: {', '.join(names)} do not add up to {total}")
        if place in open_blocks:
            values.append(rest)
        counted.append(tuple(values))
    return Line(total, tuple(counted))


def _number(rij: Rij, name: str) -> int:
    value = rij.waarden[name]
    if not isinstance(value, int):
        raise ValueError(f"{rij.sleutel}: {name} is no count")
    return value


def _check_total(lines: tuple[Line, ...], total: Line) -> None:
    added = Line(
        sum(line.total for line in lines),
        tuple(
            tuple(map(sum, zip(*of_block, strict=True))) for of_block in zip(*(x.blocks for x in lines), strict=True)
        ),
    )
    if added != total:
        raise ValueError("the rows do not add up to the total")


class _Shower:
    """Rows as they may be shown, of one table."""

    def __init__(self, tabel: Tabel, blocks: Blocks) -> None:
        self.tabel = tabel
        self.columns = [kolom.naam for kolom in tabel.kolommen]
        self.names = list(blocks.values())
        # Figures that go with a count.
        self.resting: dict[str, list[str]] = {}
        for kolom in tabel.kolommen:
            for name in kolom.van:
                self.resting.setdefault(name, []).append(kolom.naam)

    def row(self, plan: Plan, row: int, rij: Rij) -> Rij:
        """Show a row of the table."""
        if row in plan.withheld:
            return self._withheld(rij, plain=row == plan.turned)
        return self._show(rij, plan.cells.get(row, ()), plan.closed.get(row, ()))

    def total(self, plan: Plan) -> Rij:
        """Show the row of the total."""
        if plan.all_hidden:
            return self._withheld(self.tabel.totaal, plain=False)
        return self._show(self.tabel.totaal, plan.totals, plan.closed_blocks)

    def _show(self, rij: Rij, cells: Iterable[tuple[int, int]], closed: Iterable[int]) -> Rij:
        marks: dict[str, Afgeschermd] = {}
        waarden = rij.waarden
        for block, column in cells:
            names = self.names[block]
            # The rest of an open block has no name: nobody is shown it.
            if column < len(names):
                marks[names[column]] = _KLEIN if waarden[names[column]] < SMALL else _DICHT  # type: ignore[operator]
        for block in closed:
            marks |= dict.fromkeys(self.names[block], _DICHT)
        return self._mark(rij, marks)

    def _withheld(self, rij: Rij, *, plain: bool) -> Rij:
        """Hide a whole row. That a row is small is said, unless it is to be taken for any."""
        mark = _KLEIN if not plain and _number(rij, TOTAAL) < SMALL else _DICHT
        counted = (name for names in self.names for name in names)
        return self._mark(rij, dict.fromkeys((TOTAAL, *counted), mark))

    def _mark(self, rij: Rij, marks: Mapping[str, Afgeschermd]) -> Rij:
        waarden: dict[str, Waarde] = {name: rij.waarden[name] for name in self.columns}
        waarden.update(marks)
        for name in self.resting.keys() & marks.keys():
            # That there is no figure would tell that there is nobody.
            for figure in self.resting[name]:
                waarden[figure] = _DICHT
        return replace(rij, waarden=waarden)
