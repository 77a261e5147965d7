"""Talk beside an objective: its threads, begun, answered, reworded, taken back, settled."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tandem.core.errors import Invalid, Missing, Refusal
from tandem.core.http.fragments import announce, back, wants_fragment
from tandem.okr import commands
from tandem.okr.access import may_write
from tandem.okr.forms import version, whole
from tandem.okr.models import CheckIn, Comment, KeyResult, Objective
from tandem.okr.queries import (
    REACTIONS,
    REPLIES,
    THREADS,
    get_check_in,
    get_comment,
    get_key_result,
    get_objective,
    is_following,
    one_thread,
    replies_before,
    threads_under,
)
from tandem.okr.views.reading import feed_of
from tandem.people.actors import actor_of
from tandem.people.queries import find_people, get_person

if TYPE_CHECKING:
    from tandem.people.models import Person

CHOICES, LONGEST_TYPED, MOST_MENTIONS = 8, 60, 20
WORDS = ("field", "quote", "prefix", "suffix")


@require_http_methods(["GET", "POST"])
def talk(request: HttpRequest, objective_id: int) -> HttpResponse:
    """What is said about the objective and all under it; a POST begins a thread."""
    objective = get_objective(actor_of(request), objective_id)
    if request.method == "GET":
        return _talk(request, objective)
    try:
        commands.add_comment(actor_of(request), objective, **_new(request, objective))
    except Invalid as refusal:
        return _talk(request, objective, refusal)
    if not wants_fragment(request):
        return back(request, reverse("objective", args=[objective_id]) + "#talk", _("Said."))
    return announce(_talk(request, objective, is_said=True), said=True)


def _talk(
    request: HttpRequest, objective: Objective, refusal: Refusal | None = None, *, is_said: bool = False
) -> HttpResponse:
    actor = actor_of(request)
    if refusal is not None and _is_among_others(request):
        return _box(request, objective, refusal)
    found = threads_under(actor, objective, before=whole(request.GET, "before"), limit=THREADS + 1)
    items, following = feed_of(actor, objective.pk)
    given: dict[str, Any] = {
        **_frame(actor, objective),
        "threads": found[:THREADS],
        "older": found[THREADS - 1].first.comment.id if len(found) > THREADS else None,
        "is_following": is_following(actor, objective),
        "items": items,
        "next": following,
        "refusal": refusal,
        "about": _about(request, objective, request.POST if refusal else request.GET),
        "typed": request.POST.get("text", "") if refusal else "",
    }
    part = "threads" if "before" in request.GET else "said" if "said" in request.GET else "talk"
    if _is_among_others(request) and part == "talk":
        part, given["is_said"] = "goal", is_said
    template = f"okr/talk/{part}.html" if wants_fragment(request) else "okr/talk/page.html"
    return render(request, template, given, status=refusal.status if refusal else 200)


def _is_among_others(request: HttpRequest) -> bool:
    """Does the goal stand on a page among others, with what is said right below it?"""
    return (request.POST or request.GET).get("part") == "goal" and wants_fragment(request)


def _box(request: HttpRequest, objective: Objective, refusal: Refusal | None = None) -> HttpResponse:
    """The box to write in; with a refusal it takes its own place again, not that of what is said."""
    given = {
        "objective": objective,
        "about": _about(request, objective, request.POST if refusal else request.GET),
        "part": "goal" if _is_among_others(request) else "",
        "refusal": refusal,
        "typed": request.POST.get("text", "") if refusal else "",
    }
    answer = render(request, "okr/talk/new.html", given, status=refusal.status if refusal else 200)
    if refusal:
        answer.headers["HX-Retarget"] = f"#talk-new-{objective.pk}"
    return answer


def _frame(actor: "Person", objective: Objective) -> dict[str, Any]:
    """What every thread needs to know beside itself."""
    return {
        "objective": objective,
        "me": actor.pk,
        "writes": may_write(actor, objective),
        "kinds": REACTIONS,
        "refusal": None,
    }


@require_GET
def new(request: HttpRequest, objective_id: int) -> HttpResponse:
    """The box to write in, about what the address names."""
    objective = get_objective(actor_of(request), objective_id)
    if not wants_fragment(request):
        return _talk(request, objective)
    return _box(request, objective)


def _about(request: HttpRequest, objective: Objective, data: QueryDict) -> dict[str, Any]:
    """What the box is about: a key result or check-in of this objective, and words of it."""
    row = _subject(request, objective, data)
    title = objective.title
    if row is not None:
        title = row.title if isinstance(row, KeyResult) else row.key_result.title
    return {
        "name": data.get("about", ""),
        "title": title,
        "is_whole": row is None,
        "on": row.on if isinstance(row, CheckIn) else None,
        **{name: data.get(name, "") for name in WORDS},
    }


def _subject(request: HttpRequest, objective: Objective, data: QueryDict) -> KeyResult | CheckIn | None:
    """Raises Missing for what is not under this objective."""
    kind, _colon, key = data.get("about", "").partition(":")
    if kind not in ("key_result", "check_in"):
        return None
    number = int(key) if key.isascii() and key.isdigit() and len(key) < 19 else 0
    row = (get_key_result if kind == "key_result" else get_check_in)(actor_of(request), number)
    above = row.objective_id if isinstance(row, KeyResult) else row.key_result.objective_id
    if above != objective.pk:
        raise Missing(_("There is no such thing, or it is not for you to see."))
    return row


def _new(request: HttpRequest, objective: Objective) -> dict[str, Any]:
    row = _subject(request, objective, request.POST)
    words = {name: request.POST.get(name, "") for name in WORDS}
    return {
        "key_result": row if isinstance(row, KeyResult) else None,
        "check_in": row if isinstance(row, CheckIn) else None,
        "words": words if words["quote"] else None,
        **_text(request),
    }


def _text(request: HttpRequest) -> dict[str, Any]:
    keys = [key for key in request.POST.getlist("mentions") if key.isascii() and key.isdigit() and len(key) < 19]
    people = [get_person(actor_of(request), int(key)) for key in keys[:MOST_MENTIONS]]
    return {"text": request.POST.get("text", ""), "mentions": people}


@require_POST
def answer(request: HttpRequest, comment_id: int) -> HttpResponse:
    root = get_comment(actor_of(request), comment_id)
    try:
        commands.reply(actor_of(request), root, **_text(request))
    except Invalid as refusal:
        return _thread(request, root, refusal=refusal, typed=request.POST.get("text", ""))
    return _thread(request, root)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, comment_id: int) -> HttpResponse:
    """One's own words, to write anew."""
    comment = get_comment(actor_of(request), comment_id)
    if request.method == "GET":
        return _thread(request, comment, editing=comment_id)
    try:
        commands.edit_comment(actor_of(request), comment, version=version(request.POST), **_text(request))
    except Invalid as refusal:
        typed = request.POST.get("text", "")
        return _thread(request, comment, editing=comment_id, refusal=refusal, typed=typed)
    return _thread(request, comment)


Act = Callable[["Person", Comment], Comment]
_ACTS: dict[str, Act] = {
    "withdraw": commands.withdraw_comment,
    "restore": commands.restore_comment,
    "resolve": commands.resolve_thread,
    "reopen": commands.reopen_thread,
}


@require_POST
def act(request: HttpRequest, comment_id: int, name: str) -> HttpResponse:
    """One command by its name in the address; the answer is the thread as it is then."""
    if name not in _ACTS:
        raise Missing(_("There is nothing here."))
    comment = _ACTS[name](actor_of(request), get_comment(actor_of(request), comment_id))
    shown = _thread(request, comment)
    if name == "withdraw" and wants_fragment(request):
        undo = reverse("comment_act", args=[comment.pk, "restore"])
        return announce(shown, toast={"text": _("The comment was withdrawn."), "undo": undo})
    return shown


@require_POST
def react(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Put a reaction under a comment, or take it back."""
    comment = get_comment(actor_of(request), comment_id)
    do = commands.take_back_reaction if request.GET.get("back") else commands.react
    return _thread(request, do(actor_of(request), comment, kind=request.POST.get("kind", "")))


def _thread(
    request: HttpRequest,
    comment: Comment,
    *,
    editing: int | None = None,
    since: int | None = None,
    refusal: Refusal | None = None,
    typed: str = "",
) -> HttpResponse:
    """The comment's thread for htmx; without it the objective, or the thread on a page of its own."""
    if not wants_fragment(request) and request.method == "POST" and refusal is None:
        return back(request, reverse("objective", args=[comment.objective_id]) + f"#comment-{comment.pk}")
    actor = actor_of(request)
    given = {
        **_frame(actor, comment.objective),
        "thread": one_thread(actor, comment.thread_id or comment.pk, since=since or editing),
        "editing": editing,
        "refusal": refusal,
        "typed": typed,
    }
    template = "okr/talk/thread.html" if wants_fragment(request) else "okr/talk/thread_page.html"
    return render(request, template, given, status=refusal.status if refusal else 200)


@require_GET
def thread(request: HttpRequest, comment_id: int) -> HttpResponse:
    """The thread of a comment, with it on show however long ago it was said; `before` asks for earlier answers."""
    comment = get_comment(actor_of(request), comment_id)
    before = whole(request.GET, "before")
    if before is None or not wants_fragment(request):
        return _thread(request, comment, since=before or comment_id)
    actor = actor_of(request)
    found = replies_before(actor, comment.thread or comment, before=before, limit=REPLIES + 1)
    frame = _frame(actor, comment.objective)
    frame |= {"root_id": comment.thread_id or comment.pk, "replies": found[REPLIES - 1 :: -1]}
    return render(request, "okr/talk/earlier.html", frame | {"is_first": len(found) <= REPLIES})


@require_POST
def follow(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Hear of it, or no longer."""
    objective = get_objective(actor_of(request), objective_id)
    wanted = request.POST.get("follow") == "1"
    (commands.follow_objective if wanted else commands.mute_objective)(actor_of(request), objective)
    if not wants_fragment(request):
        return back(request, reverse("objective", args=[objective_id]))
    return render(request, "okr/talk/follow.html", {"objective": objective, "is_following": wanted})


@require_GET
def mention_choices(request: HttpRequest) -> HttpResponse:
    """Whom an @ may mean: by name, and as the search of people finds them."""
    typed = request.GET.get("q", "").strip()[:LONGEST_TYPED]
    found = find_people(actor_of(request), typed, CHOICES) if typed else []
    return render(request, "okr/talk/mention_choices.html", {"found": found})
