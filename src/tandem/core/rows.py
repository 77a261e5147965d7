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
    args: tuple[Any, ...]  # a parameter's name where its value goes, else the constant
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
        compiled = self._compiled.get(connection.vendor) or self._compile()
        args = [values[one.name] if isinstance(one, _Place) else one for one in compiled.args]
        with connection.cursor() as cursor:
            cursor.execute(compiled.sql, args)
            found = cursor.fetchall()
        if not compiled.converters:
            return [self.row(*one) for one in found]
        return [self.row(*_converted(list(one), compiled.converters)) for one in found]

    def _compile(self) -> Compiled:
        marks = {name: next(_marks) for name in inspect.signature(self.build).parameters}
        compiler = self.build(**marks).query.get_compiler(connection.alias)
        sql, params = compiler.as_sql()
        names = {mark: name for name, mark in marks.items()}
        columns = [column for column, _sql, _alias in compiler.select]
        converters = [
            (place, list(convs), expression) for place, (convs, expression) in compiler.get_converters(columns).items()
        ]
        args = tuple(_Place(names[one]) if one in names else one for one in params)
        self._compiled[connection.vendor] = Compiled(sql, args, converters)
        return self._compiled[connection.vendor]


def _converted(row: list[Any], converters: list[tuple[int, list[Any], Any]]) -> list[Any]:
    for place, convs, expression in converters:
        value = row[place]
        for convert in convs:
            value = convert(value, expression, connection)
        row[place] = value
    return row
