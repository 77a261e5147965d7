"""The organisation's page, and keeping units and people."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tandem.people.models import Membership, Organization, Person, Unit
from tandem.people.queries import organization
from tests.pages.conftest import LANGUAGES, TOP, text_of
from tests.world import World, fresh

Browse = Callable[..., Client]
refuses = pytest.mark.django_db(transaction=True)
"""A refused command ends its transaction; the page that says so is drawn after it."""


def at(name: str, *rows: object) -> str:
    return reverse(name, args=[row.pk for row in rows])  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
def test_shows_the_tree_and_people_without_a_unit(world: World, browse: Browse, language: str) -> None:
    answer = browse(world.ada, language=language).get(reverse("organization"))
    text = text_of(answer)
    assert answer.status_code == 200
    for words in ("Acme 极光", "Grace Hopper", "云业务 Cloud", "People Office", "Nia"):
        assert words in text
    assert "数据 Data" not in text, "the third level waits until its branch is opened"
    assert at("organization_branch", world.cloud) in answer.content.decode()


def test_a_branch_is_fetched_when_opened(world: World, browse: Browse) -> None:
    text = text_of(browse(world.ada).get(at("organization_branch", world.cloud)))
    assert "数据 Data" in text
    assert "Web Team · 林小雨" in text.replace("Team 林", "Team · 林")
    assert "3 people" in text


def test_large_branches_come_in_pieces(world: World, browse: Browse) -> None:
    for number in range(101):
        people.create_unit(SYSTEM, world.office, name=f"Team {number:03}")
    client = browse(world.ada)
    first = client.get(at("organization_branch", world.office)).content.decode()
    assert "Team 099" in first
    assert "Team 100" not in first
    assert "?start=100" in first
    assert "Team 100" in client.get(at("organization_branch", world.office) + "?start=100").content.decode()


def test_archived_units_are_shown_on_demand(world: World, browse: Browse) -> None:
    people.archive_unit(SYSTEM, world.office)
    client = browse(world.ada)
    assert "People Office" not in text_of(client.get(reverse("organization")))
    assert "People Office" in text_of(client.get(reverse("organization"), {"archived": "1"}))


@pytest.mark.parametrize(("words", "found"), [("byron", "Ada Byron"), ("雨", "林小雨"), ("ben@", "Ben"), ("zzz", "")])
def test_people_are_found_by_name(world: World, browse: Browse, words: str, found: str) -> None:
    text = text_of(browse(world.grace).get(reverse("organization"), {"q": words}))
    assert (found or "Nobody here goes by that name.") in text


def test_who_keeps_people_finds_those_who_left(world: World, browse: Browse) -> None:
    """What they still hold must find somebody else, long after their last day."""
    assert "Leo (left)" in text_of(browse(world.hana).get(reverse("organization"), {"q": "leo"}))
    assert "Leo" not in text_of(browse(world.ada).get(reverse("organization"), {"q": "leo"})).replace("“leo”", "")


def test_words_of_a_search_are_words(world: World, browse: Browse) -> None:
    html = browse(world.ada).get(reverse("organization"), {"q": '"><script>x</script>'}).content.decode()
    assert "<script>x" not in html


def test_only_keepers_see_what_they_may_do(world: World, browse: Browse) -> None:
    page = reverse("organization")
    assert at("unit_new") not in browse(world.ada).get(page).content.decode()
    assert at("unit_new") in browse(world.hana).get(page).content.decode()
    assert at("company") not in browse(world.hana).get(page).content.decode()
    assert at("company") in browse(world.omar).get(page).content.decode()


def test_an_empty_company_offers_the_first_step(db: None, person: Callable[..., Person], browse: Browse) -> None:
    first = person("First", is_administrator=True)
    assert "Create the first unit" in text_of(browse(first).get(reverse("organization")))


# --- units


@refuses
def test_a_member_keeps_nothing(world: World, browse: Browse) -> None:
    client = browse(world.ada)
    for name in ("unit_new", "person_new", "company"):
        assert client.get(reverse(name)).status_code == 403
        assert client.post(reverse(name), {"name": "Mine"}).status_code == 403
    for name in ("unit_edit", "unit_lead", "unit_move"):
        assert client.get(at(name, world.web)).status_code == 403
        assert client.post(at(name, world.web), {"name": "Mine"}).status_code == 403
    for name in ("unit_archive", "unit_restore"):
        assert client.post(at(name, world.web)).status_code == 403
    for name in ("person_edit", "person_move", "person_join", "person_leave", "person_roles", "person_password"):
        assert client.get(at(name, world.ben)).status_code == 403
    for name in ("person_return", "person_reset_mail"):
        assert client.post(at(name, world.ben)).status_code == 403
    assert not Unit.objects.filter(name="Mine").exists()


@refuses
def test_roles_and_passwords_are_the_administrators(world: World, browse: Browse) -> None:
    client = browse(world.hana)
    for name in ("person_roles", "person_password"):
        assert client.post(at(name, world.ben), {"password": "a-long-way-to-ride"}).status_code == 403
    assert client.post(reverse("company"), {"name": "Hana's"}).status_code == 403


def test_a_unit_is_created_below_another_with_its_lead(world: World, browse: Browse) -> None:
    client = browse(world.hana)
    html = client.get(at("unit_new") + f"?parent={world.cloud.pk}").content.decode()
    assert f'name="parent" value="{world.cloud.pk}" checked' in html
    sent = {"name": "Search 搜索", "kind": "team", "parent": world.cloud.pk, "lead": world.ben.pk}
    answer = client.post(at("unit_new"), sent)
    made = Unit.objects.get(name="Search 搜索")
    assert answer["Location"] == at("unit", made)
    assert (made.parent_id, made.lead_id) == (world.cloud.pk, world.ben.pk)


@refuses
@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"name": "x" * 300}, {"kind": "tribe"}, {"parent": "999999"}, {"lead": "x"}]
)
def test_a_refused_unit_keeps_what_was_typed(world: World, browse: Browse, wrong: dict[str, str]) -> None:
    sent = {"name": "Kept 留住", "kind": "function", "parent": str(world.cloud.pk), "lead": "", **wrong}
    answer = browse(world.hana).post(at("unit_new"), sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "field-error" in html
    if "name" not in wrong:
        assert "Kept 留住" in html
    if "parent" not in wrong:
        assert f'name="parent" value="{world.cloud.pk}" checked' in html
    assert Unit.objects.count() == 5


@refuses
def test_a_unit_moves_only_where_it_makes_sense(world: World, browse: Browse) -> None:
    client = browse(world.hana)
    move = at("unit_move", world.cloud)
    offered = client.get(
        reverse("pick", args=["units"]), {"name": "parent", "parent_words": "of", "outside": fresh(world.cloud).path}
    ).content.decode()
    assert "People Office" in offered
    assert "Web" not in offered
    answer = client.post(move, {"parent": world.web.pk})
    assert answer.status_code == 422
    assert "A unit cannot lie below itself." in text_of(answer)
    assert client.post(move, {"parent": world.office.pk}).status_code == 302
    assert fresh(world.web).path.startswith(fresh(world.office).path)


def test_a_search_without_scripts_offers_what_it_found(world: World, browse: Browse) -> None:
    client = browse(world.hana)
    answer = client.post(at("unit_lead", world.data), {"lead": "", "lead_words": "ott"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose one of those found" in html
    assert f'name="lead" value="{world.otto.pk}"' in html
    client.post(at("unit_lead", world.data), {"lead": world.otto.pk, "lead_words": "ott"})
    assert fresh(world.data).lead_id == world.otto.pk


def test_picking_shows_who_was_found(world: World, browse: Browse) -> None:
    client = browse(world.ada)
    html = client.get(reverse("pick", args=["people"]), {"name": "lead", "lead_words": "byron"}).content.decode()
    assert f'name="lead" value="{world.ada.pk}"' in html
    nobody = client.get(reverse("pick", args=["people"]), {"name": "x", "x_words": "<nobody>"}).content.decode()
    assert "&lt;nobody&gt;" in nobody
    assert client.get(reverse("pick", args=["secrets"])).status_code == 404


def test_archiving_offers_to_undo(world: World, browse: Browse) -> None:
    client = browse(world.hana)
    answer = client.post(at("unit_archive", world.data), follow=True)
    assert f'data-toast-undo="{at("unit_restore", world.data)}"' in answer.content.decode()
    assert fresh(world.data).archived_on is not None
    client.post(at("unit_restore", world.data))
    assert fresh(world.data).archived_on is None


@refuses
def test_a_unit_with_units_below_is_not_archived(world: World, browse: Browse) -> None:
    answer = browse(world.hana).post(at("unit_archive", world.cloud), follow=True)
    assert "Archive or move the units below it first." in text_of(answer)


@refuses
def test_a_stale_edit_of_a_unit_loses_no_word(world: World, browse: Browse) -> None:
    old = fresh(world.web).version
    people.edit_unit(SYSTEM, world.web, name="Web and apps")
    answer = browse(world.hana).post(at("unit_edit", world.web), {"name": "Websites", "kind": "team", "version": old})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Web and apps" in html
    assert 'value="Websites"' in html


# --- people


def test_a_person_is_added_edited_and_moved(world: World, browse: Browse) -> None:
    client = browse(world.hana)
    sent = {"name": "Zoe", "email": "Zoe@Example.com", "unit": world.web.pk, "manager": ""}
    client.post(at("person_new"), sent)
    zoe = Person.objects.get(name="Zoe")
    assert (zoe.email, zoe.unit_id) == ("zoe@example.com", world.web.pk)
    edited = {"name": "Zoë", "email": "zoe@example.com", "manager": world.ada.pk, "version": zoe.version}
    client.post(at("person_edit", zoe), edited)
    client.post(at("person_move", zoe), {"unit": world.data.pk})
    client.post(at("person_join", zoe), {"unit": world.office.pk})
    zoe = fresh(zoe)
    assert (zoe.name, zoe.manager_id, zoe.unit_id) == ("Zoë", world.ada.pk, world.data.pk)
    assert Membership.objects.filter(person=zoe, until=None).count() == 2
    answer = client.post(at("person_leave_unit", zoe, world.office), follow=True)
    assert "data-toast-undo" in answer.content.decode()
    assert Membership.objects.filter(person=zoe, until=None).count() == 1
    client.post(at("person_rejoin", zoe, world.office))
    assert Membership.objects.filter(person=zoe, until=None).count() == 2


@refuses
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"email": "ada@example.com"}, "Somebody else has this e-mail address."),
        ({"email": "nowhere"}, "This is not an e-mail address."),
        ({"unit": "x"}, "Choose one that exists."),
        ({"name": ""}, "This field is required."),
    ],
)
def test_a_refused_person_keeps_what_was_typed(world: World, browse: Browse, wrong: dict[str, str], words: str) -> None:
    sent = {"name": "Zoe 佐伊", "email": "zoe@example.com", "unit": "", "manager": "", **wrong}
    answer = browse(world.hana).post(at("person_new"), sent)
    assert answer.status_code == 422
    assert words in text_of(answer)
    if "name" not in wrong:
        assert 'value="Zoe 佐伊"' in answer.content.decode()
    assert not Person.objects.filter(name__startswith="Zoe").exists()


@refuses
def test_nobody_is_their_own_manager(world: World, browse: Browse) -> None:
    ben = fresh(world.ben)
    people.edit_person(SYSTEM, world.ada, manager=ben)
    sent = {"name": "Ben", "email": "ben@example.com", "manager": world.ada.pk, "version": ben.version}
    answer = browse(world.hana).post(at("person_edit", ben), sent)
    assert answer.status_code == 422
    assert "not even by a detour" in text_of(answer)


@refuses
def test_leaving_is_confirmed_and_can_be_taken_back(world: World, browse: Browse) -> None:
    client = browse(world.hana)
    assert "they cannot sign in" in text_of(client.get(at("person_leave", world.ben)))
    client.post(at("person_leave", world.ben), {"on": "2026-10-14"})
    assert not fresh(world.ben).is_active
    assert "Is back" in text_of(client.get(at("person", world.ben)))
    client.post(at("person_return", world.ben))
    assert fresh(world.ben).is_active
    answer = client.post(at("person_leave", world.hana), {"on": "2026-10-14"})
    assert "Somebody else must do this for you." in text_of(answer)


@refuses
def test_the_last_administrator_stays(world: World, browse: Browse) -> None:
    client = browse(world.omar)
    assert client.post(at("person_roles", world.ada), {"champion": "on"}).status_code == 302
    assert fresh(world.ada).is_champion
    answer = client.post(at("person_roles", world.omar), {})
    assert answer.status_code == 422
    assert "Somebody must stay administrator." in text_of(answer)


@refuses
def test_a_first_password(world: World, browse: Browse) -> None:
    client = browse(world.omar)
    answer = client.post(at("person_password", world.ben), {"password": "short"})
    assert answer.status_code == 422
    assert 'value="short"' not in answer.content.decode(), "a password is never sent back"
    client.post(at("person_password", world.ben), {"password": "a-long-way-to-ride"})
    assert fresh(world.ben).check_password("a-long-way-to-ride")


def test_or_a_link_to_choose_one(world: World, browse: Browse, work: Callable[[], None]) -> None:
    text = text_of(browse(world.omar).post(at("person_reset_mail", world.ben), follow=True))
    assert "on its way to ben@example.com" in text
    work()
    assert [one.to for one in mail.outbox] == [["ben@example.com"]]


# --- the company


@refuses
def test_settings_of_the_company(world: World, browse: Browse) -> None:
    client = browse(world.omar)
    version = Organization.objects.get().version
    sent = {"name": "Aurora", "timezone": "Asia/Shanghai", "locale": "zh-hans", "fiscal_year_start": "4"}
    sent |= {"late_score_days": "14", "languages": ["en", "zh-hans"], "most_objectives": "3", "most_key_results": "2"}
    sent |= {"check_in_weekday": "0", "audit_days": "90"}
    wrong = client.post(reverse("company"), {**sent, "quarter_name": "Quarter", "version": version})
    assert wrong.status_code == 422
    assert "The pattern must name the quarter" in text_of(wrong)
    assert 'value="Aurora"' in wrong.content.decode()
    client.post(reverse("company"), {**sent, "quarter_name": "FY xxxx-Qzz", "version": version})
    company = Organization.objects.get()
    assert (company.name, company.timezone, company.fiscal_year_start) == ("Aurora", "Asia/Shanghai", 4)
    assert (company.most_objectives, company.most_key_results) == (3, 2)
    assert (company.check_in_weekday, company.audit_days) == (0, 90)
    page = client.get(reverse("goals_person", args=[world.omar.pk, world.quarter.pk])).content.decode()
    assert 'data-most="3"' in page


@refuses
def test_one_language_for_all(world: World, browse: Browse) -> None:
    """Whoever chose another reads the company's; the switcher, with nothing to switch, is gone."""
    people.edit_profile(world.ada, world.ada, language="en")
    client = browse(world.ada)
    assert 'value="zh-hans"' in client.get(reverse("my_week")).content.decode()
    people.edit_organization(world.omar, organization(), locale="zh-hans", languages=["zh-hans"])
    page = client.get(reverse("my_week"), headers={"accept-language": "en"}).content.decode()
    assert '<html lang="zh-hans"' in page
    assert 'name="language"' not in page
    assert client.post(reverse("set_language"), {"language": "en"}).status_code == 422
    for given in ([], ["en"]):
        sent = {"name": "A", "languages": given, "locale": "zh-hans"}
        assert browse(world.omar).post(reverse("company"), sent).status_code == 422
    assert Organization.objects.get().languages == ["zh-hans"]


def test_the_number_of_queries_stands_still(world: World, browse: Browse, asks: Callable[..., int]) -> None:
    client = browse(world.omar)
    page = reverse("organization")
    few = asks(client, page)
    for number in range(20):
        unit = people.create_unit(SYSTEM, world.acme, name=f"U{number}")
        people.create_unit(SYSTEM, unit, name=f"V{number}", lead=people.add_person(SYSTEM, unit, name=f"P{number}"))
    assert asks(client, page) == few <= TOP
    assert asks(client, page + "?q=P") <= TOP
