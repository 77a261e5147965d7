"""Word-level differences, in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.core.textdiff import Piece, difference, tokens

# old, new, the way between them: -gone- and +new+ around plain text
WAYS = [
    ("", "", ""),
    ("same", "same", "same"),
    ("", "new", "+new+"),
    ("old", "", "-old-"),
    ("love the first week", "love the first month", "love the first -week-+month+"),
    ("the first week", "their first two weeks", "-the-+their+ first -week-+two weeks+"),
    ("raise to 30%", "raise to 45%", "raise to -30-+45+%"),
    ("1,200 users", "1,250 users", "-1,200-+1,250+ users"),
    ("don't stop", "do stop", "-don't-+do+ stop"),
    ("a b c", "x y c", "-a b-+x y+ c"),
    ("让客户满意", "让客户惊喜", "让客户-满意-+惊喜+"),
    ("第一周留存30%", "第一周留存45%", "第一周留存-30-+45+%"),
    ("上线NPS调查", "上线CSAT调查", "上线-NPS-+CSAT+调查"),
    ("目标,好", "目标，好", "目标-,-+，+好"),
    ("one\ntwo", "one\nthree", "one\n-two-+three+"),
    ("提升固件质量，赋能团队", "没有一台机器因为升级而罢工", "-提升固件质量，赋能团队-+没有一台机器因为升级而罢工+"),
    ("让新客户在第一周爱上我们", "让老客户在第一个月爱上我们", "让-新-+老+客户在第一-周-+个月+爱上我们"),
    ("😀 ok", "😀 no", "😀 -ok-+no+"),
]


def drawn(pieces: list[Piece]) -> str:
    around = {"same": "", "gone": "-", "new": "+"}
    return "".join(f"{around[piece.kind]}{piece.text}{around[piece.kind]}" for piece in pieces)


@pytest.mark.parametrize(("old", "new", "way"), WAYS)
def test_way_from_old_to_new(old: str, new: str, way: str) -> None:
    assert drawn(difference(old, new)) == way


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_word_is_lost(old: str, new: str) -> None:
    pieces = difference(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new


@given(st.text())
def test_tokens_join_to_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


def test_texts_beyond_sense_are_answered_at_once() -> None:
    old, new = "字" * 30_000, "词" * 30_000
    assert [piece.kind for piece in difference(old, new)] == ["gone", "new"]
