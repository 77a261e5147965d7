"""The audit log: everything is in it, filtered and page by page; and taken along as a table."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tandem.activity.models import Event
from tandem.config.jobs import forget_audit
from tandem.core.clock import now
from tandem.okr import commands as okr
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tandem.people.queries import organization
from tests.conftest import PASSWORD
from tests.pages.conftest import LANGUAGES, TOP, text_of
from tests.world import World

Browse = Callable[..., Client]


def log(client: Client, **asked: object) -> str:
    """The rows of the log, as text."""
    return text_of(client.get(reverse("audit"), asked)).partition("Everything")[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_tells_what_was_done_and_by_whom(world: World, browse: Browse, language: str) -> None:
    people.set_roles(world.omar, world.ada, champion=True)
    text = text_of(browse(world.omar, language=language).get(reverse("audit")))
    assert ("Omar changed the roles of Ada Byron" in text) is (language == "en")
    assert "Ada Byron" in text


def test_signing_in_is_kept_and_stands_in_no_feed(world: World, browse: Browse, client: Client) -> None:
    people.set_password(SYSTEM, world.ada, password=PASSWORD)
    for password in ("wrong", PASSWORD):
        client.post("/accounts/login/", {"login": "ada@example.com", "password": password}, HTTP_USER_AGENT="Firefox/1")
    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"login": "my-password-by-mistake@x.io", "password": "x"})
    omar = browse(world.omar)
    text = log(omar, group="sign-in")
    assert "Ada Byron signed in from 127.0.0.1 with Firefox" in text
    assert "Somebody failed to sign in as Ada Byron" in text
    assert "Somebody failed to sign in as somebody unknown" in text
    assert "my-password" not in str(list(Event.objects.values_list("data")))
    assert "signed in" not in text_of(omar.get(reverse("person", args=[world.ada.pk])))
    assert "signed in" not in log(browse(world.hana))


def test_old_sign_ins_are_removed_where_the_company_wants_it_and_no_history_is(world: World) -> None:
    objective = world.objective()
    for verb in ("person.signed_in", "person.edited"):
        Event.objects.create(verb=verb, about=f"person:{world.ada.pk}")
    Event.objects.update(at=now() - timedelta(days=40))
    Event.objects.create(verb="person.signed_in", about=f"person:{world.ben.pk}")
    before = Event.objects.count()
    forget_audit()
    assert Event.objects.count() == before
    people.edit_organization(world.omar, organization(), audit_days=30)
    forget_audit()
    left = Event.objects.filter(verb="person.signed_in")
    assert [one.about for one in left] == [f"person:{world.ben.pk}"]
    assert Event.objects.filter(about=f"objective:{objective.pk}").exists()
    assert Event.objects.filter(verb="person.edited").exists()
    assert Event.objects.get(verb="audit.forgotten").data["rows"] == 1


def test_it_is_narrowed_by_person_kind_thing_and_day(world: World, browse: Browse) -> None:
    objective = world.objective()
    people.move_person(world.hana, world.ben, unit=world.data)
    omar = browse(world.omar)
    assert "published" in log(omar, group="goals")
    assert "Ben" not in log(omar, group="goals")
    assert "moved Ben" in log(omar, person=world.ben.pk)
    assert "moved Ben" in log(omar, person=world.hana.pk)
    assert "published" not in log(omar, person=world.hana.pk)
    assert "moved Ben" not in log(omar, about=f"objective:{objective.pk}")
    assert "published" in log(omar, about=f"objective:{objective.pk}")
    assert "moved Ben" in log(omar, since="2026-10-14", until="2026-10-14")
    assert "Nothing happened that fits." in log(omar, since="2026-10-15")
    for nonsense in ({"since": "x"}, {"group": "x"}, {"person": "x"}, {"about": "'; drop"}):
        assert omar.get(reverse("audit"), nonsense).status_code == 422


def test_the_people_team_reads_what_concerns_its_work(world: World, browse: Browse) -> None:
    world.objective()
    people.move_person(world.hana, world.ben, unit=world.data)
    text = log(browse(world.hana), group="")
    assert "moved Ben" in text
    assert "published" not in text
    for stranger in (world.ada, world.grace, world.chen):
        assert browse(stranger).get(reverse("audit")).status_code == 403
        assert browse(stranger).get(reverse("audit_table")).status_code == 403


def test_it_is_read_page_by_page_at_one_price(world: World, browse: Browse, asks: Callable[[Client, str], int]) -> None:
    world.objective()
    omar = browse(world.omar)
    few = asks(omar, reverse("audit"))
    for number in range(60):
        okr.create_objective(world.ada, world.ada, cycle=world.quarter, title=f"Goal {number:02}")
    first = omar.get(reverse("audit")).content.decode()
    assert "Goal 59" in first
    assert "Goal 05" not in first
    last = Event.objects.order_by("-pk")[49].pk
    assert f"before={last}" in first
    assert "Goal 05" in omar.get(reverse("audit"), {"before": last}).content.decode()
    assert asks(omar, reverse("audit")) == few <= TOP


def test_a_table_of_it_is_taken_along_and_that_is_kept_too(world: World, browse: Browse) -> None:
    people.edit_person(world.hana, world.ben, name="=HYPERLINK(1)")
    people.move_person(world.hana, world.ben, unit=None)
    omar = browse(world.omar)
    answer = omar.get(reverse("audit_table"), {"group": "people"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert text.splitlines()[0] == "When,Who,Kind of event,What,About"
    assert "moved =HYPERLINK(1)" in text
    assert ",=" not in text, "a name cannot become a formula"
    assert Event.objects.get(verb="export.made").data == {"what": "audit", "rows": len(text.splitlines()) - 1}


def test_a_confidential_goal_is_told_without_its_words(world: World, browse: Browse) -> None:
    secret = world.objective(title="Buy the rival")
    okr.set_visibility(world.ada, secret, visibility="people")
    text = log(browse(world.omar), group="goals")
    assert "Ada Byron did something to a confidential objective" in text
    assert "rival" not in text
    table = browse(world.omar).get(reverse("audit_table"))
    assert b"rival" not in b"".join(table.streaming_content)  # type: ignore[attr-defined]
