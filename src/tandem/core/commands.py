"""The one way to write: a command runs in one transaction, locks, asks who may, then acts."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from tandem.core.errors import Conflict, Missing, NotAllowed
from tandem.core.one_row import one_row
from tandem.core.rows import Rows
from tandem.core.wall import belongs_to_pay, blind, refuse_swallowed

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
M = TypeVar("M", bound=models.Model)


class Actor(Protocol):
    """Who acts: a person, or the system itself."""

    @property
    def pk(self) -> Any: ...
    @property
    def is_system(self) -> bool: ...
    @property
    def is_active(self) -> bool: ...
    @property
    def is_administrator(self) -> bool: ...
    @property
    def is_people_team(self) -> bool: ...


A = TypeVar("A", bound=Actor)


@dataclass(frozen=True)
class Registered:
    """A command as the permission matrix sees it."""

    name: str
    may: Callable[..., bool]


REGISTRY: dict[str, Registered] = {}
_acting: ContextVar["Actor | None"] = ContextVar("acting", default=None)


def acting() -> "Actor | None":
    """Who runs the command that is under way: for what follows from a write, whichever command made it."""
    return _acting.get()


def command(
    *, may: Callable[..., bool], first: Callable[[], object] | None = None
) -> Callable[[Callable[Concatenate[A, T, P], R]], Callable[Concatenate[A, T, P], R]]:
    """Make a function `(actor, subject, **fields)` a command.

    `may(actor, subject)` is the permission. A subject that is a row is locked and read again first,
    so the decision stands on what is true inside the transaction. `first` takes a wider lock before
    the row's own, where a rule looks at more than one row (two writers then cannot wait in a ring).
    Commands of packages that count for pay run blind (see `core.wall`).
    Raises NotAllowed (403) when it says no or the actor has left, Missing (404) when the row went away meanwhile.
    """

    def decorate(act: Callable[Concatenate[A, T, P], R]) -> Callable[Concatenate[A, T, P], R]:
        name = f"{act.__module__.removeprefix('tandem.').split('.commands')[0]}.{act.__name__}"
        REGISTRY[name] = Registered(name, may)

        runs_blind = belongs_to_pay(act.__module__)

        @wraps(act)
        def run(actor: A, subject: T, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not runs_blind:
                return run_open(actor, subject, *args, **kwargs)
            with blind(name, actor.pk, is_writing=True):
                return run_open(actor, subject, *args, **kwargs)

        def run_open(actor: A, subject: T, /, *args: P.args, **kwargs: P.kwargs) -> R:
            with transaction.atomic(savepoint=False):
                if first is not None:
                    first()
                if isinstance(subject, models.Model) and subject.pk is not None:
                    subject = locked(subject)
                if not (actor.is_active and may(actor, subject)):
                    raise NotAllowed(_("You may look at this, but not change it."))
                before = _acting.set(actor)
                try:
                    done = act(actor, subject, *args, **kwargs)
                    refuse_swallowed()
                    return done
                finally:
                    _acting.reset(before)

        return run

    return decorate


def locked(row: M) -> M:
    """The same row, read again under a lock that holds until the transaction ends.

    A model whose rows belong to a larger whole names the whole in `lock_through` (a path of foreign
    keys): then that row is the lock, so that two writers in one whole always wait for each other.
    What the rules need beside the row itself is named in `read_with`.
    """
    model = type(row)
    if connection.features.has_select_for_update:
        _lock(model, row.pk)
    fresh = one_row(model, row.pk)
    if fresh is None:
        raise Missing(_("This is no longer here."))
    return fresh


_locks: dict[type[models.Model], Rows[tuple[Any, ...]]] = {}


def _lock(model: type[models.Model], pk: int) -> None:
    """Lock what a row of this model is locked by; the query is compiled once."""
    if model not in _locks:
        _locks[model] = Rows(lambda *row: row, lambda key: _for_update(_lock_of(model, key)))
    _locks[model](key=pk)


def _lock_of(model: type[models.Model], pk: Any) -> models.QuerySet[Any]:
    through: str | None = getattr(model, "lock_through", None)
    if through is None:
        return model._base_manager.filter(pk=pk)
    ids = model._base_manager.filter(pk=pk).values(f"{through}_id")
    return _related_model(model, through)._base_manager.filter(pk__in=ids)


def lock_rows(rows: models.QuerySet[Any]) -> None:
    """Lock rows in the order of their keys (two writers can then never wait for each other in a ring).

    SQLite has one writer at a time, from the start of its transaction: there is nothing to lock.
    """
    if connection.features.has_select_for_update:
        list(_for_update(rows))


def _for_update(rows: models.QuerySet[Any]) -> models.QuerySet[Any, Any]:
    # "No key": rows that point at a locked one can still be written (keys never change here).
    return rows.order_by("pk").select_for_update(no_key=True).values_list("pk")


def _related_model(model: type[models.Model], path: str) -> type[models.Model]:
    for step in path.split("__"):
        related = model._meta.get_field(step).related_model
        assert isinstance(related, type)
        model = related
    return model


def expect_version(row: Any, version: int | None) -> None:
    """Refuse a save that was made from an older version than the one that stands.

    `version` None means the caller did not look first (an import, a job). Raises Conflict (409).
    """
    if version is not None and version != row.version:
        raise Conflict(
            _("Somebody changed this in the meantime. Both versions are kept; choose or combine."),
            current=row.as_version(),
        )
