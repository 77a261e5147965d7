"""A leaver's goals find a new owner, in both languages; and the administration's pages held to WCAG by axe."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from playwright.sync_api import Page, expect

from tandem.integrations.people_file.commands import send_file
from tandem.okr import commands as okr
from tandem.people.actors import SYSTEM
from tandem.people.commands import leave_company, set_password
from tandem.people.queries import forget_organization
from tests.browser.test_organization import faults, sideways
from tests.conftest import PASSWORD
from tests.world import WEDNESDAY, World, build, fresh

Open = Callable[..., Page]
SAYS = {
    "en": {
        "leave": "Confirm", "search": "Search people", "hand": "Hand over", "undo": "Undo",
        "empty": "Nothing open is left",
    },
    "zh-CN": {
        "leave": "确认", "search": "搜索成员", "hand": "移交", "empty": "没有未完成的内容了", "undo": "撤销",
    },
}  # fmt: skip


@pytest.fixture
def world(live_server: object) -> Iterator[World]:
    with time_machine.travel(f"{WEDNESDAY}T09:00+00:00"):
        made = build()
        for person in (made.omar, made.hana):
            set_password(SYSTEM, person, password=PASSWORD)
        yield made
    forget_organization()


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_leaver_is_handed_over(world: World, signed_in: Open, language: str) -> None:
    """The people team notes that Ada leaves; what she held goes to Ben, is undone, and goes again."""
    says = SAYS[language]
    objective = world.objective(title="让新客户在第一周就爱上我们")
    okr.check_in(world.ada, world.key_result(objective), value=40)
    action = okr.add_action(world.ada, objective, title="写好引导页", owner=world.ada)
    page = signed_in("hana", f"/people/{world.ada.pk}/leave/", language=language)
    page.get_by_role("button", name=says["leave"]).click()
    page.wait_for_url("**/hand-over/")
    assert not faults(page)
    expect(page.get_by_role("checkbox")).to_have_count(2)
    page.get_by_label(says["search"]).fill("ben")
    page.get_by_role("radio", name="Ben").check()
    page.get_by_role("button", name=says["hand"], exact=True).click()
    expect(page.get_by_text(says["empty"])).to_be_visible()
    assert fresh(objective).goal_set.owner_person == world.ben
    assert fresh(action).owner == world.ben
    page.get_by_role("button", name=says["undo"]).click()
    expect(page.get_by_role("checkbox")).to_have_count(2)
    assert fresh(objective).goal_set.owner_person == world.ada
    page.goto(f"/people/{world.ada.pk}/")
    expect(page.locator(".notice-warn")).to_be_visible()


@pytest.mark.parametrize(("size", "language", "dark"), [("desktop", "en", False), ("phone", "zh-CN", True)])
def test_every_page_of_the_administration_is_accessible(
    world: World, signed_in: Open, size: str, language: str, dark: bool
) -> None:
    world.objective()
    leave_company(SYSTEM, world.ada)
    file = send_file(world.omar, None, name="people.csv", content="姓名,E-mail\n欧阳娜,\n,ada@example.com\n".encode())
    wrong = send_file(world.omar, None, name="people.csv", content=b"Name,E-mail,Size\nX,x,1\n")
    page = signed_in("omar", "/administration/", size=size, language=language, dark=dark)
    for path in (
        "/administration/", "/administration/roles/", "/administration/audit/?group=people", "/administration/health/",
        "/organization/file/", f"/organization/file/{file.pk}/", f"/organization/file/{wrong.pk}/",
        f"/people/{world.ada.pk}/hand-over/", "/administration/words/",
        f"/units/{world.web.pk}/move/?parent={world.office.pk}", f"/units/{world.web.pk}/merge/",
        f"/units/{world.office.pk}/archive/", f"/people/{world.ben.pk}/move/", f"/people/{world.ben.pk}/leave/",
    ):  # fmt: skip
        page.goto(path)
        assert not faults(page), path
        assert not sideways(page), path


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_unit_is_dragged_looked_at_moved_and_taken_back(world: World, signed_in: Open, language: str) -> None:
    says = {"en": ("Move unit", "Undo"), "zh-CN": ("移动部门", "撤销")}[language]
    page = signed_in("hana", "/organization/", language=language)
    page.drag_and_drop(f"#unit-{world.office.pk}", f"#unit-{world.cloud.pk}")
    page.wait_for_url("**/move/?parent=*")
    expect(page.get_by_role("radio", name="云业务 Cloud")).to_be_checked()
    expect(page.locator(".form-touched")).to_contain_text("王伟")
    assert fresh(world.office).parent == world.acme, "the drop alone changes nothing"
    page.get_by_role("button", name=says[0]).click()
    page.wait_for_url("**/organization/")
    assert fresh(world.office).parent == world.cloud
    with page.expect_response("**/move/back/**"):
        page.get_by_role("button", name=says[1]).click()
    assert fresh(world.office).parent == world.acme


def test_words_are_seen_while_they_are_typed(world: World, signed_in: Open) -> None:
    page = signed_in("omar", "/administration/words/")
    page.locator("[name='words.objective.en']").fill("ambition")
    expect(page.get_by_text("Add an ambition")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("button", name="Use Tandem’s own words again").click()
    expect(page.get_by_text("Add an objective")).to_be_visible()
