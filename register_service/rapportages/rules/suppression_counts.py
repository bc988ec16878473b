"""The counts of a table as disclosure control looks at them: what can move, what a reader knows, what is lost. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

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

    def is_rest(self, block: int, column: int) -> bool:
        """Tell whether a column is never shown."""
        return block in self.open_blocks and column == len(self.total.blocks[block]) - 1

    @cached_property
    def enough(self) -> tuple[tuple[int, ...], ...]:
        """Give per block and column from which count on a hidden cell is *free*: can move by SPAN and not be known narrower.

        A reader knows that a hidden cell beside a small one is at least SMALL, and of a rest nothing.
        """
        return tuple(
            tuple(SMALL if self.is_rest(block, column) else SMALL + SPAN for column in range(len(values)))
            for block, values in enumerate(self.total.blocks)
        )

    def free(self, values: Sequence[int], block: int) -> tuple[int, ...]:
        """Give the columns in which these counts of a block are free."""
        enough = self.enough[block]
        return tuple(column for column, value in enumerate(values) if value >= enough[column])

    def weight(self, block: int, column: int) -> int:
        """Tell how many figures go with a count when it is hidden."""
        if self.is_rest(block, column):
            return 0
        return self.weights[block][column] if self.weights else 1

    def loss(self, block: int, column: int) -> tuple[int, int, int]:
        """Order the columns of a block by what is lost when they are hidden: what rests on them, then how many people."""
        return self.weight(block, column), self.total.blocks[block][column], column

    @cached_property
    def anchors(self) -> tuple[int | None, ...]:
        """Give per block with a small total the total that is hidden with it; None where there is no small one, or no anchor."""
        found: list[int | None] = []
        for block, totals in enumerate(self.total.blocks):
            free = self.free(totals, block) if min(totals) < SMALL else ()
            found.append(min(free, key=lambda k, b=block: (not self.is_rest(b, k), self.loss(b, k)), default=None))  # type: ignore[misc]
        return tuple(found)

    @cached_property
    def closed_blocks(self) -> frozenset[int]:
        """Give the blocks of which nothing can be shown: a small total, and none that could be its anchor."""
        return frozenset(
            block
            for block, totals in enumerate(self.total.blocks)
            if min(totals) < SMALL and self.anchors[block] is None
        )

    @cached_property
    def hidden_totals(self) -> frozenset[tuple[int, int]]:
        """Give the totals that are not shown: small ones, their anchors, and next to an anchor the weak ones.

        A weak total (5 to 8) cannot give way and stay known as 5 or more. Shown it would need rows that can; hidden it is cheap.
        """
        return frozenset(
            (block, column)
            for block, anchor in enumerate(self.anchors)
            for column, value in enumerate(self.total.blocks[block])
            if anchor is not None and (column == anchor or value < SMALL + SPAN)
        )
