"""A growth dossier: told in words, read by whom its person lets read it, and without any number of goals."""

import json
import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tandem.activity.models import Notification
from tandem.cycles import commands as cycles
from tandem.growth import commands
from tandem.growth.models import MentorNote, Recognition, Share, Story
from tandem.okr import commands as okr
from tandem.okr.models import Objective
from tandem.people.actors import SYSTEM
from tests.api.conftest import Door
from tests.pages.conftest import LANGUAGES, text_of
from tests.proof import assert_events_read_well, records, refused
from tests.world import World, fresh

Browse = Callable[..., Client]
refuses = pytest.mark.django_db(transaction=True)


def grown(world: World, **fields: str) -> Objective:
    """A growth objective of Ada's with numbers that nothing else on a page looks like, reflected and talked about."""
    if world.quarter.phase != "run":
        world.quarter = cycles.enter_phase(world.chen, world.quarter, phase="run")
    objective = world.objective(title="I speak up in the big meeting", category="growth", **fields)
    result = world.key_result(objective, title="Meetings in which I spoke", start=0, target=8713)
    okr.check_in(world.ada, result, value=6427, confidence=9, note="Twice this week")
    okr.score_key_result(world.ada, fresh(result), score="0.7")
    objective = okr.reflect_on_objective(world.ada, fresh(objective), reflection="Asking is easier than answering.")
    okr.add_comment(world.lin, objective, text="The room went quiet, and **listened**.")
    return objective


NUMBERS = re.compile(
    r"\b(score|progress|confidence|status|band|pace|weight|on.track|at.risk|off.track)\b|6427|8713|6,427|8,713|0\.7|73"
    r"|打分|进度|信心|步调|有风险|已偏离",
    re.IGNORECASE,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dossier_holds_words_days_and_links_and_no_number_of_goals(
    world: World, browse: Browse, language: str
) -> None:
    objective = grown(world)
    okr.reflect_on_goals(world.ada, objective.goal_set, reflection="A quarter of listening.")
    commands.tell_story(
        world.ada, world.ada, title="The lab and the shop talk again", text="We met on Tuesdays.",
        link="https://example.com/notes", objective=objective,
    )  # fmt: skip
    commands.recognize(world.ben, world.ada, text="You stayed until it worked.")
    page = browse(world.ada, language=language).get(reverse("dossier", args=[world.ada.pk]))
    words = text_of(page).split("Skip to content")[-1]
    for told in ("I speak up in the big meeting", "Asking is easier than answering.", "The room went quiet, and",
                 "A quarter of listening.", "We met on Tuesdays.", "You stayed until it worked."):  # fmt: skip
        assert told in words
    content = page.content.decode().split("<main", 1)[1].split("</main>")[0]
    assert reverse("objective", args=[objective.pk]) in content
    assert "https://example.com/notes" in content
    assert not NUMBERS.search(re.sub(r'href="[^"]*"|value="[^"]*"', "", content))


def test_the_api_tells_the_same_and_no_number_either(world: World) -> None:
    objective = grown(world)
    commands.tell_story(world.ada, world.ada, title="Told", objective=objective)
    told = Door(world.ada).get(f"/people/{world.ada.pk}/dossier")
    assert [one["title"] for one in told["growth"]] == ["I speak up in the big meeting"]
    assert told["growth"][0]["texts"] == ["Asking is easier than answering."]
    assert told["growth"][0]["said"][0]["author"] == "林小雨"
    assert told["stories"][0]["objective"] == {"id": objective.pk, "title": objective.title}
    assert not NUMBERS.search(json.dumps(told))


def test_the_numbers_would_be_found_where_they_are(world: World, browse: Browse) -> None:
    """The scan above is no use if it cannot see: an objective's own page has them all."""
    page = browse(world.ada).get(reverse("objective", args=[grown(world).pk])).content.decode()
    assert len({found.group() for found in NUMBERS.finditer(page)}) > 5


@refuses
def test_only_whom_the_person_lets_read_it(world: World, browse: Browse) -> None:
    commands.tell_story(world.ada, world.ada, title="Mine to tell")
    at = reverse("dossier", args=[world.ada.pk])
    for who in (world.ben, world.lin, world.grace, world.hana, world.omar, world.chen):
        assert browse(who).get(at).status_code == 404, who
        Door(who).get(f"/people/{world.ada.pk}/dossier", status=404)
    share = Door(world.ada).post(f"/people/{world.ada.pk}/dossier/shares", {"reader": world.chen.pk}, status=201)
    assert "Mine to tell" in text_of(browse(world.chen).get(at))
    assert Notification.objects.filter(person=world.chen, kind="growth").exists()
    assert "Ada" in text_of(browse(world.chen).get(reverse("growth")))
    with refused(403):
        commands.tell_story(world.chen, world.ada, title="Not hers")
    Door(world.ada).post(f"/shares/{share['id']}/end")
    assert browse(world.chen).get(at).status_code == 404


@refuses
def test_what_is_told_of_a_hidden_goal_is_for_those_who_may_read_it(world: World, browse: Browse) -> None:
    objective = grown(world)
    story = commands.tell_story(world.ada, world.ada, title="What the quiet goal taught me", objective=objective)
    commands.share_dossier(world.ada, world.ada, reader=world.chen)
    chen, at = browse(world.chen), reverse("dossier", args=[world.ada.pk])
    assert "What the quiet goal taught me" in text_of(chen.get(at))
    okr.set_visibility(world.ada, fresh(objective), visibility="people")
    words = text_of(chen.get(at))
    assert "quiet goal" not in words
    assert "big meeting" not in words
    assert str(Door(world.chen).get(f"/people/{world.ada.pk}/dossier")).count("quiet goal") == 0
    assert "What the quiet goal taught me" in text_of(browse(world.ada).get(at))
    with refused(404):
        review = commands.name_panel(world.hana, world.ada, year=2026, chair=world.chen, members=[world.hana])
        commands.quote(world.chen, review, source="story", key=story.pk, words=story.title)


STORY = {"kind": "learned", "on": "2026-10-01", "title": "One knob is enough", "text": "", "link": "", "objective": ""}


@refuses
def test_stories_are_told_changed_taken_back_and_brought_back(world: World, browse: Browse) -> None:
    client = browse(world.ada)
    sent = {
        "kind": "learned",
        "on": "2026-10-01",
        "title": "One knob is enough",
        "text": "",
        "link": "",
        "objective": "",
    }
    client.post(reverse("story_new", args=[world.ada.pk]), sent)
    story = Story.objects.get()
    assert (story.kind, story.on, story.title) == ("learned", date(2026, 10, 1), "One knob is enough")
    edit = reverse("story_edit", args=[story.pk])
    client.post(edit, {**sent, "title": "One knob, no manual", "version": story.version})
    stale = client.post(edit, {**sent, "title": "Lost?", "version": story.version})
    assert stale.status_code == 409
    assert "Lost?" in stale.content.decode()
    page = client.post(reverse("story_withdraw", args=[story.pk]), follow=True)
    assert f'data-toast-undo="{reverse("story_restore", args=[story.pk])}"' in page.content.decode()
    assert "One knob" not in text_of(client.get(reverse("dossier", args=[world.ada.pk])))
    with refused(422, code="withdrawn"):
        commands.edit_story(world.ada, fresh(story), title="x")
    client.post(reverse("story_restore", args=[story.pk]))
    assert fresh(story).title == "One knob, no manual"
    assert_events_read_well()


@refuses
def test_refusals_name_the_field_and_lose_nothing(world: World, browse: Browse) -> None:
    tell = lambda **fields: commands.tell_story(world.ada, world.ada, **{"title": "x", **fields})  # noqa: E731
    for field, wrong in (
        ("title", ""), ("title", "x" * 201), ("kind", "score"), ("on", date(2026, 12, 1)), ("link", "javascript:x"),
    ):  # fmt: skip
        with refused(422, field=field):
            tell(**{field: wrong})
    hidden = okr.set_visibility(world.ben, world.objective(world.ben), visibility="people")
    with refused(422, field="objective"):
        tell(objective=hidden)
    page = browse(world.ada).post(
        reverse("story_new", args=[world.ada.pk]),
        {
            "kind": "learned",
            "on": "2026-10-01",
            "title": "Typed",
            "text": "All of it",
            "link": "ftp://x",
            "objective": "",
        },
    )
    assert page.status_code == 422
    assert "All of it" in page.content.decode()
    with refused(403):
        commands.recognize(world.ada, world.ada, text="Well done, me")
    with refused(422, field="text"):
        commands.recognize(world.ben, world.ada, text="  ")
    with refused(422, code="left"):
        commands.recognize(world.ben, world.leo, text="Thanks")
    with refused(422, field="reader"):
        commands.share_dossier(world.ada, world.ada, reader=world.ada)
    with refused(422, field="reader"):
        commands.share_dossier(world.ada, world.ada, reader=world.leo)
    with refused(403):
        commands.recognize(SYSTEM, world.ada, text="x")


def test_thanks_reach_the_person_and_their_dossier(world: World, browse: Browse) -> None:
    ben = browse(world.ben)
    at = reverse("recognize", args=[world.ada.pk])
    with records("recognition.given"):
        ben.post(at, {"text": "You stayed until it worked."})
    given = Recognition.objects.get()
    told = Notification.objects.get(person=world.ada)
    assert told.subject_kind == "recognition"
    landed = browse(world.ada).get(reverse("dossier_entry", args=["recognition", given.pk]), follow=True)
    assert "You stayed until it worked." in text_of(landed)
    assert "You stayed until it worked." in text_of(ben.get(at)), "who said it finds it again"
    ben.post(reverse("recognition_withdraw", args=[given.pk]))
    assert "until it worked" not in text_of(browse(world.ada).get(reverse("dossier", args=[world.ada.pk])))
    ben.post(reverse("recognition_restore", args=[given.pk]))
    assert fresh(given).withdrawn_on is None
    assert browse(world.lin).post(reverse("recognition_withdraw", args=[given.pk])).status_code == 404


def test_notes_of_mentors_are_for_the_person_and_whom_they_share_with(world: World, browse: Browse) -> None:
    commands.share_dossier(world.ada, world.ada, reader=world.chen)
    browse(world.chen).post(reverse("note_new", args=[world.ada.pk]), {"text": "Ask one question more."})
    note = MentorNote.objects.get()
    at = reverse("dossier", args=[world.ada.pk])
    assert "Ask one question more." in text_of(browse(world.ada).get(at))
    review = commands.name_panel(world.hana, world.ada, year=2026, chair=world.grace, members=[world.wei])
    assert "Ask one question more." not in text_of(browse(world.grace).get(at)), "a panel does not read notes"
    assert Door(world.grace).get(f"/people/{world.ada.pk}/dossier")["notes"] is None
    with refused(404):
        commands.quote(world.grace, review, source="note", key=note.pk, words="Ask one question more.")
    assert browse(world.grace).get(reverse("dossier_entry", args=["note", note.pk])).status_code == 404
    browse(world.chen).post(reverse("note_withdraw", args=[note.pk]))
    assert "Ask one question more." not in text_of(browse(world.ada).get(at))
    browse(world.chen).post(reverse("note_restore", args=[note.pk]))
    assert Share.objects.count() == 1


def test_the_api_does_all_of_it(world: World) -> None:
    ada, ben = Door(world.ada), Door(world.ben)
    at = f"/people/{world.ada.pk}"
    story = ada.post(f"{at}/dossier/stories", {"title": "Told", "on": "2026-10-01"}, status=201)
    changed = ada.patch(f"/stories/{story['id']}", {"title": "Told better", "version": story["version"]})
    assert changed["title"] == "Told better"
    ada.patch(f"/stories/{story['id']}", {"title": "x", "version": story["version"]}, status=409)
    assert ada.patch(f"/stories/{story['id']}", {"on": "2026-12-24"}, status=422)["error"]["field"] == "on"
    ada.post(f"/stories/{story['id']}/withdraw")
    assert ada.get(f"{at}/dossier")["stories"] == []
    ada.post(f"/stories/{story['id']}/restore")
    given = ben.post(f"{at}/recognition", {"text": "Thanks"}, status=201)
    ben.post(f"/recognition/{given['id']}/withdraw")
    ben.post(f"/recognition/{given['id']}/restore")
    ben.post(f"{at}/dossier/notes", {"text": "x"}, status=404)
    ada.post(f"{at}/dossier/shares", {"reader": world.ben.pk}, status=201)
    assert [one["reader"]["name"] for one in ada.get(f"{at}/dossier/shares")["items"]] == ["Ben"]
    note = ben.post(f"{at}/dossier/notes", {"text": "Ask more"}, status=201)
    ben.post(f"/notes/{note['id']}/withdraw")
    ben.post(f"/notes/{note['id']}/restore")
    told = ben.get(f"{at}/dossier?year=2026")
    assert (told["recognition"][0]["by"], told["notes"][0]["text"], told["years"]) == ("Ben", "Ask more", [2026])
    assert ben.get(f"{at}/dossier?year=2025")["recognition"] == []
    ada.get(f"{at}/dossier?year=99999", status=422)


def test_a_dossier_costs_the_same_however_much_is_told(world: World, browse: Browse, asks: Callable[..., int]) -> None:
    grown(world)
    client, at = browse(world.ada), reverse("dossier", args=[world.ada.pk])
    few = asks(client, at)
    for number in range(6):
        objective = world.objective(title=f"Goal {number}", category="growth")
        okr.add_comment(world.lin, objective, text="Well")
        commands.tell_story(world.ada, world.ada, title=f"Story {number}", objective=objective)
        commands.recognize(world.ben, world.ada, text=f"Thanks {number}")
    assert asks(client, at) == few <= 15
    commands.share_dossier(world.ada, world.ada, reader=world.chen)
    assert asks(browse(world.chen), at) <= 17
