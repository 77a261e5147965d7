"""Rows that are written once and never again: what was announced, and what was put into the ledger."""

from typing import Any, ClassVar

from django.db import models

from tandem.core.model import Model


class WrittenOnce(RuntimeError):
    """Code tried to change what stands for good. No user can cause it."""


class KeptRows(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> int:
        raise WrittenOnce(self.model.__name__)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise WrittenOnce(self.model.__name__)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise WrittenOnce(self.model.__name__)


class Kept(Model):
    """The database refuses a change as well (see the migration)."""

    objects: ClassVar[Any] = KeptRows.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise WrittenOnce(type(self).__name__)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise WrittenOnce(type(self).__name__)
