"""Hot reads: a query written in the ORM, compiled to SQL once, answered as plain rows.

Building and compiling a queryset costs several times what a small query itself does. `Rows` does it
at the first call and afterwards only binds values, so a page that asks the same five questions a
thousand times a minute pays for five questions.
"""

import inspect
from collections.abc import Callable
from itertools import count
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connection
from django.db.models import QuerySet

Row = TypeVar("Row")
_marks = count(900_000_000_001)  # values no row has, to find the places of parameters in the SQL


class Compiled(NamedTuple):
    sql: str
    ready: str | None  # the same with SQLite's own placeholders
    args: tuple[Any, ...]  # a parameter's place where its value goes, else the constant
    converters: list[tuple[int, list[Callable[..., Any]], Any]]


class _Place(NamedTuple):
    name: str


class Rows(Generic[Row]):
    """`build(a, b)` returns a `values_list()` queryset for integer keys a and b; calling gives rows.

    Parameters are whole numbers (keys of rows), each used as an exact value.
    """

    def __init__(self, row: Callable[..., Row], build: Callable[..., QuerySet[Any, Any]]) -> None:
        self.row = row
        self.build = build
        self._compiled: dict[str, Compiled] = {}

    def __call__(self, **values: int) -> list[Row]:
        ready = self._compiled.get(connection.vendor) or self._compile()
        found = answers(ready, values)
        if not ready.converters:
            return [self.row(*one) for one in found]
        return [self.row(*converted(one, ready.converters)) for one in found]

    def _compile(self) -> Compiled:
        _compiler, self._compiled[connection.vendor] = compiled(self.build)
        return self._compiled[connection.vendor]


def compiled(build: Callable[..., QuerySet[Any, Any]]) -> tuple[Any, Compiled]:
    """The query that `build` makes, as SQL with places for its parameters; and Django's compiler of it."""
    marks = {name: next(_marks) for name in inspect.signature(build).parameters}
    compiler = build(**marks).query.get_compiler(connection.alias)
    sql, params = compiler.as_sql()
    names = {mark: name for name, mark in marks.items()}
    columns = [column for column, _sql, _alias in compiler.select]
    converters = [
        (place, list(convs), expression) for place, (convs, expression) in compiler.get_converters(columns).items()
    ]
    args = tuple(_Place(names[one]) if one in names else one for one in params)
    ready = sql.replace("%s", "?").replace("%%", "%") if connection.vendor == "sqlite" else None
    return compiler, Compiled(sql, ready, args, converters)


def answers(ready: Compiled, values: dict[str, int]) -> list[tuple[Any, ...]]:
    """The raw rows.

    On SQLite, Django rewrites the placeholders of every query each time, which costs as much as a small query.
    Unless somebody listens to the queries (tests that count them, say), the rewritten text is used straight.
    """
    args = [values[one.name] if isinstance(one, _Place) else one for one in ready.args]
    try:
        return _asked(ready, args)
    except OverflowError:
        return []  # a key beyond all keys, from a forged address: SQLite cannot even be asked for it


def _asked(ready: Compiled, args: list[Any]) -> list[tuple[Any, ...]]:
    if ready.ready is None or connection.queries_logged or connection.execute_wrappers:
        with connection.cursor() as cursor:
            cursor.execute(ready.sql, args)
            return list(cursor.fetchall())
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return list(connection.connection.execute(ready.ready, args).fetchall())


def converted(raw: tuple[Any, ...], converters: list[tuple[int, list[Callable[..., Any]], Any]]) -> list[Any]:
    """A raw row as Django's fields read it; null stays None."""
    row = list(raw)
    for place, convs, expression in converters:
        value = row[place]
        if value is not None:
            for convert in convs:
                value = convert(value, expression, connection)
            row[place] = value
    return row
