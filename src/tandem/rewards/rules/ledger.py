"""Does a ledger hold together? Entries of one person, one after the other, each with the balance it leads to."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tandem.core.numbers import ZERO


@dataclass(frozen=True)
class Line:
    number: int
    points: Decimal
    balance: Decimal


def first_fault(lines: Iterable[Line]) -> int | None:
    """The number of the first entry that is missing, or whose balance is not the sum up to it; None when all hold."""
    expected, balance = 1, ZERO
    for line in lines:
        balance += line.points
        if line.number != expected or line.balance != balance:
            return expected
        expected += 1
    return None
