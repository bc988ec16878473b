"""An attack on a report: how narrowly can hidden counts be bounded by everything that the report shows?

Written from what the page says a report means, not from the code that hides: the counts of a block add up to `totaal` (at most,
for an open block), rows add up to the total row, `<5` is 0 to 4. The attacker also knows the method as docs/decisions describes
it: in a row whose `totaal` is shown, `•` is at least 5, for less would be `<5`, unless all of its block is `•`; and so is the
`totaal` of a row that is withheld, unless that may be a small one standing in for a large (a single `•` among rows of `<5`).
Bounds: linear programming, HiGHS.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from register_service.rapportages.rules.tabel import TOTAAL, Afgeschermd, Rij, Tabel

KLEIN, DICHT = Afgeschermd.KLEIN, Afgeschermd.AFGESCHERMD
_TOLERANCE = 1e-6
_BEYOND = 1e6  # further than any count: the attacker's "no idea"
_ROUNDS = 12


@dataclass
class _System:
    """Equations `left x = right` over cells (row, column), and what each cell can be."""

    cells: dict[tuple[int, str], int] = field(default_factory=dict)
    bounds: list[tuple[float, float]] = field(default_factory=list)
    equations: list[tuple[list[tuple[int, float]], float]] = field(default_factory=list)
    # Pairs of cells of which the first is never more than the second.
    links: list[tuple[int, int]] = field(default_factory=list)

    def variable(self, low: float, high: float) -> int:
        self.bounds.append((low, high))
        return len(self.bounds) - 1


def attack(shown: Tabel, links: Sequence[tuple[str, str]] = (), *, sample: int | None = None) -> list[str]:
    """Tell what is known too well: for each such cell its row, its column and the bounds found.

    `links`: pairs of columns of which, by their definitions, the first is never more than the second. `sample`: look at so many
    hidden cells only, which the table itself chooses.
    """
    system, targets = _read(shown)
    rows = range(len(shown.rijen) + 1)
    known = _counted(shown)
    system.links = [
        (system.cells[at, less], system.cells[at, more])
        for less, more in links if less in known and more in known for at in rows
    ]  # fmt: skip
    if sample is not None and sample < len(targets):
        targets = {at: targets[at] for at in random.Random(len(targets)).sample(list(targets), sample)}
    low, high = _bounds(system, list(targets))
    return [
        f"{what}: {low[at]:.6g}..{high[at]:.6g}"
        for at, (what, small) in targets.items()
        if high[at] - low[at] < 4 - _TOLERANCE or (small and (low[at] > _TOLERANCE or high[at] < 4 - _TOLERANCE))
    ]


def _read(shown: Tabel) -> tuple[_System, dict[int, tuple[str, bool]]]:
    system, targets = _System(), {}
    names = _counted(shown)
    rows = [*shown.rijen, shown.totaal]
    marks = [rij.waarden[TOTAAL] for rij in shown.rijen]
    alone = marks.count(DICHT) == 1 and marks.count(KLEIN) == len(marks) - 1
    for at, rij in enumerate(rows):
        closed = {name for _, columns, _ in _blocks(shown) if _is_closed(rij, columns) for name in columns}
        for name in names:
            value = rij.waarden[name]
            low, high = _known(rij, name, alone and at < len(marks))
            place = system.cells[at, name] = system.variable(0 if name in closed else low, high)
            if isinstance(value, Afgeschermd):
                targets[place] = f"{rij.sleutel} {name} {value.value}", value is KLEIN
        for block, columns, is_open in _blocks(shown):
            parts = [(system.cells[at, name], 1.0) for name in columns]
            if is_open:
                rest = system.variable(0, _BEYOND)
                parts.append((rest, 1.0))
                # Who are in none of the columns is a count as well: too few must not show.
                targets[rest] = f"{rij.sleutel} rest of {block}", False
            system.equations.append(([*parts, (system.cells[at, TOTAAL], -1.0)], 0.0))
    if shown.rijen:
        for name in names:
            parts = [(system.cells[at, name], 1.0) for at in range(len(shown.rijen))]
            system.equations.append(([*parts, (system.cells[len(rows) - 1, name], -1.0)], 0.0))
    return system, targets


def _counted(shown: Tabel) -> list[str]:
    """Give the counts; of a column with a dash for all of them there is nothing to find out."""
    return [
        k.naam
        for k in shown.kolommen
        if k.soort == "telling" and shown.totaal.waarden[k.naam] is not Afgeschermd.ONBEKEND
    ]


def _is_closed(rij: Rij, columns: list[str]) -> bool:
    """Tell whether a block is hidden whole, in which small cells are not told from others."""
    return all(rij.waarden[name] is DICHT for name in columns)


def _known(rij: Rij, name: str, alone: bool) -> tuple[float, float]:
    value = rij.waarden[name]
    if value is KLEIN:
        return 0, 4
    if value is DICHT:
        at_least_5 = not alone if name == TOTAAL else not isinstance(rij.waarden[TOTAAL], Afgeschermd)
        return (5 if at_least_5 else 0), _BEYOND
    assert isinstance(value, int)
    return value, value


def _blocks(shown: Tabel) -> Iterator[tuple[str, list[str], bool]]:
    blocks: dict[str, list[str]] = {}
    for k in shown.kolommen:
        if k.naam in _counted(shown) and k.naam != TOTAAL:
            blocks.setdefault(k.blok or f"{k.naam} alleen", []).append(k.naam)
    for block, columns in blocks.items():
        yield block, columns, block in shown.open_blokken or block.endswith(" alleen")


def _bounds(system: _System, targets: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Give the least and the most of each target, as far as it matters: 0 and 4 apart, or exact.

    Every solution tells something of all cells at once, so that a few with random aims leave little to ask one by one.
    """
    count = len(system.bounds)
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    matrix, right = _matrix(system)
    more, most = _inequalities(system)
    chance = random.Random(1)

    def solve(aim: dict[int, float]) -> None:
        cost = np.zeros(count)
        for at, weight in aim.items():
            cost[at] = weight
        found = linprog(cost, more, most, matrix, right, system.bounds, method="highs")
        assert found.status == 0, found.message
        np.minimum(low, found.x, out=low)
        np.maximum(high, found.x, out=high)

    def open_targets() -> list[int]:
        return [
            at
            for at in targets
            if low[at] > max(0.0, system.bounds[at][0]) + _TOLERANCE or high[at] < low[at] + 4 - _TOLERANCE
        ]

    solve({})
    for _ in range(min(_ROUNDS, 1 + len(targets) // 8)):
        left = open_targets()
        solve({at: chance.choice((-1, 1)) * (0.5 + chance.random()) for at in left if chance.random() < 0.5})
    for at in open_targets():
        if high[at] < system.bounds[at][0] + 4 - _TOLERANCE or high[at] < low[at] + 4 - _TOLERANCE:
            solve({at: -1.0})
        if low[at] > system.bounds[at][0] + _TOLERANCE and (
            system.bounds[at][1] == 4 or high[at] < low[at] + 4 - _TOLERANCE
        ):
            solve({at: 1.0})
    # What is shown, or follows, and is not small is no secret.
    for at in targets:
        if high[at] - low[at] < _TOLERANCE and low[at] > 5 - _TOLERANCE and at not in system.cells.values():
            high[at] = low[at] + 4
    return low, high


def _inequalities(system: _System) -> tuple[csr_matrix | None, np.ndarray | None]:
    if not system.links:
        return None, None
    count = len(system.links)
    columns = [at for link in system.links for at in link]
    entries = ([1.0, -1.0] * count, (np.repeat(np.arange(count), 2), columns))
    return csr_matrix(entries, shape=(count, len(system.bounds))), np.zeros(count)


def _matrix(system: _System) -> tuple[csr_matrix, np.ndarray]:
    entries = [(row, at, weight) for row, (parts, _) in enumerate(system.equations) for at, weight in parts]
    rows, columns, weights = zip(*entries, strict=True)
    shape = (len(system.equations), len(system.bounds))
    return csr_matrix((weights, (rows, columns)), shape=shape), np.array([right for _, right in system.equations])
