"""Where the tree's hashes are kept: leaves in `seal`, complete subtrees of 256 leaves and more in `merkle_node`.

A root or a proof over 5,000,000 leaves so reads some twenty nodes and at most a few hundred leaves, and a node is stored for
every 256 leaves only.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import psycopg

from register_service.journal.merkle import Frontier, Node, hash_node, peaks, root_of, split

Connection = psycopg.Connection[Any]

# Stored subtrees cover 2^NODE_LEVEL leaves and more.
NODE_LEVEL = 8
_STREAM = 10_000


class StoredTree:
    """The tree as PostgreSQL has it (merkle.NodeSource)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def subtree(self, start: int, end: int) -> bytes:
        """Give the hash of the subtree over leaves `start` to `end` (exclusive). Raises LookupError when one is missing."""
        width = end - start
        level = width.bit_length() - 1
        if level >= NODE_LEVEL and width == 1 << level:
            return self._node(level, start >> level)
        if width <= 1 << NODE_LEVEL:
            return root_of(self._leaves(start, end))
        middle = start + split(width)
        return hash_node(self.subtree(start, middle), self.subtree(middle, end))

    def frontier(self, size: int) -> Frontier:
        """Give the right edge of the tree of `size` leaves, to append to."""
        spans = [(index << level, (index + 1) << level) for level, index in peaks(size)]
        return Frontier(size, [self.subtree(start, end) for start, end in spans])

    def leaves(self, start: int, end: int) -> Iterator[bytes]:
        """Stream leaf hashes in order, without holding them all."""
        with self._connection.cursor(name="leaves") as cursor:
            cursor.itersize = _STREAM
            cursor.execute(
                "select leaf_hash from seal where position >= %s and position < %s order by position", (start, end)
            )
            for (leaf,) in cursor:
                yield leaf

    def add(self, nodes: Iterable[Node]) -> None:
        """Store completed subtrees."""
        with (
            self._connection.cursor() as cursor,
            cursor.copy("copy merkle_node (level, index, hash) from stdin (format binary)") as copy,
        ):
            copy.set_types(["int2", "int8", "bytea"])
            for node in nodes:
                copy.write_row(node)

    def _node(self, level: int, index: int) -> bytes:
        row = self._connection.execute(
            "select hash from merkle_node where level = %s and index = %s", (level, index)
        ).fetchone()
        if row is None:
            raise LookupError(f"merkle_node {level}/{index}")
        return bytes(row[0])

    def _leaves(self, start: int, end: int) -> list[bytes]:
        rows = self._connection.execute(
            "select leaf_hash from seal where position >= %s and position < %s order by position", (start, end)
        ).fetchall()
        if len(rows) != end - start:
            raise LookupError(f"seal {start}..{end}")
        return [leaf for (leaf,) in rows]
