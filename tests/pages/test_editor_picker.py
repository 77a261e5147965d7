"""Alignment in the goals editor: what is offered, chosen and taken back."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tandem.okr import commands as okr
from tandem.okr.models import Alignment
from tandem.okr.queries.picker import possible_parents
from tests.pages.test_editor import HTMX, browser, refusing
from tests.world import World, fresh


@refusing
def test_alignment_is_picked_and_taken_back(world: World) -> None:
    parent, objective = world.objective(world.cloud, title="Cloud is calm"), world.objective()
    ada, at = browser(world.ada), f"/goals/objectives/{objective.pk}"
    assert "Cloud is calm" in ada.get(f"{at}/align/?words=calm&part=options", headers=HTMX).content.decode()
    assert "Cloud is calm" in ada.post(f"{at}/align/{parent.pk}/", headers=HTMX).content.decode()
    assert Alignment.objects.count() == 1
    back = ada.post(f"{at}/unalign/{parent.pk}/", headers=HTMX)
    assert f"{at}/align/{parent.pk}/" in back.headers["HX-Trigger"]
    assert ada.post(f"{at}/align/{objective.pk}/", headers=HTMX).status_code == 422


def test_the_picker_offers_wider_owners_first_and_nothing_impossible(world: World) -> None:
    mine = world.objective(title="mine")
    own_unit, above = world.objective(world.web, title="web"), world.objective(world.acme, title="acme")
    other, colleague = world.objective(world.office, title="office"), world.objective(world.ben, title="ben")
    below = world.objective(world.otto, title="below")
    deeper = world.objective(world.nia, title="deeper")
    okr.align(world.otto, below, parent=mine)
    okr.align(world.nia, deeper, parent=below)
    chosen = world.objective(world.cloud, title="chosen")
    okr.align(world.ada, mine, parent=chosen)
    dropped = world.objective(world.acme, title="dropped")
    okr.drop_objective(world.grace, dropped, reason="over")
    okr.archive_objective(world.grace, world.objective(world.acme, title="archived"))
    draft = world.objective(world.acme, published=False, title="draft")
    found = possible_parents(world.ada, fresh(mine))
    titles = [one.title for one in found]
    assert set(titles) == {one.title for one in (own_unit, above, other, colleague, draft)}
    assert titles[0] == "web"
    assert titles[3:] == ["office", "ben"]
    assert [one.title for one in found if one.is_tentative] == ["draft"]
    assert [one.title for one in possible_parents(world.ada, fresh(mine), "People off")] == ["office"]
    assert possible_parents(world.ada, fresh(mine), "%") == []


def test_the_pickers_cost_does_not_grow(world: World) -> None:
    mine = fresh(world.objective())

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            possible_parents(world.ada, mine, "week first")
        return len(asked)

    before = cost()
    for number in range(25):
        world.objective(world.web, title=f"The first week {number}")
    assert cost() == before == 1
    assert len(possible_parents(world.ada, mine, "week")) == 20
