"""Hot reads: a query written in the ORM, compiled to SQL once, answered as plain rows.

Building and compiling a queryset costs several times what a small query itself does. `Rows` does it
at the first call and afterwards only binds values, so a page that asks the same five questions a
thousand times a minute pays for five questions.
"""

import inspect
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connection
from django.db.models import QuerySet

Row = TypeVar("Row")
_marks = count(900_000_000_001)  # values no row has, to find the places of parameters in the SQL
_days = count()  # the same for days, of the first years of the calendar
MOST_KEYS = 32  # how many keys a parameter that is a list takes


class Compiled(NamedTuple):
    sql: str
    ready: str | None  # the same with SQLite's own placeholders
    args: tuple[Any, ...]  # a parameter's place where its value goes, else the constant
    converters: list[tuple[int, list[Callable[..., Any]], Any]]


class _Place(NamedTuple):
    name: str
    item: int | None = None

    def value(self, values: dict[str, Any]) -> Any:
        value = values[self.name]
        if self.item is not None:
            assert len(value) <= MOST_KEYS, "too many keys"
            return value[self.item] if self.item < len(value) else 0
        return value.isoformat() if isinstance(value, date) and connection.vendor == "sqlite" else value


class Rows(Generic[Row]):
    """`build(a, b)` returns a `values_list()` queryset for integer keys a and b; calling gives rows.

    Parameters are whole numbers, each used as an exact value, or (annotated so) a `date` or a `list[int]` of at
    most `MOST_KEYS` keys for `__in`. A whole number may also be where a slice of a fixed size begins.
    """

    def __init__(self, row: Callable[..., Row], build: Callable[..., QuerySet[Any, Any]]) -> None:
        self.row = row
        self.build = build
        self._compiled: dict[str, Compiled] = {}

    def __call__(self, **values: Any) -> list[Row]:
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
    places: dict[Any, _Place] = {}
    marks = {
        name: _marked(name, parameter.annotation, places)
        for name, parameter in inspect.signature(build).parameters.items()
    }
    compiler = build(**marks).query.get_compiler(connection.alias)
    sql, params = compiler.as_sql()
    params = list(params)
    for mark in places:
        if isinstance(mark, int) and f"OFFSET {mark}" in sql:
            sql = sql.replace(f"OFFSET {mark}", "OFFSET %s")
            params.append(mark)
    columns = [column for column, _sql, _alias in compiler.select]
    converters = [
        (place, list(convs), expression) for place, (convs, expression) in compiler.get_converters(columns).items()
    ]
    args = tuple(places.get(one, one) for one in params)
    ready = sql.replace("%s", "?").replace("%%", "%") if connection.vendor == "sqlite" else None
    return compiler, Compiled(sql, ready, args, converters)


def _marked(name: str, kind: object, places: dict[Any, _Place]) -> Any:
    """A value (or a list of them) that will be found again among the query's parameters."""
    if kind == list[int]:
        marks = [next(_marks) for _place in range(MOST_KEYS)]
        places |= {mark: _Place(name, item) for item, mark in enumerate(marks)}
        return marks
    mark = date.min + timedelta(days=next(_days)) if kind is date else next(_marks)
    places |= {mark: _Place(name), str(mark): _Place(name)}  # SQLite is given days as text
    return mark


def answers(ready: Compiled, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The raw rows.

    On SQLite, Django rewrites the placeholders of every query each time, which costs as much as a small query.
    Unless somebody listens to the queries (tests that count them, say), the rewritten text is used straight.
    """
    args = [one.value(values) if isinstance(one, _Place) else one for one in ready.args]
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
