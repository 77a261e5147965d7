"""Names of nodes, and how much an answer may hold."""

import pytest

from tandem.insights.rules import LISTS, MOST_NODES, MOST_OPEN, Key, key, opened, page_size, path_of, written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("u4", Key("unit", 4)),
        ("p19", Key("person", 19)),
        ("o7", Key("objective", 7)),
        ("x", Key("unplaced", 0)),
        ("", None),
        ("u", None),
        ("u0", None),
        ("u04", None),
        ("z4", None),
        ("u4'", None),
        ("u" + "9" * 30, None),
        ("x1", None),
    ],
)
def test_a_key_is_read_or_is_none(text: str, expected: Key | None) -> None:
    assert key(text) == expected
    assert expected is None or str(expected) == text


def test_open_nodes_are_the_last_ones_each_once() -> None:
    assert opened("u1.u2.u1.nonsense..p3") == [Key("unit", 1), Key("unit", 2), Key("person", 3)]
    many = opened(".".join(f"u{number}" for number in range(1, 1000)))
    assert len(many) == MOST_OPEN
    assert many[-1] == Key("unit", 999)
    assert opened(written([])) == []
    assert written(opened("u1.p3.x")) == "u1.p3.x"


@pytest.mark.parametrize(("branches", "size"), [(0, 20), (1, 20), (3, 20), (4, 16), (10, 6), (16, 4), (500, 4)])
def test_more_open_branches_show_shorter_lists(branches: int, size: int) -> None:
    assert page_size(branches) == size
    assert min(branches, MOST_OPEN) * LISTS * size <= MOST_NODES


def test_a_path_leads_from_the_top_to_the_owner() -> None:
    assert path_of("/1/4/", None) == [Key("unit", 1), Key("unit", 4)]
    assert path_of("/1/", 9) == [Key("unit", 1), Key("person", 9)]
    assert path_of(None, 9) == [Key("unplaced", 0), Key("person", 9)]
