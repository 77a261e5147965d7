"""The base of tables with many rows: Django's rows, made without looking at each of their fields in turn."""

from collections.abc import Callable, Collection
from functools import cache
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models.base import ModelState

M = TypeVar("M", bound=models.Model)


class Model(models.Model):
    """Nothing listens to the making of these rows, and their columns are plain: they can be filled in one go."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any]) -> Self:
        if len(values) != len(cls._meta.concrete_fields):
            return super().from_db(db, field_names, values)
        row = _empty(cls)
        row.__dict__.update(zip(field_names, values, strict=True))
        row._state.adding, row._state.db = False, db
        return row

    @classmethod
    def new(cls, **values: Any) -> Self:
        """A row to be inserted: these values (foreign keys by their columns, `goal_set_id`), else the defaults."""
        row = _empty(cls)
        constant, made = _defaults(cls)
        row.__dict__.update(constant)
        for name, make in made:
            if name not in values:
                row.__dict__[name] = make()
        row.__dict__.update(values)
        return row


def _empty(model: type[M]) -> M:
    row = model.__new__(model)
    row._state = ModelState()
    return row


@cache
def _defaults(model: type[models.Model]) -> tuple[dict[str, Any], list[tuple[str, Callable[[], Any]]]]:
    """By column: what is the same for every row, and what is made anew for each."""
    constant, made = {}, []
    for field in model._meta.concrete_fields:
        if callable(field.default) and field.has_default():
            made.append((field.attname, field.default))
        else:
            constant[field.attname] = field.get_default()
    return constant, made
