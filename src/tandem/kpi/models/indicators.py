"""The library: what is measured, how, and by whom it is supplied."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tandem.core.clock import now, today
from tandem.core.keys import new_key
from tandem.core.model import Model
from tandem.kpi.rules import library
from tandem.people.access import IsInBranch, LeadsAbove

if TYPE_CHECKING:
    from tandem.core.commands import Actor


class Dimension(models.TextChoices):
    FINANCE = "finance", _("Finance")
    CUSTOMER = "customer", _("Customer")
    PROCESS = "process", _("Internal process")
    LEARNING = "learning", _("Learning and growth")
    OPERATIONS = "operations", _("Operations")
    STRATEGY = "strategy", _("Strategy")
    COMPETENCE = "competence", _("Competence")
    OTHER = "other", pgettext_lazy("dimension", "Other")


class Direction(models.TextChoices):
    HIGHER = "higher", _("higher is better")
    LOWER = "lower", _("lower is better")
    IN_RANGE = "in_range", _("within a range")
    YES_NO = "yes_no", _("yes or no")
    EVENTS = "events", _("count of events")


class Aggregation(models.TextChoices):
    SUM = "sum", _("sum")
    MEAN = "mean", _("mean")
    WEIGHTED = "weighted", _("weighted mean")
    LAST = "last", _("the latest")
    MIN = "min", _("the smallest")
    MAX = "max", _("the largest")
    NONE = "none", _("not aggregated")


class Method(models.TextChoices):
    """How an actual becomes points; the arithmetic of each is in `kpi.rules`."""

    RATIO = "ratio", _("ratio of actual and target, capped")
    INVERSE = "inverse", _("target over actual (lower is better)")
    MIRROR = "mirror", _("mirrored ratio (lower is better)")
    STEPS = "steps", _("step tiers")
    INTERPOLATION = "interpolation", _("between floor, target and challenge")
    DEDUCTION = "deduction", _("straight deduction")
    ALL_OR_NOTHING = "all_or_nothing", _("all or nothing")
    PLUS_MINUS = "plus_minus", _("plus or minus per step")
    PER_EVENT = "per_event", _("deduction per event")
    VETO = "veto", _("veto")
    FORMULA = "formula", _("formula")
    PAYOUT = "payout", _("payout curve")
    RANGE = "range", _("range")
    RATING = "rating", _("rating")


class Indicators(models.QuerySet["Indicator"]):
    def visible_to(self, actor: "Actor") -> "Indicators":
        """Definitions are open to those who may use them: all, or the people of a branch and the leads above it;
        to its supplier, and to the people team."""
        if actor.is_system or actor.is_people_team or actor.is_administrator:
            return self
        return self.filter(
            models.Q(used_by=None)
            | models.Q(supplier=actor.pk)
            | models.Q(IsInBranch(models.F("used_by_id"), actor.pk))
            | models.Q(LeadsAbove(models.F("used_by_id"), actor.pk))
        )


WORDS = (
    "name_en", "name_zh", "dimension", "definition_en", "definition_zh", "formula", "expression", "unit",
    "precision", "direction", "over_time", "over_children", "source", "method", "parameters", "cap", "floor",
)  # fmt: skip
"""What a version keeps: all that says what the number means. Who supplies and uses it, and tags, are beside it."""


class Indicator(Model):
    """The definition of a KPI; `number` is the version that holds."""

    key = models.CharField(max_length=200, unique=True, default=new_key)
    code = models.CharField(_("code"), max_length=60, unique=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True, default="")
    name_zh = models.CharField(_("name in Chinese"), max_length=200, blank=True, default="")
    dimension = models.CharField(_("dimension"), max_length=16, choices=Dimension.choices, default=Dimension.OTHER)
    definition_en = models.TextField(_("definition in English"), blank=True, default="")
    definition_zh = models.TextField(_("definition in Chinese"), blank=True, default="")
    formula = models.CharField(_("how it is computed"), max_length=500, blank=True, default="")
    expression = models.CharField(_("calculated from"), max_length=2000, blank=True, default="")
    """Over the codes of other indicators (see `rules.calculated`); "" where values are handed in."""
    unit = models.CharField(_("unit of measure"), max_length=40, blank=True, default="")
    precision = models.PositiveSmallIntegerField(_("decimals"), default=2)
    direction = models.CharField(_("direction"), max_length=8, choices=Direction.choices, default=Direction.HIGHER)
    over_time = models.CharField(_("over time"), max_length=8, choices=Aggregation.choices, default=Aggregation.LAST)
    over_children = models.CharField(
        _("over those below"), max_length=8, choices=Aggregation.choices, default=Aggregation.NONE
    )
    source = models.CharField(_("where the number comes from"), max_length=200, blank=True, default="")
    supplier = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    method = models.CharField(_("scoring"), max_length=16, choices=Method.choices, default=Method.RATIO)
    parameters = models.JSONField(_("parameters of the scoring"), default=dict, blank=True)
    cap = models.DecimalField(_("at most"), max_digits=18, decimal_places=6, null=True, blank=True)
    floor = models.DecimalField(_("at least"), max_digits=18, decimal_places=6, null=True, blank=True)
    """Points of an item lie between the two, whatever the method says."""
    sunset_on = models.DateField(_("last day"))
    """It must be renewed, or it ends: nothing new is issued of it afterwards."""
    tag_line = models.CharField(max_length=600, blank=True, default="")
    """Its tags between bars, `|quality|ci|`: to be found by a plain comparison on both databases."""
    used_by = models.ForeignKey("people.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    """The unit with all below it that may use it; null: the whole company."""
    archived_on = models.DateField(null=True, blank=True)
    number = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    objects = Indicators.as_manager()
    read_with = ("supplier", "used_by")

    class Meta:
        ordering = ("code",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(name_en="", name_zh=""), name="indicator_has_a_name")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the reader's language; in the other one where it has no words for it."""
        own, other = (self.name_zh, self.name_en) if _chinese() else (self.name_en, self.name_zh)
        return own or other

    @property
    def definition(self) -> str:
        own, other = (
            (self.definition_zh, self.definition_en) if _chinese() else (self.definition_en, self.definition_zh)
        )
        return own or other

    @property
    def tags(self) -> list[str]:
        return [one for one in self.tag_line.split("|") if one]

    @property
    def life(self) -> str:
        """running, ending, ended."""
        return library.life(self.sunset_on, today())

    @property
    def is_usable(self) -> bool:
        """May something new be issued of it?"""
        return self.archived_on is None and self.life != "ended"

    def words(self) -> dict[str, Any]:
        """What its version keeps, as plain JSON."""
        return {name: _plain(getattr(self, name)) for name in WORDS}

    def as_version(self) -> dict[str, Any]:
        return {"version": self.version, "code": self.code, **self.words()}


def _chinese() -> bool:
    return (get_language() or "en").startswith("zh")


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | dict) else str(value.normalize())


class IndicatorVersion(models.Model):
    """What an indicator said at one time. Targets are given on one of these."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    words = models.JSONField()
    changed = models.JSONField(default=list)
    """Names of the fields that differ from the version before."""
    author = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["indicator", "number"], name="one_version_per_number")]
