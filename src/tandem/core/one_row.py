"""One row by its key: read as a model with what its rules look at beside it, and written back in part.

Commands and doors begin with such a read and end with such writes. Built anew by the ORM each time, a query over
seven tables costs ten times what the database needs to answer it.
"""

from typing import Any, Generic, NamedTuple, TypeVar, cast

from django.db import connection, models
from django.db.models.query import RelatedPopulator, get_related_populators

from tandem.core.columns import Columns, insertion
from tandem.core.rows import Compiled, answers, compiled, converted

M = TypeVar("M", bound=models.Model)


class _Reader(NamedTuple, Generic[M]):
    compiled: Compiled
    model: type[M]
    columns: list[str]
    beside: list[RelatedPopulator]

    def read(self, pk: int) -> M | None:
        for found in answers(self.compiled, {"pk": pk}):
            row = converted(found, self.compiled.converters)
            made = self.model.from_db(connection.alias, self.columns, row[: len(self.columns)])
            for one in self.beside:
                one.populate(row, made)
            return made
        return None


_readers: dict[tuple[str, type[models.Model], tuple[str, ...]], _Reader[Any]] = {}


def one_row(model: type[M], pk: int, *also: str) -> M | None:
    """The row with this key; None when there is none.

    What the model names in `read_with` (paths of foreign keys), and `also`, is read with it.
    """
    place = (connection.vendor, model, also)
    if place not in _readers:
        _readers[place] = _reader(model, also)
    return cast("M | None", _readers[place].read(pk))


def _reader(model: type[M], also: tuple[str, ...]) -> _Reader[M]:
    beside = (*getattr(model, "read_with", ()), *also)
    rows = model._base_manager.select_related(*beside) if beside else model._base_manager.all()
    compiler, ready = compiled(lambda pk: rows.filter(pk=pk).order_by())
    columns = [field.attname for field in model._meta.concrete_fields]
    return _Reader(
        ready, model, columns, get_related_populators(compiler.klass_info, compiler.select, connection.alias)
    )


class _Inserter(NamedTuple):
    statement: str
    columns: Columns


_inserters: dict[tuple[str, type[models.Model]], _Inserter] = {}


def insert_row(row: models.Model) -> None:
    """Insert one new row; it gets its key. Its values must have their fields' types already."""
    model = type(row)
    place = (connection.vendor, model)
    if place not in _inserters:
        fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        _inserters[place] = _Inserter(insertion(model, fields), Columns(fields))
    statement, columns = _inserters[place]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(statement, columns.values_of(row))
            row.pk = cursor.lastrowid
        else:
            cursor.execute(statement + " RETURNING id", columns.values_of(row))
            row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias


def write_row(model: type[models.Model], pk: int, values: dict[str, Any]) -> None:
    """Write these fields of one row."""
    fields = [field for field in model._meta.concrete_fields if field.name in values]
    assert len(fields) == len(values)
    steps = ", ".join(f'"{field.column}" = %s' for field in fields)
    written = [field.get_db_prep_save(values[field.name], connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{model._meta.db_table}" SET {steps} WHERE id = %s', [*written, pk])  # noqa: S608
