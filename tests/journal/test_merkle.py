"""The tree against an independent implementation (pymerkle) and against the stranger's checker."""

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from register_service.journal import merkle
from tests.journal import checker

check_proof = checker.load()
LEAVES = [merkle.hash_leaf(str(number).encode()) for number in range(1100)]


class ListTree:
    """All leaves in memory (merkle.NodeSource), by the definition in RFC 6962."""

    def subtree(self, start: int, end: int) -> bytes:
        if end - start == 1:
            return LEAVES[start]
        middle = start + merkle.split(end - start)
        return merkle.hash_node(self.subtree(start, middle), self.subtree(middle, end))


@pytest.fixture(scope="module")
def referee() -> InmemoryTree:
    tree = InmemoryTree(algorithm="sha256")
    for number in range(len(LEAVES)):
        tree.append_entry(str(number).encode())
    return tree


def test_root_of_the_empty_tree_is_the_hash_of_nothing() -> None:
    assert merkle.Frontier().root() == sha256(b"").digest()


def test_roots_of_every_size_are_those_of_pymerkle(referee: InmemoryTree) -> None:
    frontier = merkle.Frontier()
    for size, leaf in enumerate(LEAVES[:600], start=1):
        frontier.append(leaf)
        assert frontier.root() == referee.get_root(size)


@given(size=st.integers(0, 1100))
def test_a_frontier_stands_for_its_peaks(size: int) -> None:
    frontier = merkle.Frontier()
    nodes = {(node.level, node.number): node.hash for node in frontier.extend(LEAVES[:size])}
    nodes |= {(0, index): leaf for index, leaf in enumerate(LEAVES[:size])}
    assert frontier.hashes == [nodes[peak] for peak in merkle.peaks(size)]
    for (level, index), found in nodes.items():
        if level in (1, 3, 8):
            assert found == ListTree().subtree(index << level, (index + 1) << level)


@given(data=st.data(), size=st.integers(1, 1100))
def test_inclusion_holds_for_the_stranger_and_is_that_of_pymerkle(data: st.DataObject, size: int) -> None:
    position = data.draw(st.integers(0, size - 1))
    path = merkle.inclusion_path(ListTree(), position, size)
    assert check_proof.root_from_inclusion(LEAVES[position], position, size, path) == merkle.root_of(LEAVES[:size])
    other = data.draw(st.integers(0, size - 1).filter(lambda p: p != position) | st.just(size))
    assert check_proof.root_from_inclusion(LEAVES[position], other, size, path) != merkle.root_of(LEAVES[:size])


@settings(deadline=None)
@given(data=st.data(), size=st.integers(1, 600))
def test_inclusion_path_is_that_of_pymerkle(referee: InmemoryTree, data: st.DataObject, size: int) -> None:
    position = data.draw(st.integers(0, size - 1))
    theirs = referee.prove_inclusion(position + 1, size)
    assert [LEAVES[position], *merkle.inclusion_path(ListTree(), position, size)] == theirs.path


@settings(deadline=None)
@given(data=st.data(), new=st.integers(1, 1100))
def test_consistency_leads_the_stranger_to_the_roots_of_pymerkle(
    referee: InmemoryTree, data: st.DataObject, new: int
) -> None:
    old = data.draw(st.integers(1, new))
    roots = referee.get_root(old), referee.get_root(new)
    path = merkle.consistency_path(ListTree(), old, new)
    assert check_proof.roots_from_consistency(roots[0], old, new, path) == roots
    forged = merkle.root_of([*LEAVES[: old - 1], sha256(b"forged").digest()])
    assert check_proof.roots_from_consistency(forged, old, new, path) != (forged, roots[1]) or old == new


@pytest.mark.parametrize(("position", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_inclusion_outside_the_tree_is_refused(position: int, size: int) -> None:
    with pytest.raises(ValueError, match="position"):
        merkle.inclusion_path(ListTree(), position, size)


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3), (-1, 3)])
def test_consistency_outside_the_tree_is_refused(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="tree"):
        merkle.consistency_path(ListTree(), old, new)
