"""Words that somebody talked about keep their thread when the text around them is edited."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tandem.okr.anchors import Anchor, find, follow

TEXT = "New customers love the first week and tell a friend about it"
KEPT = [
    ("love", "New customers love the first week", "Really, new customers love the first week", "love"),
    ("first week", TEXT, TEXT.replace("New customers", "They"), "first week"),
    ("first week", TEXT, TEXT.replace("first week", "first two weeks"), "first two week"),
    ("激活率提升到 45%", "首周激活率提升到 45%，不靠补贴", "首周激活率提升到 50%，不靠补贴", "激活率提升到 50%"),
    ("tell a friend", TEXT, "They tell a friend. New customers love the first week", "tell a friend"),
    ("customers", "New customers help customers", "Old and new customers help customers", "customers"),
]
GONE = [
    ("love", TEXT, "New customers stay"),
    ("45%", "From 30% to 45%", "From 30% to 60%, not 45 of them"),
    ("不靠补贴", "首周激活率提升，不靠补贴", "首周激活率提升"),
    ("it", "Do it", ""),
]


def marked(text: str, quote: str) -> Anchor:
    found = find(text, quote)
    assert found is not None
    return found


@pytest.mark.parametrize(("quote", "old", "new", "kept"), KEPT)
def test_the_words_keep_their_thread(quote: str, old: str, new: str, kept: str) -> None:
    there = follow(marked(old, quote), old, new)
    assert there.position is not None
    assert there.quote == kept == new[there.position : there.end]


@pytest.mark.parametrize(("quote", "old", "new"), GONE)
def test_words_that_are_gone_are_remembered(quote: str, old: str, new: str) -> None:
    gone = follow(marked(old, quote), old, new)
    assert (gone.quote, gone.position) == (quote, None)


def test_words_that_come_back_are_found_again() -> None:
    gone = follow(marked(TEXT, "first week"), TEXT, "New customers stay")
    assert follow(gone, "New customers stay", TEXT) == marked(TEXT, "first week")


def test_of_several_places_the_one_with_the_same_surroundings_is_meant() -> None:
    text = "one week, and one more week, and the last week"
    second = find(text, "week", "and one more ", ", and the last")
    assert second is not None
    assert second.position == text.index("week", 10)
    assert find(text, "month") is None


@given(some.text(max_size=60), some.text(max_size=60), some.data())
def test_a_place_is_always_what_stands_there(old: str, new: str, data: some.DataObject) -> None:
    quote = data.draw(some.sampled_from(old.split())) if old.split() else None
    if quote is not None:
        there = follow(marked(old, quote), old, new)
        assert there.position is None or new[there.position : there.end] == there.quote
