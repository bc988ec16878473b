"""Which cells of a table of counts are hidden, so that no hidden one can be worked out. Pure; the same table, the same cells.

Why each step suffices stands in docs/decisions/disclosure-control.md; its words in short. A row is *shown*, or *withheld*
whole. A cell is *small* under 5, and *free* when it can move by 4 and stay above what a reader knows of it: that a hidden
cell of a shown row is at least 5. In a shown row every block with a small cell hides a free *partner*: what the one gains,
the other loses. That must be made good in both columns: by the withheld rows, which can exchange people, by other rows with a
small cell there and the same partner, or by a *buffer*, a row that hides a free cell in both columns. Totals are shown but
the small ones, and per block with a small total its *anchor*, chosen from the totals alone, so that every dimension of a
report hides the same totals.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

SMALL = 5
# How far every hidden cell can move: from 0 to 4.
SPAN = SMALL - 1


@dataclass(frozen=True, slots=True)
class Line:
    """A row: how many people, and per block the counts. The last count of an open block is the rest, which nobody is shown."""

    total: int
    blocks: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Counts:
    """All counts of a table. `open_blocks`: by place, the blocks whose last count is such a rest.

    `weights`: per block and column how much is lost with it, 1 for the count alone; nothing given: all the same.
    """

    lines: tuple[Line, ...]
    total: Line
    open_blocks: frozenset[int] = frozenset()
    weights: tuple[tuple[int, ...], ...] = ()

    def floor(self, block: int, column: int) -> int:
        """Give what a reader knows of a hidden cell in a shown row: at least this."""
        return 0 if self.is_rest(block, column) else SMALL

    def is_rest(self, block: int, column: int) -> bool:
        """Tell whether a column is never shown."""
        return block in self.open_blocks and column == len(self.total.blocks[block]) - 1

    def free(self, line: Line, block: int, column: int) -> bool:
        """Tell whether a cell of a shown row that is not small itself can be hidden, and move by SPAN either way."""
        return line.blocks[block][column] >= max(SMALL, self.floor(block, column) + SPAN)

    def partners(self, line: Line, block: int) -> tuple[int, ...] | None:
        """Give the free columns of a block with a small cell; None when there is nothing small to make good."""
        values = line.blocks[block]
        if min(values) >= SMALL:
            return None
        return tuple(column for column in range(len(values)) if self.free(line, block, column))

    def loss(self, block: int, column: int) -> tuple[int, int, int]:
        """Order the columns of a block by what is lost when they are hidden: what rests on them, then how many people."""
        weight = self.weights[block][column] if self.weights and not self.is_rest(block, column) else 0
        return weight, self.total.blocks[block][column], column

    @cached_property
    def choices(self) -> tuple[tuple[tuple[int, ...] | None, ...], ...]:
        """Give the partners of every row and block."""
        places = range(len(self.total.blocks))
        return tuple(tuple(self.partners(line, block) for block in places) for line in self.lines)

    @cached_property
    def anchors(self) -> tuple[int | None, ...] | None:
        """Give per block with a small total the total hidden with it; None when there is none large enough for some block."""
        found: list[int | None] = []
        for block in range(len(self.total.blocks)):
            free = self.partners(self.total, block)
            if free == ():
                return None
            found.append(min(free, key=partial(self._anchor_order, block)) if free else None)
        return tuple(found)

    def _anchor_order(self, block: int, column: int) -> tuple[bool, tuple[int, int, int]]:
        return not self.is_rest(block, column), self.loss(block, column)

    @cached_property
    def hidden_totals(self) -> frozenset[tuple[int, int]]:
        """Give the totals that are not shown: small ones, their anchors, and next to an anchor the weak ones.

        A weak total (5 to 8) cannot give way and stay known as 5 or more. Shown it would need rows that can; hidden it is cheap.
        """
        return frozenset(
            (block, column)
            for block, anchor in enumerate(self.anchors or ())
            for column, value in enumerate(self.total.blocks[block])
            if value < SMALL or (anchor is not None and (column == anchor or value < SMALL + SPAN))
        )


@dataclass(slots=True)
class Plan:
    """What is hidden: rows whole, cells of shown rows and of the total row, or the whole total row too."""

    withheld: frozenset[int] = frozenset()
    cells: set[tuple[int, int, int]] = field(default_factory=set)
    totals: set[tuple[int, int]] = field(default_factory=set)
    all_hidden: bool = False
    # A small row that is shown as withheld, for there are too few small rows to hide one another.
    turned: int | None = None
    # Columns in which the withheld rows need more people, and how many.
    wanted: dict[tuple[int, int], int] = field(default_factory=dict)


def make_plan(counts: Counts) -> Plan:
    """Decide what is hidden."""
    everything = Plan(frozenset(range(len(counts.lines))), all_hidden=True)
    if counts.total.total < SMALL or counts.anchors is None:
        return _turn(counts, everything)
    if len(counts.lines) == 1:
        totals = set(counts.hidden_totals)
        return Plan(cells={(0, *place) for place in totals}, totals=totals)
    first = {row for row, line in enumerate(counts.lines) if line.total < SMALL or () in counts.choices[row]}
    plan = _cover(counts, first)
    if len(plan.withheld) == len(counts.lines) and _missing(counts, plan.withheld):
        return _turn(counts, plan if _all_small(counts) else everything)
    return plan


def _all_small(counts: Counts) -> bool:
    return all(line.total < SMALL for line in counts.lines)


def _turn(counts: Counts, plan: Plan) -> Plan:
    """Where all rows are small and cannot hide one another, show the largest as withheld: of that one nothing is known."""
    rows = range(len(counts.lines))
    if counts.total.total >= SMALL and _all_small(counts) and _missing(counts, rows):
        plan.turned = max(rows, key=lambda row: (counts.lines[row].total, -row))
    return plan


def _cover(counts: Counts, first: Collection[int]) -> Plan:
    """Withhold further rows until all that is hidden can move; then show again those that turn out not to be needed."""
    added: list[int] = []
    withheld = set(first)
    plan = _arrange(counts, withheld)
    while len(withheld) < len(counts.lines) and _is_lacking(counts, plan):
        added.append(_next_cover(counts, plan))
        withheld.add(added[-1])
        plan = _arrange(counts, withheld)
    for row in added[:-1]:
        fewer = _arrange(counts, withheld - {row})
        if not _is_lacking(counts, fewer):
            withheld.remove(row)
            plan = fewer
    return plan


def _is_lacking(counts: Counts, plan: Plan) -> bool:
    return bool(plan.wanted or _missing(counts, plan.withheld))


def _missing(counts: Counts, withheld: Collection[int]) -> int:
    """Tell how many people the withheld rows lack to be able to exchange SPAN of them, whatever is known of their size."""
    if not withheld:
        return 0
    people = sum(counts.lines[row].total for row in withheld)
    large = sum(counts.lines[row].total >= SMALL for row in withheld)
    if len(withheld) == 1:
        return SMALL + SPAN
    if large:
        return max(0, large * SMALL + SPAN - people)
    return max(0, people - SPAN * (len(withheld) - 1))


def _next_cover(counts: Counts, plan: Plan) -> int:
    """Choose the shown row that brings most of what is wanted for the fewest figures lost."""
    missing = _missing(counts, plan.withheld)

    def worth(row: int) -> tuple[float, int, int]:
        line = counts.lines[row]
        gain = sum(min(need, line.blocks[block][column]) for (block, column), need in plan.wanted.items())
        gain += min(missing, line.total - SMALL)
        shown = 1 + sum(value >= SMALL for values in line.blocks for value in values)
        return gain / shown, -line.total, -row

    return max((row for row in range(len(counts.lines)) if row not in plan.withheld), key=worth)


def _arrange(counts: Counts, withheld: Collection[int]) -> Plan:
    """Choose partners and buffers for the rows that are shown, given those that are withheld."""
    plan = Plan(frozenset(withheld), totals=set(counts.hidden_totals))
    shown = [row for row in range(len(counts.lines)) if row not in plan.withheld]
    for block in range(len(counts.total.blocks)):
        _Block(counts, plan, block, shown).arrange()
    return plan


class _Block:
    """One block of the shown rows, while it is decided what is hidden in it."""

    def __init__(self, counts: Counts, plan: Plan, block: int, shown: Sequence[int]) -> None:
        self.counts, self.plan, self.block, self.shown = counts, plan, block, shown
        self.totals = counts.total.blocks[block]
        self.anchor = (counts.anchors or ())[block]
        # Of the withheld rows together: how many are in each column.
        outside = [counts.lines[row].blocks[block] for row in plan.withheld]
        self.pool = [sum(values[column] for values in outside) for column in range(len(self.totals))]
        self.partner: dict[int, int] = {}

    def arrange(self) -> None:
        """Hide what is small, a partner for it in each row, and what makes good for both in their columns."""
        self._choose_partners()
        if self.plan.withheld:
            self._lean_on_the_withheld()
        else:
            self._lean_on_each_other()

    def value(self, row: int, column: int) -> int:
        return self.counts.lines[row].blocks[self.block][column]

    def _choose_partners(self) -> None:
        needing = {row: free for row in self.shown if (free := self.counts.choices[row][self.block]) is not None}

        def order(column: int) -> tuple[bool, bool, bool, tuple[int, int, int]]:
            lacking = bool(self.plan.withheld) and self.pool[column] < SPAN
            is_rest = self.counts.is_rest(self.block, column)
            return lacking, not is_rest, column != self.anchor, self.counts.loss(self.block, column)

        for row, free in needing.items():
            self.partner[row] = min(free, key=order)
            small = [column for column in range(len(self.totals)) if self.value(row, column) < SMALL]
            self._hide(row, *small, self.partner[row])

    def _is_hidden(self, column: int) -> bool:
        return (self.block, column) in self.counts.hidden_totals

    def _hide(self, row: int, *columns: int) -> None:
        self.plan.cells.update((row, self.block, column) for column in columns)

    def _lean_on_the_withheld(self) -> None:
        """Withheld rows exchange any column for any partner, as far as they have people there."""
        leaned_on = {*self.partner.values(), *([] if self.anchor is None else [self.anchor])}
        for column in sorted(leaned_on):
            self._want(column, SPAN - self.pool[column])
        for column in range(len(self.totals)):
            small = [value for row in self.partner if (value := self.value(row, column)) < SMALL]
            need = SPAN - self.pool[column] - sum(small)
            # A hidden total is made good by its anchor.
            if self._is_hidden(column) or need <= 0 or column in leaned_on:
                continue
            others = [k for k, people in enumerate(self.pool) if people >= SPAN and k != column]
            if not self._add_buffer(column, others):
                self._want(column, need)

    def _want(self, column: int, need: int) -> None:
        if need > 0:
            self.plan.wanted[self.block, column] = need

    def _lean_on_each_other(self) -> None:
        """Without withheld rows: rows with the same small column and the same partner, or else a buffer."""
        for column, partner in sorted(self._pairs()):
            small = [self.value(row, column) for row, k in self.partner.items() if k == partner]
            small = [value for value in small if value < SMALL]
            enough = SPAN <= sum(small) <= SPAN * (len(small) - 1)
            if not enough and not self._add_buffer(column, [partner]):
                self._want(column, SPAN)
        for column, total in enumerate(self.totals):
            # A weak total stays 5 or more when one small cell becomes 0: by a shown cell, or by two others that become 4.
            if self._is_hidden(column) and SMALL <= total < SMALL + SPAN and column != self.anchor:
                large = any(self.value(row, column) >= SMALL for row in self.shown)
                if not large and len(self.shown) < 3:
                    self._want(column, SPAN)

    def _pairs(self) -> Iterator[tuple[int, int]]:
        found = set()
        for row, partner in self.partner.items():
            for column in range(len(self.totals)):
                if self.value(row, column) >= SMALL:
                    continue
                if not self._is_hidden(column):
                    found.add((column, partner))
                elif partner != self.anchor and self.anchor is not None:
                    found.add((partner, self.anchor))
        return iter(found)

    def _add_buffer(self, column: int, partners: Collection[int]) -> bool:
        """Hide a free cell in `column` and one in a partner's column in some row: those that cost least."""
        line, block, cells = self.counts.lines, self.block, self.plan.cells

        def cost(row: int, partner: int) -> tuple[int, int, int, int]:
            new = [k for k in (column, partner) if not self.counts.is_rest(block, k) and (row, block, k) not in cells]
            return len(new), self.value(row, column) + self.value(row, partner), row, partner

        options = [
            cost(row, partner)
            for row in self.shown if self.counts.free(line[row], block, column)
            for partner in partners if self.counts.free(line[row], block, partner)
        ]  # fmt: skip
        if not options:
            return False
        *_, row, partner = min(options)
        self._hide(row, column, partner)
        return True
