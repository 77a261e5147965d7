"""Hot reads: a query written in the ORM, compiled to SQL once, answered as plain rows.

Building and compiling a queryset costs several times what a small query itself does. `Rows` does it
at the first call and afterwards only binds values, so a page that asks the same five questions a
thousand times a minute pays for five questions.
"""

import inspect
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache
from itertools import count, starmap
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

from tandem.core.wall import is_heard_by_others, refuse_look

Row = TypeVar("Row")
_marks = count(900_000_000_001)  # values no row has, to find the places of parameters in the SQL
_days = count()  # the same for days, of the first years of the calendar
_texts = count()
_COME_AGAIN, _KEPT_READ = ("DecimalField", "DateField"), 2048
MOST_KEYS = 32  # how many keys a parameter that is a list takes


Converter = tuple[int, Callable[[Any], Any]]  # a column's place, and what reads its raw value


class Compiled(NamedTuple):
    sql: str
    ready: str | None  # the same with SQLite's own placeholders
    args: tuple[Any, ...]  # a parameter's place where its value goes, else the constant
    converters: list["Converter"]

    def bound(self, values: dict[str, Any], vendor: str) -> list[Any]:
        """The query's parameters with these values in their places."""
        return [one.value(values, vendor) if type(one) is _Place else one for one in self.args]


class _Place(NamedTuple):
    name: str
    item: int | None = None

    def value(self, values: dict[str, Any], vendor: str) -> Any:
        value = values[self.name]
        if self.item is not None:
            assert len(value) <= MOST_KEYS, "too many keys"
            return value[self.item] if self.item < len(value) else 0
        return value.isoformat() if vendor == "sqlite" and isinstance(value, date) else value


class Rows(Generic[Row]):
    """`build(a, b)` returns a `values_list()` queryset for keys a and b; calling gives rows.

    Parameters are whole numbers, each used as an exact value, or (annotated so) a `str`, a `date` or a `list[int]`
    of at most `MOST_KEYS` keys for `__in`. A whole number may also be where a slice of a fixed size begins.
    """

    def __init__(self, row: Callable[..., Row], build: Callable[..., QuerySet[Any, Any]]) -> None:
        self.row = row
        self.build = build
        self._compiled: dict[str, Compiled] = {}

    def __call__(self, **values: Any) -> list[Row]:
        ready = self._compiled.get(connection.vendor) or self._compile()
        found = answers(ready, values)
        if not ready.converters:
            return list(starmap(self.row, found))
        return [self.row(*converted(one, ready.converters)) for one in found]

    def of_any_length(self, **values: Any) -> list[Row]:
        """The same where lists may hold more than `MOST_KEYS` keys: then the query is built for this once."""
        if all(type(one) is not list or len(one) <= MOST_KEYS for one in values.values()):
            return self(**values)
        return list(starmap(self.row, self.build(**values)))

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
        (place, _converter(convs, expression))
        for place, (convs, expression) in compiler.get_converters(columns).items()
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
    if kind is str:
        text = f"\x1a{next(_texts)}"
        places[text] = _Place(name)
        return text
    mark = date.min + timedelta(days=next(_days)) if kind is date else next(_marks)
    places |= {mark: _Place(name), str(mark): _Place(name)}  # SQLite is given days as text
    return mark


def answers(ready: Compiled, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The raw rows.

    On SQLite, Django rewrites the placeholders of every query each time, which costs as much as a small query.
    Unless somebody listens to the queries (tests that count them, say), the rewritten text is used straight.
    """
    using = connections[DEFAULT_DB_ALIAS]  # looked up once: the proxy looks at every use
    try:
        return _asked(using, ready, ready.bound(values, using.vendor))
    except OverflowError:
        return []  # a key beyond all keys, from a forged address: SQLite cannot even be asked for it


def _asked(using: BaseDatabaseWrapper, ready: Compiled, args: list[Any]) -> list[tuple[Any, ...]]:
    if ready.ready is None or using.queries_logged or is_heard_by_others(using):
        with using.cursor() as cursor:
            cursor.execute(ready.sql, args)
            return list(cursor.fetchall())
    refuse_look(ready.sql)
    using.ensure_connection()
    with using.wrap_database_errors:
        found: list[tuple[Any, ...]] = using.connection.execute(ready.ready, args).fetchall()
    return found


def _converter(convs: Iterable[Callable[..., Any]], expression: Any) -> Callable[[Any], Any]:
    """Django's ways to read one column, as one; numbers and days come again and again and are kept read."""
    steps = list(convs)

    def read(value: Any) -> Any:
        for step in steps:
            value = step(value, expression, connection)
        return value

    return lru_cache(_KEPT_READ)(read) if expression.output_field.get_internal_type() in _COME_AGAIN else read


def converted(raw: tuple[Any, ...], converters: list[Converter]) -> list[Any]:
    """A raw row as Django's fields read it; null stays None."""
    row = list(raw)
    for place, read in converters:
        value = row[place]
        if value is not None:
            row[place] = read(value)
    return row
