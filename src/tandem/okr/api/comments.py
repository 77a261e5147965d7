"""Talk in the JSON API: threads about goals and words of them, answers, reactions, following."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from tandem.core.http.answers import answer
from tandem.core.http.bodies import Body, Id, IdText, Named, Shown, Text, Versioned
from tandem.core.http.paging import USUAL, Limit
from tandem.core.http.versions import expected
from tandem.okr import commands
from tandem.okr.models import Comment
from tandem.okr.queries import (
    Said,
    Thread,
    get_check_in,
    get_comment,
    get_key_result,
    get_objective,
    is_following,
    one_thread,
    replies_before,
    threads_under,
)
from tandem.people.actors import actor_of
from tandem.people.api.asking import known, named
from tandem.people.queries import get_person

if TYPE_CHECKING:
    from tandem.people.models import Person

router = Router(tags=["talk"])
ReactionWord = Literal["agree", "thanks", "idea", "looking"]


class ReactionOut(Shown):
    kind: ReactionWord
    times: int
    is_mine: bool


class CommentOut(Shown):
    id: int
    author: Named | None
    text: str
    """Markdown; empty once it was withdrawn."""
    mentions: list[Named]
    reactions: list[ReactionOut]
    written_at: datetime
    edited_at: datetime | None
    withdrawn_at: datetime | None
    version: int


class WordsOut(Shown):
    field: Literal["title", "description", "note"]
    quote: str
    """The words as they read now; once they are gone, as they read last."""
    position: int | None
    """Where they begin in the text as it is read; null once they are gone."""


class ThreadOut(Shown):
    objective: int
    key_result: int | None
    check_in: int | None
    check_in_on: date | None
    words: WordsOut | None
    resolved_at: datetime | None
    resolved_by: str | None
    comments: list[CommentOut]
    """The first began the thread; its id names the thread. After it the newest answers, in their order."""
    earlier: int
    """How many answers came between the first and those (`GET /comments/{id}/replies` has them)."""


class RepliesOut(Shown):
    items: list[CommentOut]
    next: str | None


class ThreadsOut(Shown):
    items: list[ThreadOut]
    next: str | None


class FollowingOut(Shown):
    is_following: bool


class MarkedWords(Body):
    field: Literal["title", "description", "note"]
    quote: Text
    prefix: Text = ""
    suffix: Text = ""


class CommentText(Versioned):
    text: Text
    mentions: Annotated[list[Id], Field(max_length=20)] = []
    """People the text names after an @; whom it names by the whole name is found anyway."""

    def texts(self, actor: "Person") -> dict[str, Any]:
        return {
            "text": self.text,
            "mentions": [known(get_person, actor, one, "mentions") for one in self.mentions[:50]],
        }


class NewThread(CommentText):
    key_result: Id | None = None
    check_in: Id | None = None
    words: MarkedWords | None = None


def thread_json(thread: Thread) -> dict[str, Any]:
    root = thread.first.comment
    words = {"field": root.field, "quote": root.quote, "position": root.position} if root.quote else None
    return {
        "objective": root.objective_id,
        "key_result": root.key_result_id,
        "check_in": root.check_in_id,
        "check_in_on": root.check_in_on,
        "words": words,
        "resolved_at": root.resolved_at,
        "resolved_by": root.resolved_by,
        "comments": [_comment(one) for one in (thread.first, *thread.replies)],
        "earlier": thread.earlier,
    }


def _comment(said: Said) -> dict[str, Any]:
    one = said.comment
    return {
        "id": one.id,
        "author": None if one.author_id is None else {"id": one.author_id, "name": one.author_name},
        "text": one.text,
        "mentions": one.mentions,
        "reactions": [reaction._asdict() for reaction in said.reactions],
        "written_at": one.written_at,
        "edited_at": one.edited_at,
        "withdrawn_at": one.withdrawn_at,
        "version": one.version,
    }


def _thread(request: HttpRequest, comment: Comment, status: int = 200) -> HttpResponse:
    return answer(thread_json(one_thread(actor_of(request), comment.thread_id or comment.pk)), status=status)


@router.get("/objectives/{id:objective_id}/comments", response=ThreadsOut)
def list_threads(
    request: HttpRequest, objective_id: int, cursor: IdText | None = None, limit: Limit = USUAL
) -> HttpResponse:
    """Threads about the objective, its key results and check-ins, the newest first."""
    actor = actor_of(request)
    found = threads_under(actor, get_objective(actor, objective_id), before=cursor, limit=limit + 1)
    shown = found[:limit]
    following = str(shown[-1].first.comment.id) if len(found) > limit else None
    return answer({"items": [thread_json(one) for one in shown], "next": following})


@router.post("/objectives/{id:objective_id}/comments", response={201: ThreadOut})
def begin_thread(request: HttpRequest, objective_id: int, body: NewThread) -> HttpResponse:
    """Begin a thread about the objective, a key result, a check-in, or words of their texts."""
    actor = actor_of(request)
    made = commands.add_comment(
        actor,
        get_objective(actor, objective_id),
        key_result=named(get_key_result, actor, body.key_result, "key_result"),
        check_in=named(get_check_in, actor, body.check_in, "check_in"),
        words=None if body.words is None else body.words.model_dump(),
        **body.texts(actor),
    )
    return _thread(request, made, status=201)


@router.post("/comments/{id:comment_id}/replies", response={201: ThreadOut})
def reply(request: HttpRequest, comment_id: int, body: CommentText) -> HttpResponse:
    """Answer in the thread that this comment began."""
    actor = actor_of(request)
    return _thread(request, commands.reply(actor, get_comment(actor, comment_id), **body.texts(actor)), status=201)


@router.get("/comments/{id:comment_id}", response=ThreadOut)
def read_thread(request: HttpRequest, comment_id: int) -> HttpResponse:
    """The thread that the comment stands in."""
    return _thread(request, get_comment(actor_of(request), comment_id))


@router.get("/comments/{id:comment_id}/replies", response=RepliesOut)
def list_replies(
    request: HttpRequest, comment_id: int, cursor: IdText | None = None, limit: Limit = USUAL
) -> HttpResponse:
    """The answers in the thread that this comment began, the newest first."""
    actor = actor_of(request)
    found = replies_before(actor, get_comment(actor, comment_id), before=cursor, limit=limit + 1)
    shown = found[:limit]
    following = str(shown[-1].comment.id) if len(found) > limit else None
    return answer({"items": [_comment(one) for one in shown], "next": following})


@router.patch("/comments/{id:comment_id}", response=ThreadOut)
def reword(request: HttpRequest, comment_id: int, body: CommentText) -> HttpResponse:
    """Write one's own anew."""
    actor = actor_of(request)
    comment = get_comment(actor, comment_id)
    version = expected(request, body.version)
    return _thread(request, commands.edit_comment(actor, comment, version=version, **body.texts(actor)))


@router.post("/comments/{id:comment_id}/withdraw", response=ThreadOut)
def withdraw(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Take one's own back: its place stays, its words do not show."""
    return _thread(request, commands.withdraw_comment(actor_of(request), get_comment(actor_of(request), comment_id)))


@router.post("/comments/{id:comment_id}/restore", response=ThreadOut)
def restore(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Undo a withdrawal."""
    return _thread(request, commands.restore_comment(actor_of(request), get_comment(actor_of(request), comment_id)))


@router.post("/comments/{id:comment_id}/resolve", response=ThreadOut)
def resolve(request: HttpRequest, comment_id: int) -> HttpResponse:
    """The thread is settled: it folds away."""
    return _thread(request, commands.resolve_thread(actor_of(request), get_comment(actor_of(request), comment_id)))


@router.post("/comments/{id:comment_id}/reopen", response=ThreadOut)
def reopen(request: HttpRequest, comment_id: int) -> HttpResponse:
    """A settled thread goes on."""
    return _thread(request, commands.reopen_thread(actor_of(request), get_comment(actor_of(request), comment_id)))


@router.put("/comments/{id:comment_id}/reactions/{kind}", response=ThreadOut)
def put_reaction(request: HttpRequest, comment_id: int, kind: str) -> HttpResponse:
    """One's word of assent: `agree`, `thanks`, `idea`, `looking`. Said twice, it is said once."""
    return _thread(request, commands.react(actor_of(request), get_comment(actor_of(request), comment_id), kind=kind))


@router.delete("/comments/{id:comment_id}/reactions/{kind}", response=ThreadOut)
def drop_reaction(request: HttpRequest, comment_id: int, kind: str) -> HttpResponse:
    """Take it back."""
    comment = get_comment(actor_of(request), comment_id)
    return _thread(request, commands.take_back_reaction(actor_of(request), comment, kind=kind))


@router.get("/objectives/{id:objective_id}/follow", response=FollowingOut)
def following(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Does one hear of it?"""
    actor = actor_of(request)
    return answer({"is_following": is_following(actor, get_objective(actor, objective_id))})


@router.put("/objectives/{id:objective_id}/follow", response=FollowingOut)
def follow(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Hear of check-ins, comments and changes."""
    commands.follow_objective(actor_of(request), get_objective(actor_of(request), objective_id))
    return answer({"is_following": True})


@router.delete("/objectives/{id:objective_id}/follow", response=FollowingOut)
def mute(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Hear of it no more; a mention still arrives."""
    commands.mute_objective(actor_of(request), get_objective(actor_of(request), objective_id))
    return answer({"is_following": False})
