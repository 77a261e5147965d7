"""Tables and columns as statements of our own name them, and values as the database's driver takes them."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.models import DateField, DateTimeField, DecimalField, Field, JSONField, Model

Adapter = Callable[[Any], Any]
_KEPT = 4096


def table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def column(field: Field[Any, Any]) -> str:
    assert field.column is not None
    return connection.ops.quote_name(field.column)


def concrete(model: type[Model], name: str) -> Field[Any, Any]:
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return field


def insertion(model: type[Model], fields: Sequence[Field[Any, Any]]) -> str:
    places = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {table(model)} ({', '.join(map(column, fields))}) VALUES ({places})"  # noqa: S608 - our own names


def adapter(field: Field[Any, Any]) -> Adapter | None:
    """What makes a field's value (of its own type already) fit for the driver; None where it is fit as it is.

    Numbers and days come again and again and are kept written.
    """
    ops = connection.ops
    if isinstance(field, DecimalField):
        digits, places = field.max_digits, field.decimal_places
        return lru_cache(_KEPT)(lambda value: ops.adapt_decimalfield_value(value, digits, places))
    if isinstance(field, DateTimeField):
        return ops.adapt_datetimefield_value
    if isinstance(field, DateField):
        return lru_cache(_KEPT)(ops.adapt_datefield_value)
    if isinstance(field, JSONField):
        empty = field.get_db_prep_save([], connection)
        return lambda value: empty if value == [] else field.get_db_prep_save(value, connection)
    return None


class Columns:
    """The columns of a statement: reads a row's values in their order, as the driver takes them."""

    def __init__(self, fields: Sequence[Field[Any, Any]]) -> None:
        self._all = itemgetter(*(field.attname for field in fields), "_state")  # one more, so that it is a tuple always
        found = ((place, adapter(field)) for place, field in enumerate(fields))
        self._adapted = [(place, adapt) for place, adapt in found if adapt is not None]

    def values_of(self, row: Model) -> list[Any]:
        values: list[Any]
        *values, _state = self._all(row.__dict__)
        for place, adapt in self._adapted:
            if values[place] is not None:
                values[place] = adapt(values[place])
        return values
