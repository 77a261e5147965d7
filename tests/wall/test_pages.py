"""Lock 4 at the doors and lock 5: no page or call of pay looks at goals, and nobody shows both together."""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, path

import tandem
from tandem.activity.models import Event
from tandem.config import urls
from tandem.config import wall as doors
from tandem.core import wall
from tandem.kpi import api as kpi
from tandem.kpi.rules import formula
from tandem.okr.models import Objective
from tandem.rewards import api as rewards
from tests.api.conftest import Door
from tests.world import World

Browse = Callable[..., Client]
ROOT = Path(tandem.__file__).parent
open_transaction = pytest.mark.django_db(transaction=True)


def peek(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(Objective.objects.count()))


def peek_in_template(request: HttpRequest) -> HttpResponse:
    """A page that prints points and, out of its template, the progress of goals."""
    rows = Objective.objects.all()  # asked when the template walks through it
    page = engines["jinja2"].from_string("12 points {% for one in rows %}{{ one.progress }}{% endfor %}")
    return HttpResponse(page.render({"rows": rows}))


@pytest.fixture
def planted() -> Iterator[str]:
    """Addresses whose views stand (as they say) in packages of pay, and one in a package of goals."""
    module: Any = ModuleType("planted_urls")
    views = {}
    for package in ("kpi", "rewards", "okr"):
        for view in (peek, peek_in_template):
            made = lambda request, view=view: view(request)  # noqa: E731
            made.__module__, made.__name__ = f"tandem.{package}.views.peek", view.__name__
            views[f"{package}/{view.__name__}/"] = made
    module.urlpatterns = [*[path(f"planted/{at}", view) for at, view in views.items()], *urls.urlpatterns]
    for name in ("handler400", "handler403", "handler404", "handler500"):
        setattr(module, name, getattr(urls, name))
    sys.modules["planted_urls"] = module
    with override_settings(ROOT_URLCONF="planted_urls"):
        yield "/planted/"
    del sys.modules["planted_urls"]


@open_transaction
@pytest.mark.parametrize("view", ["peek", "peek_in_template"])
@pytest.mark.parametrize("package", ["kpi", "rewards"])
def test_a_page_of_pay_that_looks_at_goals_is_refused_and_audited(
    world: World, browse: Browse, planted: str, package: str, view: str
) -> None:
    world.objective()
    page = browse(world.hana).get(f"{planted}{package}/{view}/")
    assert page.status_code == 403
    assert "12 points" not in page.content.decode()
    assert "does not look at goals" in page.content.decode()
    told = Event.objects.get(verb="wall.refused")
    assert (told.actor, told.data["what"]) == (world.hana, f"{package}.views.peek.{view}")
    assert not wall.is_blind()
    assert browse(world.hana).get(f"{planted}okr/{view}/").status_code == 200, "goals may be looked at where they are"


@open_transaction
def test_a_call_of_pay_that_looks_at_goals_is_refused_even_when_it_is_sent_once_for_all(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.objective()

    def peeking(request: HttpRequest) -> object:
        return Objective.objects.get() and request.user

    monkeypatch.setattr("tandem.kpi.api.indicators.actor_of", peeking)
    door = Door(world.hana)
    assert door.get("/indicators", status=403)["error"]["code"] == "walled_off"
    body = {"code": "coverage", "name_en": "Test coverage"}
    answer = door.client.post(
        "/api/v1/indicators", body, content_type="application/json", headers={"Idempotency-Key": "once"}
    )
    assert answer.status_code == 403
    assert Event.objects.filter(verb="wall.refused").count() == 2, "the transaction around it did not take it back"


def test_every_call_of_pay_is_blind() -> None:
    assert kpi.routers
    assert rewards.routers
    for router in (*kpi.routers, *rewards.routers):
        assert any(one is doors._blinded for one, _mode in router._decorators), router


def addresses(resolver: URLResolver) -> Iterator[URLPattern]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one)
        else:
            yield one


def test_every_page_of_pay_is_known_by_its_module() -> None:
    """A view wrapped so that it forgets where it stands would see."""
    for package in wall.BLIND:
        at = ROOT / package / "urls.py"
        if at.exists():
            own = {one.callback for one in addresses(get_resolver(f"tandem.{package}.urls"))}
            assert own
            assert all(wall.belongs_to_pay(one.__module__) for one in own)


def test_only_the_frame_looks_aside() -> None:
    """The one opening in blindness is for the number of news on the bell."""
    users = [
        str(one.relative_to(ROOT)) for one in ROOT.glob("**/*.py")
        if re.search(r"\bcore\.wall import .*\baside\b|wall\.aside", one.read_text(encoding="utf-8"))
    ]  # fmt: skip
    assert users == ["pages/frame.py"]
    calls = [
        node for node in ast.walk(ast.parse((ROOT / "pages/frame.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.With) and "aside()" in ast.unparse(node.items[0])
    ]  # fmt: skip
    assert [ast.unparse(one.body[0]) for one in calls] == ["return unread_count(person)"]


@pytest.mark.parametrize(
    "text",
    [
        "objective", "objective(3)", "objective.progress", "okr.progress", "okr_objective", "A + progress",
        "score('objective:3')", "A.__class__", "import os", "目标进度", "A[0]", "kr1 * 2", "confidence",
    ],
)  # fmt: skip
def test_a_formula_cannot_name_goals(text: str) -> None:
    assert isinstance(formula.read(text, {"A", "T"}), formula.Fault)


GOALS = re.compile(r"\b(okr|growth|guide)[./]|objective|key_result|goal_set|check_in|dossier")
PAY = re.compile(r"\b(kpi|rewards)[./]")


def test_no_template_of_pay_shows_goals_and_none_of_goals_shows_rewards() -> None:
    """What a template includes, imports or names. A page beside both (the person's) links to each and shows neither's
    numbers: it has no query of rewards, which the import contract forbids."""
    for package, other in (
        ("kpi", GOALS),
        ("rewards", GOALS),
        ("okr", PAY),
        ("growth", re.compile(r"\b(kpi|rewards)/")),
    ):
        for one in (ROOT / package / "templates").glob("**/*.html"):
            named = " ".join(re.findall(r'(?:include|import|from|extends|url\()\s*"([^"]+)"', one.read_text("utf-8")))
            assert not other.search(named), f"{one}: {named}"


def test_no_answer_of_the_api_expands_from_pay_to_goals() -> None:
    """From the description of the API: no shape reached from a call of pay has a field of goals, nor the other way."""
    from tandem.config.api import described

    whole = described()
    shapes = whole["components"]["schemas"]

    def fields(schema: object, seen: set[str]) -> set[str]:
        if isinstance(schema, list):
            return set().union(*(fields(one, seen) for one in schema)) if schema else set()
        if not isinstance(schema, dict):
            return set()
        found = set(schema.get("properties", {})) if isinstance(schema.get("properties"), dict) else set()
        name = str(schema.get("$ref", "")).rsplit("/", 1)[-1]
        if name and name not in seen:
            seen.add(name)
            found |= fields(shapes[name], seen)
        return found.union(*(fields(one, seen) for one in schema.values()))

    of_pay, of_goals = set(), set()
    for at, methods in whole["paths"].items():
        for one in methods.values():
            tags = set(one["tags"])
            if tags & {"goals", "objectives", "key results", "check-ins", "growth"}:
                of_goals |= fields(one["responses"], set())
            if re.search(r"/(indicators|targets|readings|scorecards|rewards|points|payroll)\b", at):
                of_pay |= fields(one["responses"], set())
    assert of_pay
    assert not {"objective", "objectives", "key_result", "key_results", "confidence", "check_ins", "pace"} & of_pay
    assert not {"points", "payroll", "reward", "rewards", "scorecard", "pool"} & of_goals
