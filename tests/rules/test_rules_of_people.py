"""people/rules.py: initials, rings, branches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.people import rules

nodes = st.integers(1, 8)
trees = st.dictionaries(nodes, st.none() | nodes, max_size=8)


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ada Byron", "AB"),
        ("Ada", "A"),
        ("Ada King Byron", "AB"),
        ("林小雨", "小雨"),
        ("王伟", "王伟"),
        ("林", "林"),
        ("  ", "?"),
        ("élan vital", "ÉV"),
    ],
)
def test_initials(name: str, initials: str) -> None:
    assert rules.initials(name) == initials


def climb(node: int | None, above: dict[int, int | None]) -> list[int]:
    """The nodes above, each once."""
    way: list[int] = []
    while node is not None and node not in way:
        way.append(node)
        node = above.get(node)
    return way


@given(trees, nodes, nodes)
def test_a_ring_is_what_climbing_comes_back_from(above: dict[int, int | None], child: int, parent: int) -> None:
    assert rules.loops(child, parent, above) == (child in climb(parent, above))


@given(trees, nodes)
def test_nothing_above_is_no_ring(above: dict[int, int | None], child: int) -> None:
    assert not rules.loops(child, None, above)


@given(st.dictionaries(nodes, st.sets(nodes, max_size=3), max_size=8), nodes, nodes)
def test_reaching_is_climbing_by_any_way(above: dict[int, set[int]], start: int, goal: int) -> None:
    seen, front = {start}, [start]
    while front:
        for one in above.get(front.pop(), set()) - seen:
            seen.add(one)
            front.append(one)
    found = rules.reaches(start, goal, lambda keys: set().union(*(above.get(key, set()) for key in keys)))
    assert found == (goal in seen)


@given(trees)
def test_one_node_of_every_ring(above: dict[int, int | None]) -> None:
    in_rings = {node for node in above if node in climb(above[node], above)}
    found = rules.rings(above)
    assert set(found) <= in_rings
    covered = {other for node in found for other in climb(node, above)}
    assert in_rings <= covered
    assert all(other not in climb(one, above) for one in found for other in found if one != other)


@given(st.dictionaries(nodes, st.sets(nodes, max_size=3), max_size=8))
def test_a_ring_among_several_parents_is_found_when_there_is_one(above: dict[int, set[int]]) -> None:
    ring = rules.first_ring(above)
    steps = zip(ring, [*ring[1:], *ring[:1]], strict=True)
    assert all(after in above[before] for before, after in steps)
    rest = dict(above)
    while leaves := [node for node in rest if not any(one in rest for one in rest[node])]:
        for node in leaves:
            del rest[node]
    assert bool(ring) == bool(rest)


@pytest.mark.parametrize(("parent", "path"), [("", "/4/"), ("/1/", "/1/4/")])
def test_a_branch_is_the_keys_from_the_root(parent: str, path: str) -> None:
    assert rules.branch_path(parent, 4) == path
