"""Talk about goals: threads with their replies and reactions, as one reads them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from markupsafe import Markup

from tandem.core.one_row import one_row
from tandem.core.ranked import ranked
from tandem.core.texts import markdown
from tandem.okr.models import Comment, CoOwner, Follow, Objective, Reaction, ReactionKind
from tandem.okr.queries.lookups import get_objective, missing
from tandem.people.actors import Actor

THREADS, REPLIES, MOST_REPLIES = 20, 20, 400
REACTIONS = ReactionKind.choices
COMMENT_COLUMNS = (
    *("pk", "objective_id", "key_result_id", "key_result__title", "check_in_id", "check_in__on", "thread_id"),
    *("author_id", "author__name", "text", "mentions", "written_at", "edited_at", "withdrawn_at"),
    *("resolved_at", "resolved_by__name", "field", "quote", "position", "version"),
)
_ESCAPED = r"\\\1"
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~])")


class CommentRow(NamedTuple):
    """One comment. Its text is not there once it was withdrawn."""

    id: int
    objective_id: int
    key_result_id: int | None
    key_result_title: str | None
    check_in_id: int | None
    check_in_on: date | None
    thread_id: int | None
    author_id: int | None
    author_name: str | None
    text: str
    mentions: list[dict[str, Any]]
    written_at: datetime
    edited_at: datetime | None
    withdrawn_at: datetime | None
    resolved_at: datetime | None
    resolved_by: str | None
    field: str
    quote: str
    position: int | None
    version: int

    @property
    def html(self) -> Markup:
        """The text as safe HTML; whom it names is a link."""
        links = {f"@{one['name']}": reverse("person", args=[one["id"]]) for one in self.mentions}
        if not links:
            return markdown(self.text)
        names = "|".join(re.escape(name) for name in sorted(links, key=len, reverse=True))
        return markdown(re.sub(names, lambda found: _linked(found[0], links[found[0]]), self.text))

    @property
    def words_are_gone(self) -> bool:
        return bool(self.quote) and self.position is None

    @property
    def about(self) -> str:
        """What it is about, as the page names it: `key_result:5`."""
        if self.check_in_id is not None:
            return f"check_in:{self.check_in_id}"
        if self.key_result_id is not None:
            return f"key_result:{self.key_result_id}"
        return f"objective:{self.objective_id}"


def _linked(name: str, address: str) -> str:
    return f"[{_SPECIAL.sub(_ESCAPED, name)}]({address})"


class ReactionCount(NamedTuple):
    kind: str
    times: int
    is_mine: bool


@dataclass(frozen=True)
class Said:
    """A comment with the reactions to it."""

    comment: CommentRow
    reactions: list[ReactionCount] = field(default_factory=list)


@dataclass(frozen=True)
class Thread:
    """`replies` are the newest, oldest first; `earlier` says how many came before them."""

    first: Said
    replies: list[Said] = field(default_factory=list)
    earlier: int = 0

    @property
    def is_resolved(self) -> bool:
        return self.first.comment.resolved_at is not None

    @property
    def count(self) -> int:
        return 1 + self.earlier + len(self.replies)


def get_comment(actor: Actor, pk: int) -> Comment:
    """Raises Missing (404) where there is none, or the actor does not see its objective."""
    found = one_row(Comment, pk)
    if found is None:
        raise missing()
    get_objective(actor, found.objective_id)
    return found


def threads_under(
    actor: Actor, objective: Objective, *, before: int | None = None, limit: int = THREADS
) -> list[Thread]:
    """Threads about the objective and what lies under it, the newest first: three queries."""
    roots = Comment.objects.filter(objective=objective, thread=None).order_by("-pk")
    if before is not None:
        roots = roots.filter(pk__lt=before)
    return _threads(actor, [CommentRow(*one) for one in roots.values_list(*COMMENT_COLUMNS)[:limit]])


def one_thread(actor: Actor, root_id: int, *, since: int | None = None) -> Thread:
    """Three queries, one more with `since`: the replies from that comment on, `MOST_REPLIES` at most. Raises
    Missing."""
    rows = Comment.objects.filter(pk=root_id, thread=None).values_list(*COMMENT_COLUMNS)
    size = REPLIES
    if since is not None:
        size = max(size, min(Comment.objects.filter(thread=root_id, pk__gte=since).count(), MOST_REPLIES))
    found = _threads(actor, [CommentRow(*one) for one in rows], size)
    if not found:
        raise missing()
    return found[0]


def replies_before(actor: Actor, root: Comment, *, before: int | None = None, limit: int = REPLIES) -> list[Said]:
    """The newest replies of a thread before the one with that key, the newest first: two queries."""
    rows = Comment.objects.filter(thread=root.pk).order_by("-pk").values_list(*COMMENT_COLUMNS)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = [CommentRow(*one) for one in rows[:limit]]
    reactions = _reactions(actor, [one.id for one in found]) if found else {}
    return [Said(_shown(one), reactions.get(one.id, [])) for one in found]


def _threads(actor: Actor, roots: list[CommentRow], size: int = REPLIES) -> list[Thread]:
    if not roots:
        return []
    below = Comment.objects.filter(thread__in=[one.id for one in roots])
    newest = ranked(below, "thread_id", ["-pk"], end=size).values_list(*COMMENT_COLUMNS, "of_all")
    rows, whole = [], {}
    for *columns, of_all in newest:
        rows.append(one := CommentRow(*columns))
        whole[one.thread_id] = of_all
    reactions = _reactions(actor, [one.id for one in (*roots, *rows)])
    said = {one.id: Said(_shown(one), reactions.get(one.id, [])) for one in (*roots, *rows)}
    replies: dict[int | None, list[Said]] = {}
    for one in sorted(rows, key=lambda one: one.id):
        replies.setdefault(one.thread_id, []).append(said[one.id])
    threads = ((said[one.id], replies.get(one.id, []), whole.get(one.id, 0)) for one in roots)
    return [Thread(first, below, of_all - len(below)) for first, below, of_all in threads]


def _shown(row: CommentRow) -> CommentRow:
    return row if row.withdrawn_at is None else row._replace(text="", mentions=[])


def _reactions(actor: Actor, comments: Iterable[int]) -> dict[int, list[ReactionCount]]:
    rows: QuerySet[Any, Any] = (
        Reaction.objects.filter(comment__in=comments).order_by().values_list("comment_id", "kind")
    )
    counted = rows.annotate(Count("pk"), mine=Coalesce(Max("pk", filter=Q(person=actor.pk)), 0))
    found: dict[int, list[ReactionCount]] = {}
    for comment, kind, count, mine in sorted(counted):
        found.setdefault(comment, []).append(ReactionCount(kind, count, mine > 0))
    return found


def is_following(actor: Actor, objective: Objective) -> bool:
    """Does the actor hear of it: by choice, or because they own it? Two queries at most."""
    chosen = Follow.objects.filter(objective=objective, person=actor.pk).values_list("is_muted", flat=True).first()
    if chosen is not None:
        return not chosen
    owns = objective.goal_set.owner_person_id == actor.pk
    return owns or CoOwner.objects.filter(objective=objective, person=actor.pk).exists()
