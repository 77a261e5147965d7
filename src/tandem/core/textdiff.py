"""What changed between two versions of a text: Latin by word, Chinese by character. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Kind = Literal["same", "gone", "new"]

# A run of letters and digits is one word; a CJK character, a space or a mark each stand alone.
_CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_TOKEN = re.compile(rf"[{_CJK}]|[^\W{_CJK}]+(?:['’.,][^\W{_CJK}]+)*|\s+|.", re.DOTALL)
# Beyond this the comparison would cost seconds: the texts are then shown whole, one gone, one new.
_MOST_TOKENS = 20_000


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    text: str


def tokens(text: str) -> list[str]:
    """The smallest parts that are compared; joined they give the text back."""
    return _TOKEN.findall(text)


def difference(old: str, new: str) -> list[Piece]:
    """The way from `old` to `new`. Without its new pieces it reads as `old`, without its gone pieces as `new`."""
    if old == new:
        return [Piece("same", old)] if old else []
    before, after = tokens(old), tokens(new)
    if len(before) + len(after) > _MOST_TOKENS:
        return _joined([Piece("gone", old), Piece("new", new)])
    pieces: list[Piece] = []
    for same, (i, j), (k, m) in _sizeable(SequenceMatcher(None, before, after, autojunk=False).get_opcodes()):
        if same:
            pieces.append(Piece("same", "".join(before[i:j])))
        else:
            pieces += [Piece("gone", "".join(before[i:j])), Piece("new", "".join(after[k:m]))]
    return _joined(_without_islands(pieces))


def _sizeable(
    ways: Sequence[tuple[str, int, int, int, int]],
) -> Iterator[tuple[bool, tuple[int, int], tuple[int, int]]]:
    """The steps, without those that stay the same by chance: what is no longer than the changes on both of its sides
    (a 的 in two sentences that share nothing else) goes with them."""
    change = 0
    for place, (tag, i, j, k, m) in enumerate(ways):
        coming = max(_lengths(ways[place + 1])) if place + 1 < len(ways) else 0
        by_chance = tag == "equal" and j - i <= min(change, coming)
        change = 0 if tag == "equal" and not by_chance else change + max(j - i, m - k)
        yield tag == "equal" and not by_chance, (i, j), (k, m)


def _lengths(way: tuple[str, int, int, int, int]) -> tuple[int, int]:
    return way[2] - way[1], way[4] - way[3]


def _without_islands(pieces: list[Piece]) -> list[Piece]:
    """A lone space or comma between two changes belongs to them: the reader sees one change, not three."""
    changed: list[Piece] = []
    for place, piece in enumerate(pieces):
        inside = 0 < place < len(pieces) - 1
        if piece.kind == "same" and inside and not any(map(str.isalnum, piece.text)):
            changed += [Piece("gone", piece.text), Piece("new", piece.text)]
        else:
            changed.append(piece)
    return changed


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbours of one kind as one piece; within a change what is gone comes first."""
    joined: list[Piece] = []
    for same, run in groupby(pieces, key=lambda piece: piece.kind == "same"):
        group = list(run)
        kinds: tuple[Kind, ...] = ("same",) if same else ("gone", "new")
        for kind in kinds:
            text = "".join(piece.text for piece in group if piece.kind == kind)
            if text:
                joined.append(Piece(kind, text))
    return joined
