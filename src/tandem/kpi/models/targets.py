"""Who carries which indicators in a cycle, with which values, and who signed them."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tandem.core.clock import now
from tandem.core.model import Model
from tandem.kpi.models.indicators import Method
from tandem.kpi.models.line import is_in_line, leads_over

if TYPE_CHECKING:
    from tandem.core.commands import Actor


class Kind(models.TextChoices):
    SCORED = "scored", _("scored")
    PLUS_MINUS = "plus_minus", _("plus or minus points")
    VETO = "veto", _("veto item")
    WATCH = "watch", _("watched only")


class State(models.TextChoices):
    ISSUED = "issued", _("issued, waits for the carrier")
    NEGOTIATING = "negotiating", _("the carrier negotiates")
    FINAL = "final", _("final word, waits for the carrier")
    ACCEPTED = "accepted", _("accepted by both")
    DROPPED = "dropped", _("dropped")


def seen_by(actor: "Actor", path: str = "") -> models.Q:
    """Who may see a scheme at `path` (`scheme`; "" is the row itself): its carrier (a unit's are its own people),
    who stands above the carrier, and the people team."""
    if actor.is_system or actor.is_people_team:
        return models.Q()
    at = f"{path}__" if path else ""
    own = models.Q(**{f"{at}carrier_person": actor.pk})
    unit = getattr(actor, "unit_id", None)
    if unit is not None:
        own |= models.Q(**{f"{at}carrier_unit": unit})
    return (
        own
        | models.Q(leads_over(f"{at}carrier_unit_id", actor.pk))
        | models.Q(is_in_line(f"{at}carrier_person_id", actor.pk))
    )


class Schemes(models.QuerySet["Scheme"]):
    def visible_to(self, actor: "Actor") -> "Schemes":
        return self.filter(seen_by(actor))


class Scheme(Model):
    """One carrier's targets of one cycle; those of people belong to the scheme of their whole team."""

    carrier_person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    carrier_unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    """For a person: the team that has the same indicators."""
    cycle = models.ForeignKey("cycles.Cycle", models.PROTECT, related_name="+")
    difficulty = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    """A factor agreed for work harder or easier than usual; null: none."""
    made_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    objects = Schemes.as_manager()
    read_with = ("carrier_person", "carrier_unit", "team", "cycle")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(carrier_person__isnull=True, carrier_unit__isnull=False)
                | models.Q(carrier_person__isnull=False, carrier_unit__isnull=True),
                name="scheme_has_one_carrier",
            ),
            models.UniqueConstraint(fields=["carrier_person", "cycle"], name="one_scheme_of_a_person"),
            models.UniqueConstraint(fields=["carrier_unit", "cycle"], name="one_scheme_of_a_unit"),
        ]
        indexes: ClassVar = [models.Index(fields=["cycle", "team"], name="schemes_of_a_team")]

    @property
    def carrier(self) -> Any:
        return self.carrier_person or self.carrier_unit

    def as_version(self) -> dict[str, Any]:
        return {"version": self.version}


class Targets(models.QuerySet["Target"]):
    def visible_to(self, actor: "Actor") -> "Targets":
        return self.filter(seen_by(actor, "scheme"))

    def standing(self) -> "Targets":
        return self.exclude(state=State.DROPPED)

    def below(self, target: "Target") -> "Targets":
        """Those of the same indicator and cycle right below a unit's: of its members, and of the units under it."""
        unit = target.scheme.carrier_unit_id
        if unit is None:
            return self.none()
        right_below = models.Q(scheme__team=unit) | models.Q(scheme__carrier_unit__parent=unit)
        same = self.standing().filter(right_below, indicator=target.indicator_id, scheme__cycle=target.scheme.cycle_id)
        return same.order_by("scheme__carrier_unit__name", "scheme__carrier_person__name", "pk")


TERMS = ("target", "floor", "challenge", "weight", "dimension_weight", "kind", "method", "parameters")
"""What both sides sign."""


class Target(Model):
    """An indicator (one version of it) given to a carrier. `number` counts the versions of its terms."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="targets")
    indicator = models.ForeignKey("kpi.Indicator", models.PROTECT, related_name="+")
    definition = models.ForeignKey("kpi.IndicatorVersion", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.SCORED)
    target = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    floor = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    challenge = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    weight = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    """Per cent of the whole: those of a scheme add to 100. 0 for what is not scored by weight."""
    dimension_weight = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    """With two levels: per cent of its whole dimension, the same for all in it; those of the dimensions add to 100, and
    the weights inside each. Null: one level."""
    method = models.CharField(max_length=16, choices=Method.choices)
    parameters = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State.choices, default=State.ISSUED)
    number = models.PositiveIntegerField(default=1)
    issued_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    """The leader's signature under these terms."""
    accepted_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    """The carrier's; gone when the terms change."""
    parent = models.ForeignKey("self", models.SET_NULL, null=True, related_name="children")
    """The target of the unit above that this one was split from."""
    buffer = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    """Per cent by which what is handed down is meant to exceed it."""
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = Targets.as_manager()
    lock_through = "scheme"
    read_with = ("indicator", "scheme__carrier_person", "scheme__carrier_unit", "scheme__team", "scheme__cycle")

    class Meta:
        ordering = ("position", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scheme", "indicator"], condition=~models.Q(state="dropped"), name="indicator_once_in_scheme"
            ),
            models.CheckConstraint(condition=models.Q(weight__gte=0, weight__lte=100), name="weight_within_100"),
        ]
        indexes: ClassVar = [models.Index(fields=["indicator", "state"], name="targets_of_indicator")]

    @property
    def dimension(self) -> str:
        """Of the version it was given on."""
        return str(self.definition.words.get("dimension", ""))

    def terms(self) -> dict[str, Any]:
        return {name: _plain(getattr(self, name)) for name in TERMS}

    def as_version(self) -> dict[str, Any]:
        return {"version": self.version, "number": self.number, **self.terms()}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | dict) else f"{Decimal(value).normalize():f}"


class TargetStep(models.Model):
    """What was done to a target, by whom, with which words; `terms` are those that held afterwards."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="steps")
    what = models.CharField(max_length=12)
    """issued, changed, accepted, negotiated, final, dropped"""
    author = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    reason = models.CharField(max_length=2000, blank=True, default="")
    wish = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    """The target the carrier proposes instead."""
    number = models.PositiveIntegerField()
    terms = models.JSONField()

    class Meta:
        ordering = ("-pk",)
