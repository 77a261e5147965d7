"""Answers to "KPI or OKR?": kept, changed, taken back, made an objective of, and seen by who may see."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tandem.activity.models import Event
from tandem.guide import commands
from tandem.guide.models import Answers
from tandem.okr import commands as okr
from tandem.okr.models import Objective
from tandem.people.actors import SYSTEM
from tests.api.conftest import Door
from tests.pages.conftest import LANGUAGES, text_of
from tests.proof import refused
from tests.world import World, fresh

Browse = Callable[..., Client]
NAMES = ("path_known", "result_enough", "must_not_fail", "same_for_all")
refuses = pytest.mark.django_db(transaction=True)
OWN = dict.fromkeys(NAMES, False)
"""Suggests an objective."""
DUTY = dict.fromkeys(NAMES, True)
"""Suggests an indicator."""


def form(answers: dict[str, bool]) -> dict[str, str]:
    return {name: "yes" if answer else "no" for name, answer in answers.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_questions_to_an_objective(world: World, browse: Browse, language: str) -> None:
    client = browse(world.ada, language=language)
    assert client.get(reverse("kpi_or_okr")).status_code == 200
    to = reverse("answers_keep_person", args=[world.ada.pk, world.quarter.pk])
    page = client.post(to, {"words": "Cold starts never fail", **form({**OWN, "must_not_fail": True})}, follow=True)
    kept = Answers.objects.get()
    assert (kept.author, kept.unit, kept.cycle, kept.suggestion) == (world.ada, world.web, world.quarter, "okr")
    assert {"en": "Make it an objective (OKR)", "zh-hans": "做成目标（OKR）"}[language] in text_of(page)
    client.post(reverse("answers_objective", args=[kept.pk]))
    made = Objective.objects.get()
    assert (made.title, made.ambition, made.state) == ("Cold starts never fail", "committed", "draft")
    assert fresh(kept).objective == made
    about = client.get(reverse("answers", args=[kept.pk]), follow=True)
    assert about.redirect_chain[-1][0] == reverse("kpi_or_okr_about", args=[made.pk])
    assert "Cold starts never fail" in text_of(client.get(reverse("kpi_or_okr")))


@refuses
def test_a_missing_answer_is_named_and_nothing_typed_is_lost(world: World, browse: Browse) -> None:
    to = reverse("answers_keep_person", args=[world.ada.pk, world.quarter.pk])
    page = browse(world.ada).post(to, {"words": "What I typed", "path_known": "yes"})
    assert page.status_code == 422
    html = page.content.decode()
    assert "What I typed" in html
    assert 'name="path_known" value="yes" checked' in html
    assert "Answer this question with yes or no." in html
    assert not Answers.objects.exists()


@refuses
def test_answers_about_an_objective_are_one_set(world: World, browse: Browse) -> None:
    objective = world.objective()
    client = browse(world.ada)
    page = reverse("kpi_or_okr_about", args=[objective.pk])
    client.post(page, form(OWN))
    kept = Answers.objects.get()
    client.post(page, {**form(DUTY), "version": str(kept.version)})
    assert fresh(kept).suggestion == "kpi"
    stale = client.post(page, {**form(OWN), "version": str(kept.version)})
    assert stale.status_code == 409
    assert fresh(kept).suggestion == "kpi"
    told = Event.objects.filter(about=f"objective:{objective.pk}", verb__startswith="answers.")
    assert list(told.order_by("pk").values_list("verb", flat=True)) == ["answers.kept", "answers.changed"]
    assert "Save" not in text_of(browse(world.ben).get(page))
    assert browse(world.ben).post(page, form(OWN)).status_code == 403


@refuses
def test_taking_back_and_bringing_back(world: World, browse: Browse) -> None:
    client = browse(world.ada)
    kept = commands.keep_answers(world.ada, world.ada, words="x", **OWN)
    page = client.post(reverse("answers_withdraw", args=[kept.pk]), follow=True).content.decode()
    undo = reverse("answers_restore", args=[kept.pk])
    assert f'data-toast-undo="{undo}"' in page
    assert not Answers.objects.living().exists()
    with refused(422):
        commands.change_answers(world.ada, fresh(kept), path_known=True)
    assert client.get(reverse("answers", args=[kept.pk])).status_code == 200
    client.post(undo, headers={"HX-Request": "true"})
    assert Answers.objects.living().exists()
    assert browse(world.ben).post(undo).status_code == 404


def test_an_objective_has_one_living_set_of_answers(world: World) -> None:
    objective = world.objective()
    first = commands.withdraw_answers(world.ada, commands.keep_answers_about(world.ada, objective, **OWN))
    commands.keep_answers_about(world.ada, objective, **DUTY)
    with refused(422):
        commands.restore_answers(world.ada, first)
    own = commands.keep_answers(world.ada, world.ada, words="x", **OWN)
    with refused(422):
        commands.change_answers(world.ada, own, objective=objective)
    other = world.objective()
    attached = commands.change_answers(world.ada, own, objective=other)
    assert attached.objective == other
    with refused(422):
        commands.change_answers(world.ada, attached, objective=world.objective())
    with refused(409):
        commands.change_answers(world.ada, attached, version=1, path_known=True)


def test_refusals(world: World) -> None:
    bens = world.objective(world.ben)
    with refused(403):
        commands.keep_answers_about(world.ada, bens, **OWN)
    with refused(403):
        commands.keep_answers(world.ada, world.web, **OWN)
    with refused(403):
        commands.keep_answers(SYSTEM, world.web, **OWN)
    own = commands.keep_answers(world.ada, world.ada, **OWN)
    with refused(422):
        commands.write_from_answers(world.ada, own)
    with refused(422):
        commands.change_answers(world.ada, own, objective=bens)
    for wrong in ({"path_known": "yes"}, {"path_known": None}, {"words": "x" * 501}):
        with refused(422):
            commands.change_answers(world.ada, own, **wrong)


def test_who_may_not_read_the_objective_hears_nothing_of_its_answers(world: World, browse: Browse) -> None:
    objective = world.objective(title="Quietly leave the old market")
    kept = commands.keep_answers_about(world.ada, objective, **OWN)
    alone = commands.keep_answers(world.ada, world.ada, cycle=world.quarter, words="Only I know", **OWN)
    okr.set_visibility(world.ada, objective, visibility="people")
    client, door = browse(world.ben), Door(world.ben)
    for one in (kept, alone):
        assert client.get(reverse("answers", args=[one.pk])).status_code == 404
        assert door.get(f"/kpi-or-okr/answers/{one.pk}", status=404)
    assert client.get(reverse("kpi_or_okr_about", args=[objective.pk])).status_code == 404
    page = text_of(client.get(reverse("unit_mix", args=[world.web.pk])))
    assert "Quietly" not in page
    assert "Only I know" not in page
    assert "OKR 1 " in page, "what is no objective yet counts, what is hidden does not"
    assert "OKR 2 " in text_of(browse(world.ada).get(reverse("unit_mix", args=[world.web.pk]))).replace(
        "OKR 2\n", "OKR 2 "
    )


def test_the_mix_of_a_unit_and_those_below(world: World, browse: Browse, asks: Callable[..., int]) -> None:
    for who, answers in ((world.ada, OWN), (world.ben, OWN), (world.otto, DUTY)):
        commands.keep_answers(who, who, cycle=world.quarter, words="x", **answers)
    commands.keep_answers_about(world.lin, world.objective(world.web, title="Web knows its users"), **OWN)
    commands.withdraw_answers(world.ada, commands.keep_answers(world.ada, world.ada, cycle=world.quarter, **DUTY))
    mix = Door(world.nia).get(f"/units/{world.cloud.pk}/kpi-or-okr?cycle={world.quarter.pk}")
    assert mix["whole"] == {"okr": 3, "both": 0, "kpi": 1, "leader": "okr"}
    assert {one["name"]: one["leader"] for one in mix["below"]} == {"Web": "okr", "数据 Data": "kpi"}
    client = browse(world.wei)
    page = text_of(client.get(reverse("unit_mix", args=[world.cloud.pk])))
    assert "OKR leads, KPI rides along." in page
    assert "Web knows its users" in page
    assert "KPI outweighs OKR here." in text_of(client.get(reverse("unit_mix", args=[world.data.pk])))
    assert (
        reverse("unit_mix", args=[world.cloud.pk])
        in client.get(reverse("unit", args=[world.cloud.pk])).content.decode()
    )
    before = asks(client, reverse("unit_mix", args=[world.cloud.pk]))
    for number in range(6):
        commands.keep_answers_about(world.ada, world.objective(title=f"Goal {number}"), **OWN)
    assert asks(client, reverse("unit_mix", args=[world.cloud.pk])) == before <= 9


def test_the_api_does_all_of_it(world: World) -> None:
    ada = Door(world.ada)
    assert [one["name"] for one in ada.get("/kpi-or-okr/questions")["items"]] == list(NAMES)
    query = "&".join(f"{name}=true" for name in NAMES)
    assert ada.get(f"/kpi-or-okr/suggestion?{query}")["suggestion"] == "kpi"
    kept = ada.post("/kpi-or-okr/answers", {"words": "x", "cycle": world.quarter.pk, **OWN}, status=201)
    at = f"/kpi-or-okr/answers/{kept['id']}"
    changed = ada.patch(at, {"must_not_fail": True, "version": kept["version"]})
    assert changed["advice"]["ambition"] == "committed"
    ada.patch(at, {"must_not_fail": False, "version": kept["version"]}, status=409)
    assert ada.patch(at, {"words": 3}, status=422)["error"]["field"] == "words"
    made = ada.post(f"{at}/objective", status=201)
    assert ada.get(f"/objectives/{made['id']}/kpi-or-okr")["items"][0]["id"] == kept["id"]
    assert ada.post("/kpi-or-okr/answers", {"objective": made["id"], **DUTY}, status=201)["id"] == kept["id"]
    wrong = {"objective": made["id"], "words": "x", **DUTY}
    assert ada.post("/kpi-or-okr/answers", wrong, status=422)["error"]["field"] == "objective"
    assert len(ada.get("/kpi-or-okr/answers")["items"]) == 1
    ada.post(f"{at}/withdraw")
    assert ada.get("/kpi-or-okr/answers")["items"] == []
    ada.post(f"{at}/restore")
    Door(world.ben).patch(at, {"words": "y"}, status=403)
    for answers in ({**OWN, "path_known": "yes"}, {"path_known": True}):
        ada.post("/kpi-or-okr/answers", answers, status=422)


def test_pages_cost_little(world: World, browse: Browse, asks: Callable[..., int]) -> None:
    kept = commands.keep_answers_about(world.ada, world.objective(), **OWN)
    client = browse(world.ada)
    for number in range(5):
        commands.keep_answers(world.ada, world.ada, words=f"{number}", **OWN)
    assert asks(client, reverse("kpi_or_okr")) <= 6
    assert asks(client, reverse("kpi_or_okr_about", args=[kept.objective_id])) <= 5
