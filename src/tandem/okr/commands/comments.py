"""Talk: comment, reply, edit and withdraw one's own, resolve a thread, react."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.clock import now
from tandem.core.commands import command, expect_version
from tandem.core.errors import Invalid
from tandem.core.texts import clean_text, shortened
from tandem.okr import access, anchors
from tandem.okr.commands.findable import index_comment
from tandem.okr.commands.follows import follow_by_oneself
from tandem.okr.commands.words import anchor_of, text_of
from tandem.okr.models import CheckIn, Comment, KeyResult, Objective, Reaction, ReactionKind
from tandem.people.actors import Actor
from tandem.people.queries import named_in

if TYPE_CHECKING:
    from tandem.people.models import Person

LONGEST, MOST_MENTIONS = 10_000, 20


@command(may=access.may_talk)
def add_comment(
    actor: Actor,
    objective: Objective,
    /,
    *,
    text: str,
    key_result: KeyResult | None = None,
    check_in: CheckIn | None = None,
    words: dict[str, str] | None = None,
    mentions: "Iterable[Person]" = (),
) -> Comment:
    """Begin a thread about the objective, a key result or check-in under it, or `words` of their texts.

    `words` names the text (`field`: title, description, note) and the `quote`, with `prefix` and `suffix` to tell
    it from the same words elsewhere. `mentions` are people whom the text names after an @; whom it names by the
    whole name is found anyway. Raises Invalid.
    """
    _refuse_elsewhere(objective, key_result, check_in)
    comment = Comment(objective=objective, key_result=key_result, check_in=check_in, author_id=actor.pk)
    if words:
        _set_words(comment, words)
    _write(actor, comment, text, mentions)
    _tell(actor, "comment.written", comment)
    return comment


def _refuse_elsewhere(objective: Objective, key_result: KeyResult | None, check_in: CheckIn | None) -> None:
    if objective.archived_on is not None:
        raise Invalid(_("It is archived; restore it first."), code="archived")
    if key_result is not None and key_result.objective_id != objective.pk:
        raise Invalid(_("It belongs to another objective."), field="key_result")
    if check_in is not None and check_in.key_result.objective_id != objective.pk:
        raise Invalid(_("It belongs to another objective."), field="check_in")
    if check_in is not None and check_in.is_draft:
        raise Invalid(_("A draft is nobody’s to talk about yet."), field="check_in")


def _set_words(comment: Comment, words: dict[str, str]) -> None:
    about = comment.check_in or comment.key_result or comment.objective
    text = text_of(about, words.get("field", ""))
    wanted = clean_text(words.get("quote", ""), "quote", length=2000)
    found = anchors.find(text, wanted, words.get("prefix", ""), words.get("suffix", "")) if wanted else None
    if found is None:
        raise Invalid(_("These words are no longer there; mark them again."), field="quote")
    comment.field = words["field"]
    comment.quote, comment.prefix, comment.suffix = found.quote, found.prefix, found.suffix
    comment.position = found.position


def _write(actor: Actor, comment: Comment, text: str, mentions: "Iterable[Person]") -> None:
    """Text and whom it names; whoever writes follows."""
    comment.text = clean_text(text, "text", length=LONGEST)
    if not comment.text:
        raise Invalid(_("Say something first."), field="text")
    comment.mentions = _named(actor, comment.text, mentions)
    comment.save()
    index_comment(comment)
    follow_by_oneself(actor, comment.objective)


def _named(actor: Actor, text: str, mentions: "Iterable[Person]") -> list[dict[str, Any]]:
    chosen = {one.pk: one.name for one in mentions if f"@{one.name}" in text}
    chosen |= {pk: name for pk, name in named_in(actor, text).items() if name not in chosen.values()}
    if len(chosen) > MOST_MENTIONS:
        raise Invalid(_("This names more than %(most)s people.") % {"most": MOST_MENTIONS}, field="text")
    return [{"id": pk, "name": name} for pk, name in sorted(chosen.items())]


@command(may=access.may_reply)
def reply(actor: Actor, thread: Comment, /, *, text: str, mentions: "Iterable[Person]" = ()) -> Comment:
    """Answer in a thread; one that was resolved opens again. Raises Invalid."""
    if thread.thread_id is not None:
        raise Invalid(_("Answer the first comment of the thread."), code="thread")
    _refuse_elsewhere(thread.objective, None, None)
    comment = Comment(
        objective=thread.objective, key_result=thread.key_result, check_in=thread.check_in, thread=thread,
        author_id=actor.pk,
    )  # fmt: skip
    _write(actor, comment, text, mentions)
    if thread.resolved_at is not None:
        _settle(thread, None)
    _tell(actor, "comment.replied", comment)
    return comment


@command(may=access.is_author)
def edit_comment(
    actor: Actor,
    comment: Comment,
    /,
    *,
    text: str,
    version: int | None = None,
    mentions: "Iterable[Person]" = (),
) -> Comment:
    """Write one's own anew; who is named for the first time is told. Raises Invalid, Conflict."""
    expect_version(comment, version)
    if comment.withdrawn_at is not None:
        raise Invalid(_("It was withdrawn; restore it first."), code="withdrawn")
    before = {one["id"] for one in comment.mentions}
    if comment.text == clean_text(text, "text", length=LONGEST):
        return comment
    comment.version += 1
    comment.edited_at = now()
    _write(actor, comment, text, mentions)
    fresh = [one["id"] for one in comment.mentions if one["id"] not in before]
    _tell(actor, "comment.edited", comment, mentioned=fresh)
    return comment


@command(may=access.is_author)
def withdraw_comment(actor: Actor, comment: Comment) -> Comment:
    """Take one's own back: its place in the thread stays, its words do not show."""
    return _put(actor, comment, "comment.withdrawn", gone=True)


@command(may=access.is_author)
def restore_comment(actor: Actor, comment: Comment) -> Comment:
    """Undo a withdrawal."""
    return _put(actor, comment, "comment.restored", gone=False)


def _put(actor: Actor, comment: Comment, verb: str, *, gone: bool) -> Comment:
    if (comment.withdrawn_at is not None) != gone:
        comment.withdrawn_at = now() if gone else None
        comment.version += 1
        comment.save(update_fields=["withdrawn_at", "version"])
        index_comment(comment)
        _tell(actor, verb, comment)
    return comment


@command(may=access.may_settle)
def resolve_thread(actor: Actor, thread: Comment) -> Comment:
    """It is settled: the thread folds away and can be opened again."""
    if thread.thread_id is not None:
        raise Invalid(_("Only a whole thread can be resolved."), code="thread")
    if thread.resolved_at is None:
        _settle(thread, actor)
        _tell(actor, "comment.resolved", thread)
    return thread


@command(may=access.may_settle)
def reopen_thread(actor: Actor, thread: Comment) -> Comment:
    if thread.resolved_at is not None:
        _settle(thread, None)
        _tell(actor, "comment.reopened", thread)
    return thread


def _settle(thread: Comment, actor: Actor | None) -> None:
    thread.resolved_at = now() if actor is not None else None
    thread.resolved_by_id = actor.pk if actor is not None else None
    thread.version += 1
    thread.save(update_fields=["resolved_at", "resolved_by", "version"])


@command(may=access.may_reply)
def react(actor: Actor, comment: Comment, *, kind: str) -> Comment:
    """Put one of the few words of assent under a comment; twice is once. Raises Invalid."""
    if kind not in ReactionKind.values:
        raise Invalid(_("Choose one of the offered values."), field="kind")
    if comment.withdrawn_at is not None:
        raise Invalid(_("It was withdrawn; restore it first."), code="withdrawn")
    assert actor.pk is not None
    _row, new = Reaction.objects.get_or_create(comment=comment, person_id=actor.pk, kind=kind)
    if new:
        _tell(actor, "comment.reacted", comment, kind=kind)
    return comment


@command(may=access.may_reply)
def take_back_reaction(actor: Actor, comment: Comment, *, kind: str) -> Comment:
    """It leaves no trace."""
    Reaction.objects.filter(comment=comment, person=actor.pk, kind=kind).delete()
    return comment


def _tell(actor: Actor, verb: str, comment: Comment, **data: Any) -> None:
    """One event about the comment, under its objective. The words themselves stay in the comment alone."""
    root = comment.thread or comment
    about = comment.check_in.key_result if comment.check_in is not None else comment.key_result
    title = (about or comment.objective).title
    record(
        actor, verb, comment, comment.objective, title=shortened(anchor_of(root).quote or title), thread=root.pk, **data
    )
