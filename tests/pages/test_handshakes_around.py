"""Where handshakes show beside their own page: my week, the goals, the unit's table, scores."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tandem.activity.models import Notification
from tandem.cycles import commands as cycles
from tandem.okr import commands as okr
from tandem.okr.models import Agreement, GoalSet, Objective
from tandem.okr.queries.consistency import faults_of_goals
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tests.pages.conftest import LANGUAGES, text_of
from tests.world import World, fresh

Browse = Callable[..., Client]


def signed(world: World, objective: Objective) -> Agreement:
    goals = GoalSet.objects.select_related(*GoalSet.read_with).get(pk=objective.goal_set_id)
    one = okr.offer(world.ada, goals)
    for side in (world.ada, world.lin):
        okr.shake(side, fresh(one), seen=fresh(one).hash)
    return fresh(one)


def week(client: Client) -> str:
    return text_of(client.get(reverse("my_week")))


def test_my_week_says_whose_hand_is_missing(world: World, browse: Browse) -> None:
    mine = world.objective()
    goals = GoalSet.objects.select_related(*GoalSet.read_with).get(pk=mine.goal_set_id)
    one = okr.offer(world.ada, goals)
    assert "Ada Byron waits for you to shake hands" in week(browse(world.lin))
    assert "you have not shaken hands yet" in week(browse(world.ada))
    for side in (world.ada, world.lin):
        okr.shake(side, fresh(one), seen=fresh(one).hash)
    assert "shake hands" not in week(browse(world.lin))
    okr.edit_objective(world.ada, fresh(mine), title="Other")
    assert "no longer what was signed" in week(browse(world.ada))


def offered(world: World) -> Agreement:
    mine = world.objective()
    return okr.offer(world.ada, GoalSet.objects.select_related(*GoalSet.read_with).get(pk=mine.goal_set_id))


WAITS = "Ada Byron waits for you to shake hands"


def test_who_comes_to_stand_on_a_side_finds_it_at_once(world: World, browse: Browse) -> None:
    one = okr.shake(world.lin, offered(world), seen=Agreement.objects.get().hash)
    assert WAITS not in week(browse(world.lin))
    people.edit_person(SYSTEM, fresh(world.ada), manager=world.otto)
    assert WAITS in week(browse(world.otto))
    assert fresh(one).other_signed_at is None  # hers does not count for his
    assert Notification.objects.filter(person=world.otto, event__verb="handshake.waits").count() == 1
    people.leave_company(SYSTEM, fresh(world.otto))
    assert WAITS in week(browse(world.lin))
    people.name_lead(SYSTEM, fresh(world.web), lead=world.ben)
    assert WAITS in week(browse(world.ben))
    assert WAITS not in week(browse(world.lin))
    people.move_person(SYSTEM, fresh(world.ada), unit=world.office)
    assert WAITS in week(browse(world.hana))
    okr.name_sides(world.hana, fresh(one).goal_set, other_side=world.nia)
    assert WAITS in week(browse(world.nia))
    assert WAITS not in week(browse(world.hana))


def test_a_change_elsewhere_moves_nobody(world: World) -> None:
    one = okr.shake(world.lin, offered(world), seen=Agreement.objects.get().hash)
    people.name_lead(SYSTEM, fresh(world.data), lead=world.otto)
    people.edit_person(SYSTEM, fresh(world.ben), manager=world.otto)
    assert fresh(one).other_signed_at == one.other_signed_at is not None


def test_a_reminder_gives_nobody_somebody_elses_hand(world: World) -> None:
    one = okr.shake(world.lin, offered(world), seen=Agreement.objects.get().hash)
    people.name_lead(SYSTEM, fresh(world.web), lead=world.ben)
    okr.ask_for_hand(world.ada, fresh(one))
    assert (fresh(one).other_side, fresh(one).other_signed_at) == (world.ben, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_goals_carry_the_seal(world: World, browse: Browse, language: str) -> None:
    signed(world, world.objective())
    page = reverse("goals_person", args=[world.ada.pk, world.quarter.pk])
    way = reverse("handshake_person", args=[world.ada.pk, world.quarter.pk])
    for who, has_way in ((world.ada, True), (world.lin, True), (world.ben, False)):
        html = browse(who, language=language).get(page).content.decode()
        assert (way in html) is has_way
        assert ("shaken hands" if language == "en" else "已握手") in html


def test_the_table_says_whom_each_waits_for(world: World, browse: Browse) -> None:
    above = world.objective(world.web, title="Web wins")
    mine = world.objective()
    okr.align(world.ada, mine, parent=above)
    signed(world, mine)
    world.objective(world.ben, published=False)
    page = f"{reverse('handshakes_unit', args=[world.web.pk])}?cycle={world.quarter.pk}"
    lin = browse(world.lin)
    text = text_of(lin.get(page))
    assert "1 of 4 have shaken hands" in text
    assert "not offered yet" in text
    assert "above changed" not in text
    table = lin.get(page, {"csv": "Handshakes of Web", "cycle": world.quarter.pk}).content.decode()
    assert [line.split(",")[2] for line in table.splitlines()[1:]] == ["Ben", "林小雨", "", ""]
    okr.edit_objective(world.lin, above, title="Web wins twice")
    assert "above changed" in text_of(lin.get(page))
    assert browse(world.wei).get(page).status_code == 200
    for who in (world.ada, world.ben, world.omar):
        assert browse(who).get(page).status_code == 404


def test_a_secret_goal_is_no_goal_in_the_table(world: World, browse: Browse) -> None:
    world.objective(world.ben, visibility="people")
    page = f"{reverse('handshakes_unit', args=[world.web.pk])}?cycle={world.quarter.pk}"
    assert "not offered yet" not in text_of(browse(world.lin).get(page))


def test_scores_stand_against_what_was_signed(world: World, browse: Browse) -> None:
    mine = world.objective()
    key_result = world.key_result(mine, start=0, target=100, given=50)
    signed(world, mine)
    okr.edit_key_result(world.ada, fresh(key_result), target=50)
    cycles.enter_phase(SYSTEM, fresh(world.quarter), phase="agree")
    cycles.enter_phase(SYSTEM, fresh(world.quarter), phase="run")
    cycles.enter_phase(SYSTEM, fresh(world.quarter), phase="review")
    text = text_of(browse(world.ben).get(reverse("scores_person", args=[world.ada.pk, world.quarter.pk])))
    assert "lowered since" in text
    assert "against what was signed: 0.5" in text
    text = text_of(browse(world.ben).get(reverse("objective", args=[mine.pk])))
    assert "lowered since" in text


def test_the_leader_goes_first(world: World, browse: Browse) -> None:
    page, cycle = f"{reverse('unit', args=[world.web.pk])}", reverse("cycle", args=[world.quarter.pk])
    ben = browse(world.ben)
    assert "has not published any goals" in text_of(ben.get(page))
    assert "in 0 of 4 units with a lead" in text_of(ben.get(cycle))
    world.objective(world.lin)
    assert "no growth goal" in text_of(ben.get(page))
    growing = world.objective(world.lin, category="growth")
    assert "The leader goes first" not in text_of(ben.get(page))
    assert "in 1 of 4 units with a lead" in text_of(ben.get(cycle))
    okr.set_visibility(world.lin, fresh(growing), visibility="line")  # a growth goal that Ben may not read
    assert "no growth goal" in text_of(ben.get(page))
    assert "no growth goal" not in text_of(browse(world.wei).get(page))
    assert "in 0 of 4 units with a lead" in text_of(browse(world.wei).get(cycle))  # the same number for everybody
    for phase in ("agree", "run"):
        cycles.enter_phase(SYSTEM, fresh(world.quarter), phase=phase)
    assert "The leader goes first" not in text_of(ben.get(page)) + text_of(ben.get(cycle))
    assert ben.get(f"/api/v1/cycles/{world.quarter.pk}/handshakes").json() == {"leaders": None, "by_state": None}


@pytest.mark.parametrize("who", ["chen", "hana", "omar", "ben", "lin", "grace"])
def test_handshakes_of_the_company_by_state(world: World, browse: Browse, who: str) -> None:
    mine = world.objective()
    one = signed(world, mine)
    reader, counts = browse(getattr(world, who)), who in ("chen", "hana", "omar")
    address, cycle = f"/api/v1/cycles/{world.quarter.pk}/handshakes", reverse("cycle", args=[world.quarter.pk])

    def stand() -> list[str]:
        assert not list(faults_of_goals(SYSTEM))
        by_state = reader.get(address).json()["by_state"]
        assert (by_state is not None) == counts
        assert ("by the state of their newest handshake" in text_of(reader.get(cycle))) == (
            counts and any(by_state.values())
        )
        return [state for state, count in (by_state or {}).items() if count]

    assert stand() == (["signed"] if counts else [])
    okr.edit_objective(world.ada, fresh(mine), title="Something else")
    assert stand() == (["voided"] if counts else [])
    anew = okr.offer(world.ada, fresh(one).goal_set)
    assert stand() == (["offered"] if counts else [])
    okr.decline(world.lin, fresh(anew), reason="Not yet")
    assert stand() == (["declined"] if counts else [])
    okr.withdraw_offer(world.ada, okr.offer(world.ada, fresh(one).goal_set))
    assert stand() == (["withdrawn"] if counts else [])
