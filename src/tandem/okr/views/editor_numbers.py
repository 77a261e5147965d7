"""The small panel in which a key result's kind and numbers are set by hand."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tandem.core.errors import Conflict, Invalid
from tandem.core.http.fragments import wants_fragment
from tandem.core.numbers import plain
from tandem.kpi.queries import followable, units_with_targets
from tandem.okr import commands, rules
from tandem.okr.forms import version
from tandem.okr.models import KeyResult, KeyResultKind
from tandem.okr.queries.lookups import get_key_result
from tandem.okr.views.editor_answers import page_of
from tandem.okr.views.editor_lines import key_result_row, line_answer
from tandem.people.actors import actor_of

NUMBERS = ("start", "target", "low", "high", "tolerance")
LEVELS = ("0.3", "0.7", "1.0")
OF_KIND = {**dict.fromkeys(rules.FROM_TO, ("start", "target")), rules.MAINTAIN: ("low", "high", "tolerance")}
_STEP = re.compile(r"(?P<title>.*?)(?:\s*[×*]\s*(?P<weight>\d+(?:\.\d+)?))?\s*")


@dataclass(frozen=True)
class Typed:
    """The panel's fields as text: what stands in the database, or what somebody typed and is not saved yet."""

    values: dict[str, str]
    error: str = ""
    error_field: str = ""
    theirs: Any = None
    """The row as somebody else saved it meanwhile."""
    levels: tuple[str, ...] = field(default=LEVELS)

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    def error_at(self, *names: str) -> str:
        return self.error if self.error_field in names else ""


@require_http_methods(["GET", "POST"])
def key_result_numbers(request: HttpRequest, key_result_id: int) -> HttpResponse:
    actor = actor_of(request)
    key_result = get_key_result(actor, key_result_id)
    if request.method == "GET":
        return _panel(request, key_result, Typed(_stored(key_result)))
    typed = {name: request.POST.get(name, "") for name in request.POST}
    try:
        done = commands.edit_key_result(
            actor, key_result, version=version(request.POST), **_fields(request.POST, key_result)
        )
    except Invalid as refusal:
        field_name = "given" if refusal.field == "current" else refusal.field or ""
        return _panel(request, key_result, Typed(typed, refusal.message, field_name), status=422)
    except Conflict:
        fresh = get_key_result(actor, key_result_id)
        return _panel(request, fresh, Typed(typed, theirs=key_result_row(request, fresh)), status=409)
    return line_answer(request, done.objective, key_result_id=done.pk)


def _panel(request: HttpRequest, key_result: KeyResult, typed: Typed, *, status: int = 200) -> HttpResponse:
    alone = not wants_fragment(request)
    template = "okr/editor/numbers_page.html" if alone else "okr/editor/numbers.html"
    context = {
        "key_result": key_result,
        "alone": alone,
        "typed": typed,
        "kinds": KeyResultKind.choices,
        **_followable(request, key_result),
        "page": page_of(key_result.objective) + f"#kr-{key_result.pk}",
    }
    answer = render(request, template, context, status=status)
    if status != 200:
        answer.headers["HX-Retarget"] = f"#kr-{key_result.pk}-panel"
        answer.headers["HX-Reswap"] = "innerHTML"
    return answer


def _followable(request: HttpRequest, key_result: KeyResult) -> dict[str, Any]:
    """The indicators that may be followed, and whose readings: the owner's, or those of a unit that carries
    targets."""
    actor, goals = actor_of(request), key_result.objective.goal_set
    known = [(one.code, f"{one.name} ({one.code})") for one in followable(actor)]
    if key_result.indicator_id and key_result.indicator_id not in dict(known):
        known.append((key_result.indicator_id, key_result.indicator_id))
    units = dict(units_with_targets(actor, goals.cycle))
    if goals.owner_unit is not None:
        units.pop(goals.owner_unit.key, None)
    if key_result.followed_unit is not None:
        units.setdefault(key_result.followed_unit.key, key_result.followed_unit.name)
    carriers = [("", goals.owner_name), *((f"unit:{key}", name) for key, name in units.items())]
    return {"indicators": known, "carriers": carriers}


def _stored(key_result: KeyResult) -> dict[str, str]:
    """What stands, as one would type it."""
    values = {"kind": key_result.kind, "unit": key_result.unit_label}
    for name in (*NUMBERS, "given"):
        number = getattr(key_result, name)
        values[name] = "" if number is None else str(plain(number))
    values["indicator"] = key_result.indicator_id or ""
    values["carrier"] = f"unit:{key_result.followed_unit_id}" if key_result.followed_unit_id else ""
    values["done"] = values["level"] = values["given"]
    if key_result.kind == rules.MILESTONES:
        values["steps"] = "\n".join(_as_line(step) for step in key_result.steps)
    if key_result.kind == rules.RUBRIC:
        values |= {f"level-{step['level']}": step["text"] for step in key_result.steps}
    return values


def _as_line(step: dict[str, Any]) -> str:
    weight = step.get("weight", 1)
    return step["title"] if weight == 1 else f"{step['title']} ×{weight:g}"


def _fields(data: QueryDict, key_result: KeyResult) -> dict[str, Any]:
    """The command's fields; what another kind would need is emptied."""
    kind = data.get("kind", key_result.kind)
    kept = OF_KIND.get(kind, ())
    fields: dict[str, Any] = {"kind": kind, "unit": data.get("unit", "")}
    for name in NUMBERS:
        fields[name] = data.get(name, "").strip() if name in kept else None
    if kind == rules.KPI:
        fields |= {"indicator": data.get("indicator", ""), "carrier": data.get("carrier", "")}
        return fields
    if kind == rules.MILESTONES:
        fields["steps"] = [_step(line) for line in data.get("steps", "").splitlines() if line.strip()]
    elif kind == rules.RUBRIC:
        texts = {level: data.get(f"level-{level}", "").strip() for level in LEVELS}
        fields["steps"] = [{"level": level, "text": text} for level, text in texts.items() if text]
    if not key_result.check_ins_count:
        name = {rules.BINARY: "done", rules.RUBRIC: "level"}.get(kind, "given")
        fields["given"] = None if kind == rules.MILESTONES else data.get(name, "").strip() or None
    return fields


def _step(line: str) -> dict[str, Any]:
    """`Guide page live ×2` is a step that weighs 2."""
    found = _STEP.fullmatch(line.strip())
    assert found is not None
    if not found["title"]:
        raise Invalid(_("A step has a title and a weight."), field="steps")
    return {"title": found["title"], "weight": found["weight"] or 1}
