"""The alignment map: levels, branches, filters, paths; as a page and through the API."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tandem.core.ranked import Slice
from tandem.core.rows import MOST_KEYS
from tandem.okr import commands as okr
from tandem.okr.queries import (
    Which,
    lines_from,
    numbers_in_branches,
    objectives_in_branches,
    people_in_branches,
    people_without_goals,
)
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tandem.people.queries import listed_below
from tests.api.conftest import Door
from tests.pages.conftest import LANGUAGES, TOP, text_of
from tests.world import World, fresh

Browse = Callable[..., Client]
MAP = "/map/"


def nodes(lists: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All nodes of an answer, each before what hangs under it."""
    return [one for each in lists for node in each["nodes"] for one in (node, *nodes(node["lists"] or []))]


def read(world: World, path: str, status: int = 200) -> Any:
    return Door(world.ada).get(f"/cycles/{world.quarter.pk}/map{path}", status)


def names(found: dict[str, Any]) -> list[str]:
    return [one["name"] for one in nodes(found.get("lists") or [found["tops"]])]


# --- levels


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_level_is_the_company_and_what_is_right_below(world: World, browse: Browse, language: str) -> None:
    world.objective(world.acme, title="Acme is loved")
    world.objective(world.cloud, title="Cloud pays for itself")
    text = text_of(browse(world.ada, language=language).get(MAP))
    for words in ("Acme 极光", "Acme is loved", "云业务 Cloud", "People Office"):
        assert words in text
    assert "Cloud pays for itself" not in text
    assert names(read(world, "")) == ["Acme 极光", "Acme is loved", "云业务 Cloud", "People Office"]


def test_units_show_stored_numbers_and_those_without_objectives_say_so(world: World) -> None:
    world.key_result(world.objective(world.web))
    world.objective(world.ada)
    world.objective(world.ben, published=False)
    by_name = {one["name"]: one for one in nodes([read(world, "")["tops"]])}
    assert by_name["云业务 Cloud"]["numbers"] == {
        "objectives": 0, "drafts": 0, "progress": None, "branch_objectives": 2, "branch_drafts": 1,
    }  # fmt: skip
    assert by_name["People Office"]["can_open"] is False
    below = read(world, f"/units/{world.cloud.pk}")
    assert below["path"] == [f"u{world.acme.pk}", f"u{world.cloud.pk}"]
    assert nodes(below["lists"])[0]["numbers"]["objectives"] == 1


def test_a_branch_holds_objectives_units_and_people_who_have_goals(world: World) -> None:
    world.objective(world.web, title="Web is fast")
    world.objective(world.ada, title="First week")
    lists = {
        one["name"]: [each["name"] for each in one["nodes"]] for one in read(world, f"/units/{world.web.pk}")["lists"]
    }
    assert lists == {"objectives": ["Web is fast"], "units": [], "people": [world.ada.name]}
    person = read(world, f"/people/{world.ada.pk}")
    assert names(person) == ["First week"]
    assert person["path"][-1] == f"p{world.ada.pk}"


def test_people_of_no_unit_have_a_branch_of_their_own(world: World, browse: Browse) -> None:
    assert "In no unit" not in text_of(browse(world.ada).get(MAP))
    objective = world.objective(world.nia, title="Find a home")
    assert "In no unit" in text_of(browse(world.ada).get(MAP))
    assert names(read(world, "/unplaced")) == ["Nia"]
    placed = read(world, f"/objectives/{objective.pk}")
    assert placed["path"] == ["x", f"p{world.nia.pk}"]
    opened = browse(world.ada).get(f"{MAP}?open=x.p{world.nia.pk}")
    assert "Find a home" in text_of(opened)


def test_an_objective_shows_its_key_results_on_demand(world: World, browse: Browse) -> None:
    key_result = world.key_result(world.objective(world.web, title="Web is fast"), title="Pages in a second")
    okr.check_in(world.lin, key_result, value=40, confidence=7)
    client, pk = browse(world.ada), key_result.objective_id
    address = f"{MAP}?open=u{world.acme.pk}.u{world.cloud.pk}.u{world.web.pk}"
    assert "Pages in a second" not in text_of(client.get(address))
    assert "Pages in a second" in text_of(client.get(f"{address}.o{pk}"))
    piece = client.get(f"/map/branch/?cycle={world.quarter.pk}&node=o{pk}")
    assert text_of(piece).startswith("Pages in a second On track 40% confidence 7")
    assert read(world, f"/objectives/{pk}")["key_results"][0]["title"] == "Pages in a second"


# --- alignments


def test_lines_lead_to_several_parents_wherever_they_hang(world: World, browse: Browse) -> None:
    own = world.objective(world.ada, title="First week")
    above = [world.objective(world.web, title="Web is fast"), world.objective(world.office, title="People stay")]
    for one in above:
        okr.align(world.ada, own, parent=one)
    shown = nodes(read(world, f"/people/{world.ada.pk}")["lists"])[0]["objective"]
    assert [(one["id"], one["path"]) for one in shown["aligned_to"]] == [
        (above[0].pk, [f"u{world.acme.pk}", f"u{world.cloud.pk}", f"u{world.web.pk}"]),
        (above[1].pk, [f"u{world.acme.pk}", f"u{world.office.pk}"]),
    ]
    page = browse(world.ada).get(f"{MAP}?open=u{world.acme.pk}.u{world.cloud.pk}.u{world.web.pk}.p{world.ada.pk}")
    lines = re.search(r'data-map-to="([^"]*)"', page.content.decode())
    assert lines
    assert lines[1].split()[1] == f"o{above[1].pk},u{world.office.pk},u{world.acme.pk}"
    assert "1 objective aligns to it" in text_of(page)


def test_what_aligns_to_nothing_says_so_unless_it_is_at_the_top(world: World, browse: Browse) -> None:
    top = world.objective(world.acme, title="Acme is loved")
    below = world.objective(world.cloud, title="Cloud pays for itself")
    address = f"{MAP}?open=u{world.acme.pk}.u{world.cloud.pk}"
    assert text_of(browse(world.ada).get(address)).count("no alignment in sight") == 1
    okr.align(world.wei, below, parent=top)
    assert "no alignment in sight" not in text_of(browse(world.ada).get(address))


def test_a_parent_in_another_cycle_is_named(world: World, browse: Browse) -> None:
    idea = world.objective(world.acme, title="Some day", cycle=world.backlog, published=False)
    okr.align(world.wei, world.objective(world.cloud), parent=idea)
    text = text_of(browse(world.ada).get(f"{MAP}?open=u{world.acme.pk}.u{world.cloud.pk}"))
    assert "aligns to “Some day” (Backlog 想法)" in text


# --- what is out, and what is filtered


def test_archived_goals_and_units_are_out(world: World) -> None:
    okr.archive_objective(world.grace, world.objective(world.acme, title="A mistake"))
    people.archive_unit(SYSTEM, fresh(world.office))
    assert names(read(world, "")) == ["Acme 极光", "云业务 Cloud"]
    assert read(world, "/find?search=mistake") == {"items": []}


def test_filters_leave_out_objectives_and_people_who_have_none_such(world: World, browse: Browse) -> None:
    world.objective(world.web, title="Promised", ambition="committed", category="health")
    world.objective(world.web, title="Drafted", published=False)
    world.objective(world.ada, title="Dreamt")
    branch = f"/units/{world.web.pk}"
    assert names(read(world, f"{branch}?ambition=committed")) == ["Promised"]
    assert names(read(world, f"{branch}?category=growth")) == []
    assert names(read(world, f"{branch}?status=draft")) == ["Drafted"]
    assert names(read(world, f"{branch}?status=published")) == ["Promised", world.ada.name]
    address = f"{MAP}?open=u{world.acme.pk}.u{world.cloud.pk}.u{world.web.pk}&status=draft"
    text = text_of(browse(world.ada).get(address))
    assert "Drafted Draft" in text
    assert "Promised" not in text
    assert "Web" in text


def test_people_without_goals_are_counted(world: World, browse: Browse) -> None:
    world.objective(world.ada)
    okr.set_visibility(world.lin, world.objective(world.lin), visibility="people")
    address = f"{MAP}?open=u{world.acme.pk}.u{world.cloud.pk}.u{world.web.pk}"

    def without(who: Any) -> int:
        lists = Door(who).get(f"/cycles/{world.quarter.pk}/map/units/{world.web.pk}")["lists"]
        return int(lists[2]["without_goals"])

    assert (without(world.ada), without(world.lin)) == (2, 1), "Ben; what Lin hides is as if it were not there"
    assert "2 people without goals" in text_of(browse(world.ada).get(address))
    assert "without goals" not in text_of(browse(world.ada).get(f"{address}&status=draft"))
    idle = f"/map/branch/?cycle={world.backlog.pk}&node=u{world.web.pk}"
    assert "without goals" not in text_of(browse(world.ada).get(idle))


def test_the_map_of_one_branch_begins_there(world: World, browse: Browse) -> None:
    world.objective(world.web, title="Web is fast")
    world.objective(world.acme, title="Acme is loved")
    answer = browse(world.ada).get(f"{MAP}?unit={world.cloud.pk}")
    assert "Acme is loved" not in text_of(answer)
    assert names(read(world, f"?unit={world.cloud.pk}")) == ["云业务 Cloud", "Web", "数据 Data"]
    hits = read(world, f"/find?search=is&unit={world.cloud.pk}")["items"]
    assert [one["name"] for one in hits] == ["Web is fast"]


# --- pages of lists


def test_a_long_list_is_paged_and_leads_on(world: World, browse: Browse) -> None:
    for number in range(23):
        world.objective(world.web, title=f"Objective {number:02}")
    branch = f"/units/{world.web.pk}"
    first = next(one for one in read(world, branch)["lists"] if one["name"] == "objectives")
    assert (len(first["nodes"]), first["more"], first["next"]) == (20, 3, 20)
    [rest] = read(world, f"{branch}?list=objectives&start=20")["lists"]
    assert [one["name"] for one in rest["nodes"]] == ["Objective 20", "Objective 21", "Objective 22"]
    assert rest["more"] == 0
    piece = f"/map/branch/?cycle={world.quarter.pk}&node=u{world.web.pk}"
    assert "and 3 more objectives" in text_of(browse(world.ada).get(piece))
    assert "Objective 22" in text_of(browse(world.ada).get(f"{piece}&list=objectives&start=20"))


def test_what_one_looks_at_is_shown_wherever_it_stands(world: World, browse: Browse) -> None:
    for number in range(23):
        last = world.objective(world.web, title=f"Objective {number:02}")
    address = f"{MAP}?open=u{world.acme.pk}.u{world.cloud.pk}.u{world.web.pk}"
    assert "Objective 22" not in text_of(browse(world.ada).get(address))
    answer = browse(world.ada).get(f"{address}&at=o{last.pk}")
    assert "Objective 22" in text_of(answer)
    assert "data-map-at" in answer.content.decode()
    assert "and 2 more objectives" in text_of(answer)


def test_an_answer_is_bounded_however_large_the_company(world: World) -> None:
    for number in range(60):
        people.create_unit(SYSTEM, world.acme, name=f"Unit {number}")
    shown = read(world, "")["tops"]
    assert len(nodes([shown])) == 21
    assert shown["nodes"][0]["lists"][1]["more"] == 42


# --- paths


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_search_leads_to_the_map_opened_down_to_the_hit(world: World, browse: Browse, language: str) -> None:
    objective = world.objective(world.ada, title="新客户第一周就爱上我们")
    client = browse(world.ada, language=language)
    piece = client.get(f"/map/find/?cycle={world.quarter.pk}&q=第一周")
    link = re.search(r'href="([^"]+)"', piece.content.decode())
    assert link
    answer = client.get(link[1].replace("&amp;", "&"))
    assert "新客户第一周就爱上我们" in text_of(answer)
    assert f'id="o{objective.pk}"' in answer.content.decode()
    whole_page = client.get(f"{MAP}?q=第一周")
    assert "新客户第一周就爱上我们" in text_of(whole_page)
    hit = read(world, "/find?search=第一周")["items"][0]
    assert hit["key"] == f"o{objective.pk}"
    assert hit["path"] == read(world, f"/objectives/{objective.pk}")["path"]


def test_units_and_people_are_found_too(world: World) -> None:
    world.objective(world.ada)
    found = read(world, "/find?search=web")["items"]
    assert [(one["key"], one["where"], one["path"]) for one in found] == [
        (f"u{world.web.pk}", "云业务 Cloud", [f"u{world.acme.pk}", f"u{world.cloud.pk}"])
    ]
    [person] = read(world, "/find?search=byron")["items"]
    assert person["key"] == f"p{world.ada.pk}"
    assert read(world, "/find?search=王伟")["items"] == []  # has no goals, so no place on the map
    assert read(world, "/find")["items"] == []


def test_the_search_is_that_of_tandem_within_the_cycle(world: World) -> None:
    """Pinyin, slips, beginnings, key results; nothing of other cycles, nothing of what is hidden."""
    own = world.objective(world.wei, title="首周留存翻倍")
    world.key_result(own, title="Complaints per thousand orders")
    for cycle in (world.backlog, world.quarter):
        world.objective(world.ada, title="Customers recommend us", cycle=cycle, published=False)
    okr.set_visibility(world.lin, world.objective(world.web, title="Customers of Phoenix"), visibility="people")
    for words in ("wangwei", "ww", "王伟"):
        assert [one["key"] for one in read(world, f"/find?search={words}")["items"]] == [f"p{world.wei.pk}"], words
    [found] = read(world, "/find?search=customers recom")["items"]
    assert found["path"][-1] == f"p{world.ada.pk}"
    assert [one["name"] for one in read(world, "/find?search=custmers")["items"]] == ["Customers recommend us"]
    [result] = read(world, "/find?search=complaints")["items"]
    assert (result["key"], result["name"], result["where"]) == (
        f"o{own.pk}",
        "Complaints per thousand orders",
        own.title,
    )
    assert result["path"][-1] == f"o{own.pk}"
    assert read(world, "/find?search=customers&status=on_track")["items"] == []
    assert len(read(world, "/find?search=customers&status=draft")["items"]) == 1


def test_a_filter_alone_finds_what_is_so(world: World) -> None:
    world.objective(world.web, title="Promised", ambition="committed")
    world.objective(world.web, title="Dreamt")
    assert [one["name"] for one in read(world, "/find?ambition=committed")["items"]] == ["Promised"]


# --- what makes no sense


@pytest.mark.parametrize(
    "query",
    ["cycle=999999", "unit=999999", "cycle=x"],
)
def test_what_is_not_there_is_404(world: World, browse: Browse, query: str) -> None:
    assert browse(world.ada).get(f"{MAP}?{query}").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "open=nonsense&at=zz", "open=u999999.p999999.o999999.x", "status=nonsense&ambition=&category=x", "view=3d",
        "open=" + ".".join(f"u{number}" for number in range(500)), "q=%00",
        "open=u999999999999999999&at=o999999999999999999",
    ],
)  # fmt: skip
def test_nonsense_in_an_address_is_as_if_it_were_not_there(world: World, browse: Browse, query: str) -> None:
    assert browse(world.ada).get(f"{MAP}?{query}").status_code == 200


@pytest.mark.parametrize("node", ["", "u0", "u999999", "p999999", "o999999", "z", "u999999999999999999"])
def test_a_branch_that_is_not_there_is_404(world: World, browse: Browse, node: str) -> None:
    client = browse(world.ada)
    assert client.get(f"/map/branch/?cycle={world.quarter.pk}&node={node}").status_code == 404
    assert client.get(f"/map/branch/?node=u{world.acme.pk}").status_code == 404


def test_the_api_refuses_what_it_does_not_know(world: World) -> None:
    assert read(world, "?status=fine", 422)["error"]["field"] == "status"
    assert read(world, f"/units/{world.web.pk}?start=-1", 422)["error"]["field"] == "start"
    for path in ("/units/999999", "/people/999999", "/objectives/999999", "?unit=999999"):
        read(world, path, 404)
    read(world, f"/people/{world.ada.pk}", 404)  # no goals in this cycle


def test_without_cycles_or_units_it_says_what_to_do(client: Client, person: Callable[..., Any]) -> None:
    client.force_login(person("Solo"))
    assert "no cycle has been opened yet" in text_of(client.get(MAP))


# --- costs


def test_it_asks_no_more_of_a_larger_company(world: World, browse: Browse, asks: Callable[..., int]) -> None:
    own = world.objective(world.ada)
    world.key_result(own)
    for above in (world.web, world.acme):
        okr.align(world.ada, own, parent=world.objective(above))
    client = browse(world.ada)
    opened = f"u{world.acme.pk}.u{world.cloud.pk}.u{world.web.pk}.p{world.ada.pk}.o{own.pk}"
    piece = f"/map/branch/?cycle={world.quarter.pk}&node="
    paths = [
        MAP, f"{MAP}?open={opened}", f"{MAP}?open={opened}&unit={world.cloud.pk}&status=pending&at=o{own.pk}",
        f"{piece}u{world.web.pk}", f"{piece}p{world.ada.pk}", f"{piece}o{own.pk}",
        f"/map/find/?cycle={world.quarter.pk}&q=first", f"{MAP}?q=first",
    ]  # fmt: skip
    before = [asks(client, path) for path in paths]
    assert max(before) <= TOP
    for number in range(6):
        unit = people.create_unit(SYSTEM, world.cloud, name=f"Unit {number}")
        for owner in (unit, world.ada, world.ben, world.web, world.acme):
            world.key_result(world.objective(owner, title=f"More first {number}"))
    assert [asks(client, path) for path in paths] == before


def test_links_lead_to_each_nodes_own_page(world: World, browse: Browse) -> None:
    objective = world.objective(world.ada)
    page = browse(world.ada).get(f"{MAP}?open=u{world.acme.pk}.u{world.cloud.pk}.u{world.web.pk}.p{world.ada.pk}")
    html = page.content.decode()
    for address in (
        reverse("objective", args=[objective.pk]),
        reverse("unit", args=[world.web.pk]),
        reverse("goals_person", args=[world.ada.pk, world.quarter.pk]),
    ):
        assert f'href="{address}' in html


# --- queries that were compiled before


@pytest.mark.parametrize("many", [2, MOST_KEYS + 3], ids=["compiled", "built for this once"])
def test_the_same_rows_however_many_keys_are_asked_for(world: World, many: int) -> None:
    """What does not fit into a compiled query is built for this once, and says the same."""
    hidden = world.objective(world.lin, title="Nobody else's")
    okr.set_visibility(world.lin, hidden, visibility="people")
    below = world.objective(world.ada, title="Web is fast")
    okr.align(world.ada, below, parent=world.objective(world.cloud, title="Cloud pays for itself"))
    strangers = [10_000_000 + place for place in range(many)]
    sets = [*strangers, below.goal_set_id, hidden.goal_set_id]
    seen = objectives_in_branches(world.ada, world.quarter, sets, Which(), Slice(20))
    assert [one.row.title for one in seen] == ["Web is fast"]
    lines = lines_from(world.ada, [*strangers, below.pk])
    assert [one.title for one in lines] == ["Cloud pays for itself"]
    units = [*strangers, world.web.pk]
    assert [one.name for one in people_in_branches(world.ada, world.quarter, units, Which(), Slice(20))] == [
        "Ada Byron"
    ]
    numbers = numbers_in_branches(world.ada, world.quarter, units)
    assert numbers[world.web.pk].branch_objectives == 1
    assert people_without_goals(world.ada, world.quarter, units) == {world.web.pk: 2}
    assert [one.name for one in listed_below(world.ada, [*strangers, world.acme.pk], Slice(1))] == ["云业务 Cloud"]
