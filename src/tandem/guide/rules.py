"""KPI or OKR? Four questions, one table, and who leads in a mix. Pure."""

from typing import NamedTuple

OKR, KPI, BOTH = "okr", "kpi", "both"


class Four(NamedTuple):
    """What somebody answered: True is yes."""

    path_known: bool
    result_enough: bool
    must_not_fail: bool
    same_for_all: bool


QUESTIONS = Four._fields

OWN, SEARCH, CARE, GUARD, DELIVER = "own", "search", "care", "guard", "deliver"
"""Why a suggestion was made, one word for each group of rows below."""

_YES, _NO = True, False
# path known · result enough · must not fail · same for all
TABLE: dict[Four, tuple[str, str]] = {
    Four(_NO, _NO, _NO, _NO): (OKR, OWN),
    Four(_NO, _NO, _YES, _NO): (OKR, OWN),
    Four(_NO, _YES, _NO, _NO): (OKR, OWN),
    Four(_NO, _YES, _YES, _NO): (OKR, OWN),
    Four(_YES, _NO, _NO, _NO): (OKR, OWN),
    Four(_YES, _NO, _YES, _NO): (OKR, OWN),
    Four(_YES, _YES, _NO, _NO): (OKR, OWN),
    Four(_YES, _YES, _YES, _NO): (OKR, OWN),
    Four(_NO, _NO, _NO, _YES): (OKR, SEARCH),
    Four(_NO, _YES, _NO, _YES): (OKR, SEARCH),
    Four(_YES, _NO, _NO, _YES): (OKR, CARE),
    Four(_NO, _NO, _YES, _YES): (BOTH, GUARD),
    Four(_NO, _YES, _YES, _YES): (BOTH, GUARD),
    Four(_YES, _NO, _YES, _YES): (BOTH, GUARD),
    Four(_YES, _YES, _NO, _YES): (KPI, DELIVER),
    Four(_YES, _YES, _YES, _YES): (KPI, DELIVER),
}
"""A KPI holds for a whole team, never for one person singled out: what is not the same for all is an objective."""


def suggestion(four: Four) -> str:
    """okr, kpi or both."""
    return TABLE[four][0]


def why(four: Four) -> str:
    """The group of rows that decided."""
    return TABLE[four][1]


def ambition(four: Four) -> str:
    """How an objective from these answers begins: a promise where it must not fail, else a reach."""
    return "committed" if four.must_not_fail and suggestion(four) == OKR else "aspirational"


def leans(answer: bool) -> str:
    """Where one answer alone points: each yes towards a KPI, each no towards an OKR."""
    return KPI if answer else OKR


def leader(okr: int, kpi: int) -> str:
    """Who leads where so many answers said only one of them: okr, kpi, level; "" while nobody answered either."""
    if not okr and not kpi:
        return ""
    return OKR if okr > kpi else KPI if kpi > okr else "level"
