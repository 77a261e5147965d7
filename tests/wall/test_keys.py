"""Locks 2 and 3: which tables may point where, and that nothing leads back."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.db import models

FORBIDDEN = {
    "rewards": {"okr", "growth", "guide"},
    "kpi": {"okr", "growth", "guide", "rewards"},
    "okr": {"rewards"},
    "growth": {"rewards", "kpi"},
    "guide": {"rewards"},
    "people": {"okr", "growth", "guide", "kpi", "rewards"},
    "cycles": {"okr", "growth", "guide", "kpi", "rewards"},
    "activity": {"okr", "growth", "guide", "kpi", "rewards"},
}
"""By the package of a table: to whose tables it must not point."""


def label_of(to: Any) -> str:
    """The package a key points to, named by its class or as text (`okr.Objective`)."""
    return to.partition(".")[0].lower() if isinstance(to, str) else to._meta.app_label


def faults(tables: Iterable[type[models.Model]]) -> list[str]:
    """Keys of these tables that cross the wall, and keys that leave goals or growth with a way back."""
    found = []
    for table in tables:
        own = table._meta.app_label
        for key in [*table._meta.local_fields, *table._meta.local_many_to_many]:
            if key.remote_field is None or not key.is_relation:
                continue
            to = label_of(key.remote_field.model)
            if to in FORBIDDEN.get(own, set()):
                found.append(f"{own}.{table.__name__}.{key.name} points to {to}")
            if own in ("okr", "growth") and to != own and key.remote_field.related_name != "+":
                found.append(f"{own}.{table.__name__}.{key.name} leaves a way back")
    return found


def test_no_key_crosses_the_wall_and_none_leads_back() -> None:
    assert not faults(apps.get_models(include_auto_created=True))


def planted(app: str, key: models.Field[Any, Any]) -> type[models.Model]:
    """A table of this package with one key, in a registry of its own."""
    meta = type("Meta", (), {"app_label": app, "apps": Apps()})
    return type("Planted", (models.Model,), {"__module__": f"tandem.{app}.models", "Meta": meta, "key": key})


KEY = {"on_delete": models.PROTECT}


@pytest.mark.parametrize(
    ("app", "key", "said"),
    [
        ("rewards", models.ForeignKey("okr.Objective", related_name="+", **KEY), "points to okr"),
        ("rewards", models.OneToOneField("OKR.GoalSet", related_name="+", **KEY), "points to okr"),
        ("rewards", models.ManyToManyField("okr.KeyResult", related_name="+"), "points to okr"),
        ("rewards", models.ForeignKey("growth.Review", related_name="+", **KEY), "points to growth"),
        ("kpi", models.ForeignKey("okr.Objective", related_name="+", **KEY), "points to okr"),
        ("kpi", models.ForeignKey("rewards.Entry", related_name="+", **KEY), "points to rewards"),
        ("okr", models.ForeignKey("rewards.Entry", related_name="+", **KEY), "points to rewards"),
        ("growth", models.ForeignKey("rewards.Entry", related_name="+", **KEY), "points to rewards"),
        ("people", models.ForeignKey("okr.Objective", related_name="+", **KEY), "points to okr"),
        ("okr", models.ForeignKey("people.Person", **KEY), "a way back"),
        ("okr", models.ForeignKey("people.Person", related_name="goals", **KEY), "a way back"),
        ("growth", models.ManyToManyField("people.Person", related_name="stories"), "a way back"),
    ],
)  # fmt: skip
def test_a_planted_key_is_found(app: str, key: models.Field[Any, Any], said: str) -> None:
    assert any(said in fault for fault in faults([planted(app, key)]))


def test_an_honest_key_is_let_be() -> None:
    assert not faults([planted("rewards", models.ForeignKey("people.Person", related_name="+", **KEY))])
