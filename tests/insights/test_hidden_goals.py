"""The map for those who may not read a goal: an edge without a name, and nothing else that tells of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tandem.okr import commands as okr
from tandem.okr.models import Objective
from tests.api.conftest import Door
from tests.insights.test_map import names, nodes
from tests.pages.conftest import text_of
from tests.world import World

Browse = Callable[..., Client]
SECRET = "Buy the competitor"


@pytest.fixture
def goals(world: World) -> tuple[Objective, Objective]:
    """An open objective of the cloud business, and Ada's secret that serves it."""
    above = world.objective(world.cloud, title="Cloud pays for itself")
    hidden = world.objective(world.ada, title=SECRET)
    okr.align(world.ada, hidden, parent=above)
    return above, okr.set_visibility(world.ada, hidden, visibility="people")


def answers(world: World, who: Any) -> list[Any]:
    """All that somebody gets to see of the branches in which the secret hangs."""
    door, start = Door(who), f"/cycles/{world.quarter.pk}/map"
    paths = (
        "",
        f"/units/{world.cloud.pk}",
        f"/units/{world.web.pk}",
        "/find?search=competitor",
        "/find?status=published",
    )
    return [door.get(f"{start}{path}") for path in paths]


def test_who_may_not_read_it_sees_one_confidential_contribution(
    world: World, browse: Browse, goals: tuple[Objective, Objective]
) -> None:
    above, hidden = goals
    for who in (world.ben, world.lin, world.omar, world.chen):
        assert SECRET not in str(answers(world, who))
        lists = Door(who).get(f"/cycles/{world.quarter.pk}/map/units/{world.cloud.pk}")["lists"]
        shown = next(one["objective"] for one in nodes(lists) if one["key"] == f"o{above.pk}")
        assert (shown["aligned_by"], shown["confidential"]) == (0, 1)
        Door(who).get(f"/cycles/{world.quarter.pk}/map/objectives/{hidden.pk}", 404)
        Door(who).get(f"/cycles/{world.quarter.pk}/map/people/{world.ada.pk}", 404)
        assert browse(who).get(f"/map/branch/?cycle={world.quarter.pk}&node=o{hidden.pk}").status_code == 404
        address = f"/map/?open=u{world.acme.pk}.u{world.cloud.pk}.u{world.web.pk}.p{world.ada.pk}&at=o{hidden.pk}"
        text = text_of(browse(who).get(address))
        assert "one confidential contribution" in text
        assert SECRET not in text
        assert world.ada.name not in text.replace(who.name, "")


def test_a_unit_with_nothing_to_see_looks_like_one_with_nothing(
    world: World, goals: tuple[Objective, Objective]
) -> None:
    def web(who: Any) -> dict[str, Any]:
        lists = Door(who).get(f"/cycles/{world.quarter.pk}/map/units/{world.cloud.pk}")["lists"]
        return next(one for one in nodes(lists) if one["key"] == f"u{world.web.pk}")

    assert not web(world.ben)["can_open"]
    assert web(world.ben)["numbers"]["branch_objectives"] == 0
    assert web(world.ada)["can_open"]


def test_the_owner_sees_it_and_its_line(world: World, goals: tuple[Objective, Objective]) -> None:
    above, hidden = goals
    branch = Door(world.ada).get(f"/cycles/{world.quarter.pk}/map/people/{world.ada.pk}")
    assert names(branch) == [SECRET]
    assert branch["lists"][0]["nodes"][0]["objective"]["aligned_to"][0]["id"] == above.pk
    lists = Door(world.ada).get(f"/cycles/{world.quarter.pk}/map/units/{world.cloud.pk}")["lists"]
    shown = next(one["objective"] for one in nodes(lists) if one["key"] == f"o{above.pk}")
    assert (shown["aligned_by"], shown["confidential"]) == (1, 0)
    found = Door(world.ada).get(f"/cycles/{world.quarter.pk}/map/find?search=competitor")["items"]
    assert [one["key"] for one in found] == [f"o{hidden.pk}"]


def test_a_hidden_objective_above_is_not_named(world: World, browse: Browse) -> None:
    above = world.objective(world.cloud, title=SECRET)
    own = world.objective(world.ada, title="First week")
    okr.align(world.ada, own, parent=above)
    okr.set_visibility(world.wei, above, visibility="people")
    shown = Door(world.ada).get(f"/cycles/{world.quarter.pk}/map/objectives/{own.pk}")
    assert shown["node"]["objective"]["aligned_to"] == []
    assert str(above.pk) not in str(shown["node"]["objective"]["aligned_to"])


@pytest.mark.parametrize("place", ["/objectives/{own}/", "/map/?open=u{acme}.u{cloud}.u{web}.p{ada}"])
def test_below_a_hidden_objective_it_looks_as_below_none(world: World, browse: Browse, place: str) -> None:
    own, loose = (world.objective(world.ada, title="First week") for _twice in range(2))
    above = world.objective(world.cloud, title=SECRET)
    okr.align(world.ada, own, parent=above)
    keys = {name: getattr(world, name).pk for name in ("acme", "cloud", "web", "ada")}
    asked = browse(world.ada).get(place.format(own=own.pk, **keys))
    assert SECRET in text_of(asked)
    okr.set_visibility(world.wei, above, visibility="people")
    text = text_of(browse(world.ada).get(place.format(own=own.pk, **keys)))
    assert SECRET not in text
    if "map" in place:
        assert "confidential" not in text
        assert text.count("no alignment in sight") == 2, "of the loose one too"
    else:
        other = text_of(browse(world.ada).get(place.format(own=loose.pk, **keys)))
        sentence = "No objective that you may read is aligned with it, above or below."
        assert sentence in text
        assert sentence in other
