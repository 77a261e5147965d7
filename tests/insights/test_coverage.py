"""Coverage as pages: what each shows to whom, what one does on them, and what they cost."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client

from tandem.okr import commands as okr
from tandem.okr.models import Delegation, Objective, Proposal
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tests.pages.conftest import LANGUAGES, TOP, text_of
from tests.world import World, fresh

Browse = Callable[..., Client]
Asks = Callable[[Client, str], int]
SECRET = "Buy the competitor"


def down(world: World, more: str = "") -> str:
    return f"/coverage/units/{world.web.pk}/?cycle={world.quarter.pk}{more}"


def up(world: World) -> str:
    return f"/coverage/units/{world.web.pk}/beyond/?cycle={world.quarter.pk}"


def send(client: Client, path: str, data: dict[str, str] | None = None) -> int:
    """The status of a form's answer; what is refused is rolled back, as it is outside of tests."""
    with transaction.atomic():
        return client.post(path, data or {}, headers={"HX-Request": "true"}).status_code


@pytest.fixture
def goals(world: World) -> list[Objective]:
    """Two objectives of Web: the first carried by Ada, the second by nobody."""
    carried, gap = (
        world.objective(world.web, title="Pages open fast"),
        world.objective(world.web, title="Docs read well"),
    )
    world.key_result(carried, title="Half a second")
    okr.align(world.ada, world.objective(world.ada, title="Images weigh less"), parent=carried)
    return [carried, gap]


@pytest.mark.parametrize("language", LANGUAGES)
def test_matrix_and_list_show_who_carries_what(
    world: World, browse: Browse, goals: list[Objective], language: str
) -> None:
    text = text_of(browse(world.ben, language=language).get(down(world)))
    words = ("Carried", "Gap", "no link") if language == "en" else ("有人承担", "缺口", "没有关联")
    for word in (*words, "Pages open fast", "Docs read well", "Images weigh less", "Half a second", "Ada Byron"):
        assert word in text
    for view, other in (("matrix", "Half a second"), ("list", "Load")):
        assert other not in text_of(browse(world.ben).get(down(world, f"&view={view}")))


def test_filters(world: World, browse: Browse, goals: list[Objective]) -> None:
    def titles(more: str) -> tuple[bool, bool]:
        text = text_of(browse(world.ben).get(down(world, f"&view=list{more}")))
        return goals[0].title in text, goals[1].title in text

    assert titles("&state=gap") == (False, True)
    assert titles("&state=single") == (True, False)
    assert titles(f"&carrier=p{world.ada.pk}") == (True, False)
    assert titles("&category=growth") == (False, False)
    assert titles("&state=nonsense&category=x&carrier=o1") == (True, True)


def test_the_tables_are_files_too(world: World, browse: Browse, goals: list[Objective]) -> None:
    rows = browse(world.lin).get(down(world, "&csv=Objectives of Web and who carries them")).content.decode()
    assert "Pages open fast,Carried on one carrier,Ada Byron : Images weigh less,Half a second" in rows
    assert "Docs read well,Gap" in rows
    assert "Ask" not in rows


def test_the_lead_asks_and_undoes(world: World, browse: Browse, goals: list[Objective]) -> None:
    lead = browse(world.lin)
    send(lead, f"/objectives/{goals[1].pk}/delegate/", {"to": f"p{world.ben.pk}"})
    assert "Delegated" in text_of(lead.get(down(world, "&state=delegated&view=list")))
    made = Delegation.objects.get()
    assert send(browse(world.ben), f"/delegations/{made.pk}/end/") == 403
    assert send(lead, f"/delegations/{made.pk}/end/") == 302
    assert not Delegation.objects.exists()
    for said in ("", "x1", "p", "p0", f"p{world.lin.pk}"):
        assert send(lead, f"/objectives/{goals[1].pk}/delegate/", {"to": said}) in (404, 422)


def test_anybody_carries_a_gap_with_a_goal_of_their_own(world: World, browse: Browse, goals: list[Objective]) -> None:
    assert send(browse(world.ben), f"/objectives/{goals[1].pk}/carry/", {"title": "Short pages"}) == 302
    own = Objective.objects.get(title="Short pages")
    assert (own.goal_set.owner_person, own.state) == (world.ben, "draft")
    assert own.aligned_to.get().parent == goals[1]
    assert send(browse(world.ben), f"/objectives/{goals[1].pk}/carry/", {"title": " "}) == 422


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_goal_beyond_is_proposed_and_decided_on(world: World, browse: Browse, language: str) -> None:
    goal = world.objective(world.ben, title="Tests tell stories")
    ben, lin = browse(world.ben, language=language), browse(world.lin, language=language)
    assert "Tests tell stories" in text_of(ben.get(up(world)))
    send(ben, f"/objectives/{goal.pk}/propose/")
    made = Proposal.objects.get()
    assert f"/proposals/{made.pk}/do/adopt/" in lin.get(up(world)).content.decode()
    assert f"/proposals/{made.pk}/do/adopt/" not in ben.get(up(world)).content.decode()
    assert send(lin, f"/proposals/{made.pk}/do/decline/", {"reason": ""}) == 422
    send(lin, f"/proposals/{made.pk}/do/decline/", {"reason": "Later"})
    assert "Later" in text_of(ben.get(up(world)))
    send(lin, f"/proposals/{made.pk}/do/reopen/")
    send(lin, f"/proposals/{made.pk}/do/adopt/")
    assert fresh(made).adopted_as.goal_set.owner_unit == world.web
    assert ("from Ben:" if language == "en" else "来自 Ben：") in text_of(ben.get(up(world)))
    assert send(lin, f"/proposals/{made.pk}/do/eat/") == 404
    assert send(ben, f"/proposals/{made.pk}/do/reopen/") == 403


def test_who_may_not_read_a_goal_hears_of_one_contribution(
    world: World, browse: Browse, goals: list[Objective]
) -> None:
    hidden = okr.align(world.ben, world.objective(world.ben, title=SECRET), parent=goals[1]).child
    beyond = world.objective(world.ben, title=f"{SECRET} twice")
    okr.propose_to_unit(world.ben, beyond)
    for one in (hidden, beyond):
        okr.set_visibility(world.ben, one, visibility="people")
    for who in (world.ada, world.lin, world.chen, world.omar):
        text = text_of(browse(who).get(down(world)))
        assert "one confidential contribution" in text
        assert SECRET not in text
        assert "Ben no link" in text
        assert SECRET not in text_of(browse(who).get(up(world)))
        assert "Objectives of units 2 Gaps 0" in text_of(browse(who).get("/coverage/"))
        assert send(browse(who), f"/proposals/{Proposal.objects.get().pk}/do/adopt/") == 404
    assert SECRET in text_of(browse(world.ben).get(down(world)))
    okr.set_visibility(world.lin, goals[1], visibility="people")
    assert goals[1].title not in text_of(browse(world.ada).get(down(world)))


def test_gaps_of_the_company_lead_down_to_the_unit(world: World, browse: Browse, goals: list[Objective]) -> None:
    world.objective(world.office)
    page = browse(world.chen).get("/coverage/").content.decode()
    assert f"unit={world.acme.pk}" in page
    text = text_of(browse(world.chen).get(f"/coverage/?unit={world.acme.pk}"))
    assert "云业务 Cloud 2 1 – 1 0 of 0" in text
    assert "People Office 1 1 – – 1 of 1" in text
    assert "Web 2 1 – 1 1 of 2" in text_of(browse(world.chen).get(f"/coverage/?unit={world.cloud.pk}&gaps=1"))
    assert "No unit here has a gap" in text_of(browse(world.chen).get(f"/coverage/?unit={world.web.pk}&gaps=1"))
    assert browse(world.chen).get("/coverage/?unit=999999").status_code == 404


def test_empty_places_say_what_they_are_for(world: World, browse: Browse) -> None:
    assert "nothing to carry yet" in text_of(browse(world.lin).get(down(world)))
    assert "Nobody here has written goals" in text_of(browse(world.lin).get(up(world)))
    assert "No unit has objectives" in text_of(browse(world.lin).get("/coverage/"))


def test_other_pages_lead_here(world: World, browse: Browse, goals: list[Objective]) -> None:
    for path in (f"/units/{world.web.pk}/", "/map/", f"/cycles/{world.quarter.pk}/"):
        assert "/coverage/" in browse(world.ada).get(path).content.decode()


@pytest.mark.parametrize("where", ["down", "up", "company"])
def test_a_page_costs_the_same_in_a_larger_unit(world: World, browse: Browse, asks: Asks, where: str) -> None:
    path = {"down": down(world), "up": up(world), "company": f"/coverage/?unit={world.acme.pk}"}[where]

    def grow(many: int) -> int:
        for place in range(many):
            above = world.objective(world.web, title=f"U{place}")
            world.key_result(above)
            for who in (world.ada, world.ben, world.lin):
                okr.align(who, world.objective(who, title=f"G{place}"), parent=above)
            okr.add_action(world.lin, above, title="A", owner=world.ben)
            lonely = world.objective(world.web, title=f"L{place}")
            okr.delegate(world.lin, lonely, to=world.ben)
            okr.propose_to_unit(world.ada, world.objective(world.ada, title=f"B{place}"))
            okr.set_visibility(world.ben, world.objective(world.ben, title=f"S{place}"), visibility="people")
        return asks(browse(world.lin), path)

    few = grow(1)
    assert grow(6) == few <= TOP


def test_in_a_large_unit_who_shall_carry_is_looked_for_by_name(world: World, browse: Browse) -> None:
    goal = world.objective(world.cloud, title="Outages are rare")
    lead, page = browse(world.wei), f"/coverage/units/{world.cloud.pk}/?cycle={world.quarter.pk}&view=list"
    choices = f"/objectives/{goal.pk}/carriers/"
    assert f'id="to-{goal.pk}" name="to"' in lead.get(page).content.decode()
    for number in range(26):
        people.add_person(SYSTEM, world.cloud, name=f"Carrier {number:02}")
    html = lead.get(page).content.decode()
    assert choices in html
    assert f'id="to-{goal.pk}" name="to"' not in html
    for typed, there, absent in (("Ca", "Carrier 2", "王伟"), ("Ben", "Ben", "Hana"), ("Web", "Web", "People Office")):
        text = text_of(lead.get(choices, {"name": typed}))
        assert there in text
        assert absent not in text
    assert "Nobody here is called that" in text_of(lead.get(choices, {"name": "Hana"}))
    assert send(lead, f"/objectives/{goal.pk}/delegate/", {"name": "Ada By"}) == 302
    assert Delegation.objects.get().to_person == world.ada


@pytest.mark.django_db(transaction=True)
def test_a_name_that_several_have_is_asked_for_again(world: World, browse: Browse) -> None:
    goal = world.objective(world.cloud)
    for number in range(2):
        people.add_person(SYSTEM, world.cloud, name=f"Carrier {number:02}")
    for typed in ("Carrier", "Nobody at all", ""):
        assert send(browse(world.wei), f"/objectives/{goal.pk}/delegate/", {"name": typed}) == 422
    assert not Delegation.objects.exists()
