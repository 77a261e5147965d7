"""The yearly review: a panel named by the people team reads a dossier, quotes it and decides with reasons."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tandem.activity.models import Event, Notification
from tandem.growth import commands, rules
from tandem.growth.models import Quote, Review
from tandem.okr import commands as okr
from tandem.people import commands as people
from tandem.people.queries import get_person
from tests.api.conftest import Door
from tests.growth.test_dossier import grown
from tests.pages.conftest import text_of
from tests.proof import assert_events_read_well, refused
from tests.world import World, fresh

Browse = Callable[..., Client]
refuses = pytest.mark.django_db(transaction=True)


def named(world: World, **fields: object) -> Review:
    who = {"chair": world.grace, "members": [world.wei], "year": 2026, **fields}
    return commands.name_panel(world.hana, world.ada, **who)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "texts", "is_quoted"),
    [
        ("went quiet", ["The room went quiet, and listened."], True),
        ("went  quiet,\nand", ["The room went quiet, and listened."], True),
        ("went loud", ["The room went quiet."], False),
        ("", ["anything"], False),
        ("  ", ["anything"], False),
        ("安静了", ["房间安静了下来"], True),
        ("a b", ["a", "b"], False),
    ],
)
def test_a_quotation_stands_in_one_text_word_for_word(words: str, texts: list[str], is_quoted: bool) -> None:
    assert rules.is_quoted(words, texts) is is_quoted


@refuses
def test_from_the_panel_to_a_level_in_force(world: World, browse: Browse) -> None:
    people.set_job_level(world.hana, world.ada, level="P4")
    world.ada = fresh(world.ada)
    objective = grown(world)
    story = commands.tell_story(world.ada, world.ada, title="The lab talks again", text="We met on Tuesdays.")
    hana, grace, wei = browse(world.hana), browse(world.grace), browse(world.wei)
    members = {"year": "2026", "chair": world.grace.pk, "second": world.wei.pk}
    hana.post(reverse("panel_new", args=[world.ada.pk]), members)
    review = Review.objects.get()
    at = reverse("growth_review", args=[review.pk])
    told = set(Notification.objects.filter(kind="growth").values_list("person__name", flat=True))
    assert told == {"Ada Byron", "Grace Hopper", "王伟"}
    assert "We met on Tuesdays." in text_of(wei.get(reverse("dossier", args=[world.ada.pk])))
    wei.post(
        reverse("review_quote", args=[review.pk, "story", story.pk]),
        {"words": "We met on Tuesdays.", "shows": "Steady"},
    )
    grace.post(reverse("review_quote", args=[review.pk, "objective", objective.pk]), {"words": "went quiet"})
    assert Quote.objects.count() == 2
    decision = {"level": "P5", "reasons": "Others learn from how she listens.", "version": fresh(review).version}
    assert wei.post(reverse("review_decision", args=[review.pk]), decision).status_code == 403
    grace.post(reverse("review_decision", args=[review.pk]), decision)
    assert wei.get(reverse("dossier", args=[world.ada.pk])).status_code == 404, "the panel has read"
    assert get_person(world.hana, world.ada.pk).job_level == "P4", "people decide, then people put in force"
    hana.post(reverse("review_in_force", args=[review.pk]))
    assert get_person(world.hana, world.ada.pk).job_level == "P5"
    for client in (hana, grace, wei, browse(world.ada)):
        words = text_of(client.get(at))
        assert all(one in words for one in ("P5", "P4", "Others learn from how she listens.", "We met on Tuesdays."))
    assert browse(world.ben).get(at).status_code == 404
    assert_events_read_well()


@refuses
def test_what_is_quoted_stays_as_it_stood(world: World, browse: Browse) -> None:
    story = commands.tell_story(world.ada, world.ada, title="The lab talks again", text="We met on Tuesdays.")
    review = named(world)
    commands.quote(world.wei, review, source="story", key=story.pk, words="We met on Tuesdays.")
    commands.edit_story(world.ada, fresh(story), text="We met on Mondays.")
    commands.withdraw_story(world.ada, fresh(story))
    assert "We met on Tuesdays." in text_of(browse(world.ada).get(reverse("growth_review", args=[review.pk])))


@refuses
def test_refusals(world: World) -> None:
    with refused(422, field="members"):
        named(world, members=[])
    with refused(422, field="members"):
        named(world, members=[world.ada])
    with refused(422, field="members"):
        named(world, members=[world.leo])
    for year in (1999, 2027):
        with refused(422, field="year"):
            named(world, year=year)
    with refused(403):
        commands.name_panel(world.hana, world.hana, year=2026, chair=world.grace, members=[world.wei])
    review = named(world)
    with refused(422, field="year"):
        named(world)
    with refused(422, field="quotes"):
        commands.decide_review(world.grace, review, level="P5", reasons="Because")
    story = commands.tell_story(world.ada, world.ada, title="Told", text="In my own words")
    with refused(422, field="words"):
        commands.quote(world.wei, review, source="story", key=story.pk, words="In other words")
    with refused(404):
        commands.quote(world.wei, review, source="score", key=1, words="x")
    bens = commands.tell_story(world.ben, world.ben, title="Of somebody else")
    with refused(404):
        commands.quote(world.wei, review, source="story", key=bens.pk, words="Of somebody else")
    commands.quote(world.wei, review, source="story", key=story.pk, words="own words")
    for wrong in ({"level": "", "reasons": "x"}, {"level": "P5", "reasons": " "}):
        with refused(422):
            commands.decide_review(world.grace, fresh(review), **wrong)
    with refused(409):
        commands.decide_review(world.grace, fresh(review), level="P5", reasons="x", version=99)
    with refused(422, code="over"):
        commands.put_in_force(world.hana, fresh(review))
    decided = commands.decide_review(world.grace, fresh(review), level="P5", reasons="x")
    for act in (
        lambda: commands.call_off(world.hana, decided),
        lambda: commands.decide_review(world.grace, decided, level="P6", reasons="y"),
        lambda: commands.drop_quote(world.wei, Quote.objects.get()),
    ):
        with refused(422, code="over"):
            act()


def test_called_off_a_review_may_be_named_anew(world: World) -> None:
    review = commands.call_off(world.hana, named(world))
    assert not Door(world.wei).get(f"/people/{world.ada.pk}/dossier", status=404).get("items")
    assert named(world).pk != review.pk


@refuses
def test_words_about_a_goal_that_is_hidden_are_not_quoted_to_who_may_not_read_it(world: World, browse: Browse) -> None:
    objective, review = grown(world), named(world)
    commands.quote(world.grace, review, source="objective", key=objective.pk, words="went quiet")
    at = reverse("growth_review", args=[review.pk])
    assert "went quiet" in text_of(browse(world.hana).get(at))
    okr.set_visibility(world.ada, fresh(objective), visibility="line")
    words = text_of(browse(world.hana).get(at))
    assert "went quiet" not in words
    assert "big meeting" not in words
    assert "went quiet" in text_of(browse(world.wei).get(at))


def test_the_api_does_all_of_it(world: World) -> None:
    story = commands.tell_story(world.ada, world.ada, title="Told", text="In my own words")
    hana, grace, wei = Door(world.hana), Door(world.grace), Door(world.wei)
    body = {"year": 2026, "chair": world.grace.pk, "members": [world.wei.pk]}
    Door(world.ben).post(f"/people/{world.ada.pk}/growth-reviews", body, status=403)
    review = hana.post(f"/people/{world.ada.pk}/growth-reviews", body, status=201)
    at = f"/growth-reviews/{review['id']}"
    words = {"source": "story", "id": story.pk, "words": "own words"}
    first = wei.post(f"{at}/quotes", words, status=201)
    wei.delete(f"/growth-quotes/{first['id']}")
    wei.post(f"{at}/quotes", {**words, "shows": "Care"}, status=201)
    assert wei.post(f"{at}/quotes", {**words, "words": "other"}, status=422)["error"]["field"] == "words"
    decided = grace.post(f"{at}/decision", {"level": "P5", "reasons": "So it is"})
    assert (decided["state"], decided["quotes"][0]["shows"]) == ("decided", "Care")
    assert hana.post(f"{at}/in-force")["state"] == "in_force"
    assert [one["id"] for one in Door(world.ada).get("/growth-reviews")["items"]] == [review["id"]]
    Door(world.ben).get(at, status=404)
    assert hana.put(f"/people/{world.ada.pk}/job-level", {"level": "P6"})["level"] == "P6"
    Door(world.omar).put(f"/people/{world.ada.pk}/job-level", {"level": "P9"}, status=403)
    second = hana.post(f"/people/{world.ben.pk}/growth-reviews", body, status=201)
    assert hana.post(f"/growth-reviews/{second['id']}/call-off")["state"] == "called_off"


def test_no_word_of_a_dossier_stands_in_any_event(world: World) -> None:
    """The audit log says that something was told, thanked for, noted or decided; never what."""
    story = commands.tell_story(world.ada, world.ada, title="zqtitle", text="zqtext")
    commands.share_dossier(world.ada, world.ada, reader=world.chen)
    commands.add_note(world.chen, world.ada, text="zqnote")
    commands.recognize(world.ben, world.ada, text="zqthanks")
    review = named(world)
    commands.quote(world.wei, review, source="story", key=story.pk, words="zqtext")
    commands.decide_review(world.grace, fresh(review), level="zqlevel", reasons="zqwhy")
    commands.put_in_force(world.hana, fresh(review))
    assert "zq" not in str(list(Event.objects.values_list("data", flat=True)))


def test_pages_cost_little(world: World, browse: Browse, asks: Callable[..., int]) -> None:
    review = named(world)
    story = commands.tell_story(world.ada, world.ada, title="Told", text="In my own words")
    for _number in range(4):
        commands.quote(world.wei, review, source="story", key=story.pk, words="own words")
    client = browse(world.grace)
    assert asks(client, reverse("growth_review", args=[review.pk])) <= 8
    assert asks(client, reverse("growth")) <= 6
    assert asks(client, reverse("growth_reviews")) <= 5
