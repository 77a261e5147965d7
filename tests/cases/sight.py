"""Cases about who may read what, and about secrets."""

from tandem.core.commands import REGISTRY
from tandem.okr import commands as okr
from tandem.okr.access import may_see
from tandem.okr.models import Visibility
from tandem.people.actors import SYSTEM
from tandem.people.models import Token
from tandem.people.tokens import make_token
from tests.cases.kinds import Ask, kind
from tests.cases.reading import Row, Unreadable

RANGES = {"company": "company", "department": "branch", "related": "people", "MANAGER_CHAIN": "line"}


@kind("visibility")
def test_ranges(row: Row, ask: Ask) -> None:
    """Somebody of another department, with no part in it."""
    world = ask()
    goal = world.objective()
    seen = []
    for one in row["input"]["range"]:
        goal = okr.set_visibility(world.ada, goal, visibility=RANGES[one])
        seen.append(may_see(world.otto, goal))
    assert seen == row["expected"]["can_view"]


@kind("visibility_label")
def test_one_word(row: Row, ask: Ask) -> None:
    """Four words, each of one visibility: nothing beside it that could drift. Theirs for all the world is our open."""
    theirs = row["expected"]["label"]
    ours = [str(one.label) for one in Visibility]
    assert [{"public": "open"}.get(word, word) for word in theirs] == ours


@kind("visibility_matrix")
def test_levels(row: Row, ask: Ask) -> None:
    world = ask()
    viewers = {"owner": world.ada, "owner's manager": world.lin, "workspace lead": world.wei, "peer": world.ben}
    if row["input"]["level"] not in RANGES or not set(row["input"]["viewer"]) <= viewers.keys():
        raise Unreadable(str(row["input"]))
    goal = okr.set_visibility(world.ada, world.objective(), visibility=RANGES[row["input"]["level"]])
    seen = [int(may_see(viewers[who], goal)) for who in row["input"]["viewer"]]
    assert seen == row["expected"]["can_view"]


@kind("permission_ack")
def test_nobody_signs_a_check_in_off(row: Row, ask: Ask) -> None:
    """There is nothing to acknowledge: whoever reads a check-in may talk about it, its author too."""
    world = ask()
    goal = world.objective()
    said = okr.check_in(world.ada, world.key_result(goal), value=1)
    for who in (world.ada, world.ben, world.lin):
        assert okr.add_comment(who, goal, text="Seen", check_in=said).author_id == who.pk
    assert not [name for name in REGISTRY if name.startswith("okr.") and "acknowledge" in name]


@kind("permission_secret")
def test_a_secret_is_shown_once(row: Row, ask: Ask) -> None:
    """Nobody reads a token again, whatever their role: what is kept cannot give it back."""
    token, text = make_token(SYSTEM, ask().ada, name="CI", scope="write", days=9)
    secret = text.split("_", 2)[2]
    kept = repr(Token.objects.filter(pk=token.pk).values().get())
    assert row["expected"]["allowed"] == [secret in kept for _reader in row["input"]["reader"]]
