"""One block of a table of counts: which of its cells are hidden, given the rows that are withheld whole. Pure.

In a shown row a small cell hides a free *partner*: what the one gains, the other loses. A row without such a partner, or that
has to cover for others, is *closed* in this block: hidden whole there, so that nothing is known of its cells but their sum.
What a small cell and its partner exchange must be made good in both columns: by the rows *outside* (withheld, or closed here),
which can count people in another column; by other rows with a small cell there and the same partner; or by a *buffer*, a row
that hides a free cell in both columns.
"""

from collections.abc import Collection, Iterator

from register_service.rapportages.rules.suppression_counts import SMALL, SPAN, Counts


class Block:
    """One block while it is decided what is hidden in it. `closed`: rows; `cells`: per shown row the columns."""

    def __init__(self, counts: Counts, block: int, withheld: frozenset[int]) -> None:
        self.counts, self.block, self.withheld = counts, block, withheld
        self.closed: list[int] = []
        self.cells: dict[int, set[int]] = {}
        self._totals = counts.total.blocks[block]
        self._anchor = counts.anchors[block]
        self._hidden = {column for at, column in counts.hidden_totals if at == block}
        self._values = [line.blocks[block] for line in counts.lines]
        self._weights = [counts.weight(block, column) for column in range(len(self._totals))]
        # How many are in each column of the rows outside.
        self._pool = [0] * len(self._totals)
        self._shown = dict.fromkeys(row for row in range(len(self._values)) if row not in withheld)
        self._wanted: dict[int, int] = {}
        # Of shown rows with something small: its columns, and those of the partners to choose from.
        self._small: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        self._partner: dict[int, int] = {}

    def protect(self) -> None:
        """Hide until all that is hidden can move."""
        for row in self.withheld:
            self._pour(row)
        for row in list(self._shown):
            values = self._values[row]
            if min(values) < SMALL:
                small = tuple(column for column, value in enumerate(values) if value < SMALL)
                free = self.counts.free(values, self.block)
                if free:
                    self._small[row] = small, free
                else:
                    self._close(row)
        self._arrange()
        while self._shown and (self._wanted or self._is_alone()):
            self._cover()
            self._arrange()

    def _pour(self, row: int) -> None:
        for column, value in enumerate(self._values[row]):
            self._pool[column] += value

    def _close(self, row: int) -> None:
        self.closed.append(row)
        del self._shown[row]
        self._small.pop(row, None)
        self._pour(row)

    def _is_alone(self) -> bool:
        """Tell whether a closed row has too few people outside to exchange with."""
        largest = max((self.counts.lines[row].total for row in self.closed), default=0)
        return bool(self.closed) and sum(self._pool) - largest < SPAN

    def _cover(self) -> None:
        """Close further rows: those that bring most of what is wanted for the fewest figures lost, small rows first."""
        for column, need in sorted(self._wanted.items()):
            goal = self._pool[column] + need
            while (lacking := goal - self._pool[column]) > 0:
                options = [row for row in self._shown if self._values[row][column]]
                if not options:
                    break
                self._close(min(options, key=lambda row: self._price(row, min(lacking, self._values[row][column]))))
        if not self._wanted:
            self._close(min(self._shown, key=lambda row: self._price(row, 1)))

    def _price(self, row: int, gain: int) -> tuple[float, int, int]:
        figures = sum(weight for value, weight in zip(self._values[row], self._weights, strict=True) if value >= SMALL)
        return (1 + figures) / gain, self.counts.lines[row].total, row

    def _arrange(self) -> None:
        """Hide what is small, a partner for it in each row, and what makes good for both in their columns."""
        self._wanted.clear()
        self._choose_partners()
        if self.withheld or self.closed:
            self._lean_on_the_outside()
        else:
            self._lean_on_each_other()

    def _choose_partners(self) -> None:
        def order(column: int) -> tuple[bool, bool, bool, tuple[int, int, int]]:
            lacking = bool(self.withheld or self.closed) and self._pool[column] < SPAN
            is_rest = self.counts.is_rest(self.block, column)
            return lacking, not is_rest, column != self._anchor, self.counts.loss(self.block, column)

        rank = {column: place for place, column in enumerate(sorted(range(len(self._totals)), key=order))}
        self._partner = {row: min(free, key=rank.__getitem__) for row, (_, free) in self._small.items()}
        self.cells = {row: {*small, self._partner[row]} for row, (small, _) in self._small.items()}

    def _lean_on_the_outside(self) -> None:
        """Rows outside exchange any column for any partner, as far as they have people there."""
        leaned_on = {*self._partner.values(), *([] if self._anchor is None else [self._anchor])}
        for column in sorted(leaned_on):
            self._want(column, SPAN - self._pool[column])
        gift = self._pool.copy()
        for row, (small, _) in self._small.items():
            for column in small:
                gift[column] += self._values[row][column]
        for column, given in enumerate(gift):
            # A hidden total is made good by its anchor.
            if column in self._hidden or given >= SPAN or column in leaned_on:
                continue
            others = [k for k, people in enumerate(self._pool) if people >= SPAN and k != column]
            if not self._add_buffer(column, others):
                self._want(column, SPAN - given)

    def _want(self, column: int, need: int) -> None:
        if need > 0:
            self._wanted[column] = need

    def _lean_on_each_other(self) -> None:
        """Without rows outside: rows with the same small column and the same partner, or else a buffer."""
        for (column, partner), small in sorted(self._pairs().items()):
            enough = SPAN <= sum(small) <= SPAN * (len(small) - 1)
            if not enough and not self._add_buffer(column, [partner]):
                self._want(column, SPAN)
        for column in self._weak_totals():
            if len(self._shown) < 3 and not any(self._values[row][column] >= SMALL for row in self._shown):
                self._want(column, SPAN)

    def _weak_totals(self) -> Iterator[int]:
        """Hidden totals that stay 5 or more when one small cell becomes 0: by a shown cell, or by two others that become 4."""
        for column in self._hidden:
            if SMALL <= self._totals[column] < SMALL + SPAN and column != self._anchor:
                yield column

    def _pairs(self) -> dict[tuple[int, int], list[int]]:
        """Give what has to be made good: per column and partner the small cells that can do so for one another."""
        found: dict[tuple[int, int], list[int]] = {}
        led: set[tuple[int, int]] = set()
        for row, (small, _) in self._small.items():
            partner = self._partner[row]
            for column in small:
                if column not in self._hidden:
                    found.setdefault((column, partner), []).append(self._values[row][column])
                elif partner != self._anchor and self._anchor is not None:
                    led.add((partner, self._anchor))
        for column, partner in led:
            at = (row for row, k in self._partner.items() if k == partner and self._values[row][column] < SMALL)
            found[column, partner] = [self._values[row][column] for row in at]
        return found

    def _add_buffer(self, column: int, partners: Collection[int]) -> bool:
        """Hide a free cell in `column` and one in a partner's column in some row: those that cost least."""
        enough = self.counts.enough[self.block]

        def cost(row: int, partner: int) -> tuple[int, int, int, int]:
            hidden = self.cells.get(row, ())
            new = [k for k in (column, partner) if not self.counts.is_rest(self.block, k) and k not in hidden]
            return len(new), self._values[row][column] + self._values[row][partner], row, partner

        options = [
            cost(row, partner)
            for row in self._shown if self._values[row][column] >= enough[column]
            for partner in partners if self._values[row][partner] >= enough[partner]
        ]  # fmt: skip
        if not options:
            return False
        *_, row, partner = min(options)
        self.cells.setdefault(row, set()).update((column, partner))
        return True
