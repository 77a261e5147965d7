"""Who belongs to the company, where, and who leads whom."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from tandem.core.clock import now, today
from tandem.core.keys import new_key
from tandem.core.model import Model
from tandem.people.rules import initials


class Organization(models.Model):
    """The company itself: one row."""

    name = models.CharField(_("name"), max_length=200, default="Tandem")
    timezone = models.CharField(_("time zone"), max_length=64, default="UTC")
    locale = models.CharField(_("language"), max_length=16, default="en")
    fiscal_year_start = models.PositiveSmallIntegerField(_("first month of the year"), default=1)
    quarter_name = models.CharField(_("name of a quarter"), max_length=40, default="xxxx Qzz")
    late_score_days = models.PositiveSmallIntegerField(_("days for late scores"), default=14)
    languages = models.JSONField(default=list)
    """Those offered to people; none named: all that Tandem speaks."""
    check_in_weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    """Of new cycles, Monday 0; null: as the cycle before has it."""
    most_objectives = models.PositiveSmallIntegerField(default=5)
    """Of one owner in one cycle; more are asked about, never refused. So are key results of one objective."""
    most_key_results = models.PositiveSmallIntegerField(default=4)
    coach_asks = models.BooleanField(default=True)
    """Off: the coach is silent for the whole company."""
    audit_days = models.PositiveSmallIntegerField(null=True, blank=True)
    """How long what the audit log alone tells is kept; null: for ever."""
    words = models.JSONField(default=dict)
    """What the company calls things (see `wording.Words`); a term not in it keeps Tandem's word."""
    version = models.PositiveIntegerField(default=1)

    def as_version(self) -> dict[str, Any]:
        return {
            "version": self.version,
            "name": self.name,
            "timezone": self.timezone,
            "locale": self.locale,
            "fiscal_year_start": self.fiscal_year_start,
            "quarter_name": self.quarter_name,
            "late_score_days": self.late_score_days,
            "languages": self.languages,
            "check_in_weekday": self.check_in_weekday,
            "most_objectives": self.most_objectives,
            "most_key_results": self.most_key_results,
            "coach_asks": self.coach_asks,
            "audit_days": self.audit_days,
            "words": self.words,
        }


class UnitKind(models.TextChoices):
    COMPANY = "company", _("Company")
    BUSINESS = "business", _("Business")
    FUNCTION = "function", _("Function")
    TEAM = "team", _("Team")


class Unit(Model):
    """A node of the organisation tree. `path` holds the keys from the root down to itself: `/1/4/9/`."""

    key = models.CharField(max_length=200, unique=True, default=new_key)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=16, choices=UnitKind.choices, default=UnitKind.TEAM)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=400, default="", db_index=True)
    position = models.PositiveIntegerField(default=0)
    lead = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="led_units")
    archived_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def path_ids(self) -> list[int]:
        """Primary keys from the root down to this unit."""
        return [int(part) for part in self.path.split("/") if part]

    def as_version(self) -> dict[str, Any]:
        return {"version": self.version, "name": self.name, "kind": self.kind}


class People(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(Model, AbstractBaseUser):
    """A member. Whoever may sign in has an e-mail address and a password; others are only named."""

    key = models.CharField(max_length=200, unique=True, default=new_key)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), max_length=254, unique=True, null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="home_members")
    manager = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="reports")
    is_administrator = models.BooleanField(_("administrator"), default=False)
    is_people_team = models.BooleanField(_("people team"), default=False)
    is_champion = models.BooleanField(_("OKR champion"), default=False)
    language = models.CharField(_("language"), max_length=16, blank=True, default="")
    timezone = models.CharField(_("time zone"), max_length=64, blank=True, default="")
    theme = models.CharField(_("theme"), max_length=8, blank=True, default="")
    coach_asks = models.BooleanField(default=True)
    """Off: the coach asks this person nothing about what they write."""
    left_on = models.DateField(_("left on"), null=True, blank=True)
    job_level = models.CharField(_("job level"), max_length=100, blank=True, default="")
    """Decided by people in a review, in the company's own words; no number of goals or indicators leads here."""
    version = models.PositiveIntegerField(default=1)

    objects = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]
    is_system = False
    is_staff = False
    is_superuser = False

    class Meta:
        ordering = ("name", "pk")
        indexes: ClassVar = [
            models.Index(fields=["name", "id"], name="people_by_name"),
            models.Index(fields=["left_on"], name="people_who_left"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.left_on is None or self.left_on > today()

    @property
    def initials(self) -> str:
        return initials(self.name)

    def as_version(self) -> dict[str, Any]:
        return {"version": self.version, "name": self.name, "email": self.email}


class Membership(models.Model):
    """A person in a unit for a time; the home unit is one of them. Ended ones keep the past readable."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    since = models.DateField(default=date.today)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("since", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "unit"],
                condition=models.Q(until__isnull=True),
                name="one_open_membership",
            )
        ]


class Merger(models.Model):
    """One unit went into another; `moved` names the units, homes and memberships that went, to take them back."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    into = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    moved = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)


class Scope(models.TextChoices):
    """What a token may do at most; it never does more than its person may."""

    READ = "read", _("read")
    CHECK_IN = "check_in", _("check in only")
    WRITE = "write", _("read and write goals")
    READINGS = "readings", _("hand in values of one indicator")
    ADMIN = "admin", _("everything its person may do")


class Token(models.Model):
    """A key with which a person's programs sign in. The key itself is shown once; only its hash is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    scope = models.CharField(_("scope"), max_length=16, choices=Scope.choices)
    about = models.CharField(max_length=60, blank=True, default="")
    """What alone it may write: the code of an indicator, for the scope `readings`."""
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    read_with = ("person",)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "-id"], name="token_of_person")]

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None and self.expires_at > now()
