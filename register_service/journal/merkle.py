"""The Merkle tree of RFC 6962, section 2.1, over leaf hashes that live elsewhere (docs/journaal.md).

Nothing here reads a database. `Frontier` grows a tree with O(1) memory per level; the proof functions ask a `NodeSource`
for the hash of any range of leaves that the tree has as a subtree.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple, Protocol

EMPTY_ROOT = sha256(b"").digest()


class Node(NamedTuple):
    """A complete subtree: `level` n covers the 2^n leaves from `number` * 2^n; `hash` has 32 bytes."""

    level: int
    number: int
    hash: bytes


class NodeSource(Protocol):
    """Anything that knows the hash of every subtree (`start` inclusive, `end` exclusive, in leaves) of a tree."""

    def subtree(self, start: int, end: int) -> bytes:
        """Give the 32-byte hash of the subtree over these leaves."""


def hash_leaf(data: bytes) -> bytes:
    """Hash the data of a leaf (RFC 6962, 2.1)."""
    return sha256(b"\x00" + data).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into one (RFC 6962, 2.1)."""
    return sha256(b"\x01" + left + right).digest()


def split(width: int) -> int:
    """Give the number of leaves under the left child of a tree of `width` > 1: the largest power of two below it."""
    return 1 << (width - 1).bit_length() - 1


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Compute the root over leaf hashes that are all at hand."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def peaks(size: int) -> list[tuple[int, int]]:
    """Give (level, number) of the complete subtrees that a tree of `size` leaves consists of, from left to right."""
    return [(level, (size >> level) - 1) for level in reversed(range(size.bit_length())) if size >> level & 1]


@dataclass(slots=True)
class Frontier:
    """The right edge of a tree: the hashes of its `peaks`. Enough to append leaves and to compute the root."""

    size: int = 0
    hashes: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> list[Node]:
        """Add one leaf hash and give the subtrees of level 1 and up that it completed."""
        completed = []
        index, level = self.size, 0
        while index & 1:
            leaf = hash_node(self.hashes.pop(), leaf)
            index >>= 1
            level += 1
            completed.append(Node(level, index, leaf))
        self.hashes.append(leaf)
        self.size += 1
        return completed

    def extend(self, leaves: Iterable[bytes], *, from_level: int = 1) -> Iterable[Node]:
        """Add leaf hashes one by one, giving the completed subtrees of `from_level` and up as they come."""
        for leaf in leaves:
            completed = self.append(leaf)
            if len(completed) >= from_level:
                yield from completed[from_level - 1 :]

    def root(self) -> bytes:
        """Compute the root of the tree as it now is."""
        if not self.hashes:
            return EMPTY_ROOT
        root = self.hashes[-1]
        for peak in self.hashes[-2::-1]:
            root = hash_node(peak, root)
        return root


def inclusion_path(source: NodeSource, position: int, size: int) -> list[bytes]:
    """Give the audit path PATH(position, D[size]) of RFC 6962, 2.1.1, from the leaf up. Needs 0 <= position < size."""
    if not 0 <= position < size:
        raise ValueError(f"position {position} is not in a tree of {size}")
    path = []
    start, end = 0, size
    while end - start > 1:
        middle = start + split(end - start)
        if position < middle:
            path.append(source.subtree(middle, end))
            end = middle
        else:
            path.append(source.subtree(start, middle))
            start = middle
    return path[::-1]


def consistency_path(source: NodeSource, old: int, new: int) -> list[bytes]:
    """Give the consistency proof PROOF(old, D[new]) of RFC 6962, 2.1.2. Needs 0 < old <= new."""
    if not 0 < old <= new:
        raise ValueError(f"a tree of {old} is no beginning of a tree of {new}")
    path = []
    start, end = 0, new
    while old != end:
        middle = start + split(end - start)
        if old <= middle:
            path.append(source.subtree(middle, end))
            end = middle
        else:
            path.append(source.subtree(start, middle))
            start = middle
    if start > 0:
        path.append(source.subtree(start, end))
    return path[::-1]
