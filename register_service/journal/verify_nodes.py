"""Checking the stored subtrees, which tell in which 256 leaves a tree went wrong."""

from collections.abc import Sequence
from typing import Any

import psycopg

from register_service.journal.merkle import Node
from register_service.journal.report import Report
from register_service.journal.tree import NODE_LEVEL

Connection = psycopg.Connection[Any]
_BATCH = 1000
_WIDTH = 1 << NODE_LEVEL
_STORED = """
select m.level, m.index, m.hash from merkle_node m
join unnest(%s::smallint[], %s::bigint[]) as wanted (level, index) on m.level = wanted.level and m.index = wanted.index
"""


class NodeCheck:
    """Compares subtrees that were computed with those that are stored; only the first difference is a finding."""

    def __init__(self, connection: Connection, report: Report) -> None:
        self._connection, self._report = connection, report
        self._computed: list[Node] = []
        self._count = 0
        self._first: Node | None = None
        self._told = False

    def expect(self, completed: Sequence[Node]) -> None:
        """Take the subtrees that one more leaf completed, from level 1 up."""
        if len(completed) >= NODE_LEVEL and self._first is None:
            self._computed.extend(completed[NODE_LEVEL - 1 :])
            if len(self._computed) >= _BATCH:
                self._compare()

    def narrow(self, start: int, end: int) -> tuple[int, int]:
        """Give the first and last position within `start` to `end` (exclusive) where a leaf differs from what was sealed."""
        self._compare()
        if self._first is None:
            # The stored subtrees hold, so the difference is in the leaves after the last of them.
            return max(start, end // _WIDTH * _WIDTH), end - 1
        self._told = True
        first = self._first.number << self._first.level
        past = first + (1 << self._first.level)
        return (max(start, first), min(end, past) - 1) if start < past and first < end else (start, end - 1)

    def finish(self) -> None:
        """Report a difference that no root showed: the stored subtrees themselves were changed."""
        self._compare()
        if self._first is not None and not self._told:
            level, index, _ = self._first
            self._report.add("knoop", f"Knoop {index} op niveau {level} van de boom is gewijzigd of ontbreekt.")

    def _compare(self) -> None:
        if not self._computed or self._first is not None:
            return
        computed, self._computed = self._computed, []
        keys = [node.level for node in computed], [node.number for node in computed]
        stored = {(level, index): bytes(hash_) for level, index, hash_ in self._connection.execute(_STORED, keys)}
        wrong = (node for node in computed if stored.get((node.level, node.number)) != node.hash)
        self._first = next(wrong, None)
