"""Which cells of a table of counts are hidden, so that no hidden one can be worked out. Pure; the same table, the same cells.

Why each step suffices stands in docs/decisions/disclosure-control.md; its words in short. A cell is *small* under 5. A row is
*withheld* whole when it is small, or to cover for small ones; further each block is protected by itself
(`rules/suppression_block.py`). Totals are shown but the small ones, and per block with a small total its *anchor*, chosen from
the totals alone, so that every dimension of a report hides the same totals.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from register_service.rapportages.rules.suppression_block import Block
from register_service.rapportages.rules.suppression_counts import SMALL, SPAN, Counts


@dataclass(slots=True)
class Plan:
    """What is hidden.

    `withheld`: rows whole. `cells`: of shown rows (block, column). `closed`: of shown rows the blocks that are hidden whole, in
    which a small cell is not told from others. `totals` and `closed_blocks`: the same for the total row. `all_hidden`: nothing of
    the table is shown. `turned`: a small row that is shown as withheld, for there are too few small rows to hide one another.
    """

    withheld: frozenset[int] = frozenset()
    cells: dict[int, set[tuple[int, int]]] = field(default_factory=dict)
    closed: dict[int, set[int]] = field(default_factory=dict)
    totals: Collection[tuple[int, int]] = frozenset()
    closed_blocks: Collection[int] = frozenset()
    all_hidden: bool = False
    turned: int | None = None


def make_plan(counts: Counts) -> Plan:
    """Decide what is hidden."""
    everything = frozenset(range(len(counts.lines)))
    if counts.total.total < SMALL:
        return _turn(counts, Plan(everything, all_hidden=True))
    plan = Plan(totals=counts.hidden_totals, closed_blocks=counts.closed_blocks)
    if len(counts.lines) == 1:
        plan.cells[0] = set(counts.hidden_totals)
        plan.closed[0] = set(counts.closed_blocks)
        return plan
    plan.withheld = _withheld(counts)
    if missing(counts, plan.withheld):
        # All rows, and still too few people to exchange.
        return _turn(counts, plan if _all_small(counts) else Plan(everything, all_hidden=True))
    for block in range(len(counts.total.blocks)):
        _protect(counts, plan, block)
    return plan


def _protect(counts: Counts, plan: Plan, block: int) -> None:
    shown = (row for row in range(len(counts.lines)) if row not in plan.withheld)
    if block in counts.closed_blocks:
        for row in shown:
            plan.closed.setdefault(row, set()).add(block)
        return
    found = Block(counts, block, plan.withheld)
    found.protect()
    for row in found.closed:
        plan.closed.setdefault(row, set()).add(block)
    for row, columns in found.cells.items():
        plan.cells.setdefault(row, set()).update((block, column) for column in columns)


def _all_small(counts: Counts) -> bool:
    return all(line.total < SMALL for line in counts.lines)


def _turn(counts: Counts, plan: Plan) -> Plan:
    """Where all rows are small and cannot hide one another, show the largest as withheld: of that one nothing is known."""
    rows = range(len(counts.lines))
    if counts.total.total >= SMALL and _all_small(counts):
        plan.turned = max(rows, key=lambda row: (counts.lines[row].total, -row))
    return plan


def _withheld(counts: Counts) -> frozenset[int]:
    """Give the rows that are withheld whole: the small ones, and as few figures more as let those exchange people."""
    found = {row for row, line in enumerate(counts.lines) if line.total < SMALL}
    while missing(counts, found) and len(found) < len(counts.lines):
        others = (row for row in range(len(counts.lines)) if row not in found)

        def order(row: int) -> tuple[int, int, int, int]:
            line = counts.lines[row]
            return missing(counts, {*found, row}), _figures(counts, row), line.total, row

        found.add(min(others, key=order))
    return frozenset(found)


def _figures(counts: Counts, row: int) -> int:
    """Tell how many figures are lost when a row is withheld."""
    return sum(
        counts.weight(block, column)
        for block, values in enumerate(counts.lines[row].blocks)
        for column, value in enumerate(values)
        if value >= SMALL
    )


def missing(counts: Counts, withheld: Iterable[int]) -> int:
    """Tell how many people the withheld rows lack to be able to exchange SPAN of them, whatever is known of their size."""
    totals = [counts.lines[row].total for row in withheld]
    large = sum(total >= SMALL for total in totals)
    if not totals:
        return 0
    if len(totals) == 1:
        return SMALL + SPAN
    if large:
        return max(0, large * SMALL + SPAN - sum(totals))
    return max(0, SPAN - sum(totals), sum(totals) - SPAN * (len(totals) - 1))
