"""The pay wall at run time: what works for pay runs blind, and a query that names a table of goals is refused.

The wall knows no goals: features say at start which tables are theirs (`hide`), and who writes refusals down (`tell`).
It keeps honest code from looking by accident or by a detour; whoever holds the database itself is not held by it.
"""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from tandem.core.errors import NotAllowed

BLIND = ("kpi", "rewards")
"""Whatever these packages do, they do without looking at goals."""
log = logging.getLogger("tandem.wall")


class WalledOff(NotAllowed):
    """A rule of pay looked for goals (403)."""

    code = "walled_off"


@dataclass(frozen=True)
class Refused:
    """That something that runs blind named a table it must not see."""

    what: str
    """A command (`kpi.issue_target`) or the place of a page."""
    table: str
    person: int | None


@dataclass
class _Blindness:
    what: str
    person: int | None
    is_writing: bool
    refused: list[Refused] = field(default_factory=list)
    is_aside: bool = False


_hidden_apps: set[str] = set()
_unread: set[str] = set()
_tellers: list[Callable[[list[Refused]], None]] = []
_blind: ContextVar["_Blindness | None"] = ContextVar("blind", default=None)
_untold: ContextVar[tuple[Refused, ...]] = ContextVar("untold", default=())


def hide(app: str) -> None:
    """The tables of this app are not for anything that runs blind."""
    _hidden_apps.add(app)
    _forget()


def keep_unread(table: str) -> None:
    """A table that holds news of goals beside others': a command that runs blind may write in it, and not read."""
    _unread.add(table)
    _forget()


def tell(write: Callable[[list[Refused]], None]) -> None:
    """`write` keeps refusals for good; it is called outside the transaction that was refused."""
    if write not in _tellers:
        _tellers.append(write)


def belongs_to_pay(module: str) -> bool:
    """Does code of this module (`tandem.kpi.views.library`) run blind?"""
    return module.removeprefix("tandem.").partition(".")[0] in BLIND and module.startswith("tandem.")


def is_blind() -> bool:
    now = _blind.get()
    return now is not None and not now.is_aside


@contextmanager
def blind(what: str, person: int | None, *, is_writing: bool = False) -> Iterator[None]:
    """Whatever the block asks the database, on any connection, must not name a hidden table. Raises WalledOff (403).

    Refusals are told once no transaction is open: a rollback does not take them back.
    """
    if _blind.get() is not None:
        yield
        return
    state = _Blindness(what, person, is_writing)
    token = _blind.set(state)
    using = list(connections.all())
    for one in using:
        one.execute_wrappers.append(_look)
    try:
        yield
    finally:
        for one in using:
            one.execute_wrappers.remove(_look)
        _blind.reset(token)
        _untold.set((*_untold.get(), *state.refused))
        settle()


def refuse_swallowed() -> None:
    """At the end of a command: a refusal that it caught and went on from is raised again, so nothing it wrote stays."""
    state = _blind.get()
    if state is not None and state.refused:
        raise _refusal()


@contextmanager
def aside() -> Iterator[None]:
    """For the frame around a page, which counts the news that waits for its reader, and for nothing else."""
    state = _blind.get()
    if state is None or state.is_aside:
        yield
        return
    state.is_aside = True
    try:
        yield
    finally:
        state.is_aside = False


def settle() -> None:
    """Have refusals written down that were not yet, unless a transaction is open: its end comes first."""
    untold = _untold.get()
    if untold and not connection.in_atomic_block:
        _untold.set(())
        for write in _tellers:
            write(list(untold))


def _look(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    refuse_look(str(sql))
    return execute(sql, params, many, context)


def refuse_look(sql: str) -> None:
    """Raises WalledOff where something runs blind and this statement names what it must not see."""
    state = _blind.get()
    if state is None or state.is_aside:
        return
    table = named_in(sql, state.is_writing)
    if table:
        refused = Refused(state.what, table, state.person)
        state.refused.append(refused)
        log.error("%s runs blind and asked for %s (person %s)", refused.what, refused.table, refused.person)
        raise _refusal()


def is_heard_by_others(using: BaseDatabaseWrapper) -> bool:
    """Does anybody beside the wall listen to the queries of this connection?"""
    return any(one is not _look for one in using.execute_wrappers)


def _refusal() -> WalledOff:
    return WalledOff(_("What counts for pay does not look at goals. This was refused and written down."))


@lru_cache(maxsize=4096)
def named_in(sql: str, is_writing: bool = False) -> str:
    """The first table that this statement names and something blind must not; "" when it names none.

    Names count whatever their quotes and letters are. Text that could hide a name (another way to write identifiers,
    statements made of text) counts as naming one.
    """
    hidden, unread = _patterns()
    found = hidden.search(sql) or (unread.search(sql) if is_writing else None) or _DISGUISED.search(sql)
    return found[1].strip().lower() if found else ""


_DISGUISED = re.compile(r"(\bU&[\"']|^\s*(?:DO|EXECUTE|PREPARE|CALL)\b|\b\w+_to_xml)", re.IGNORECASE)


_FROM = r'(?:\b(?:FROM|JOIN)\b|,)\s*(?:ONLY\s+)?(?:"?\w+"?\s*\.\s*)?'


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    tables = sorted(
        model._meta.db_table
        for app in apps.get_app_configs()
        if app.label in _hidden_apps
        for model in app.get_models(include_auto_created=True)
    )
    return (
        re.compile(rf"\b({_one_of(tables)})\b", re.IGNORECASE),
        re.compile(rf'{_FROM}"?({_one_of(sorted(_unread))})\b', re.IGNORECASE),
    )


def _one_of(names: list[str]) -> str:
    return "|".join(map(re.escape, names)) or "(?!)"


def _forget() -> None:
    _patterns.cache_clear()
    named_in.cache_clear()
