"""A rule as a form, one for each kind; another version of it is the same form without what stays."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as __

from tandem.kpi.forms.rounds import NumbersField
from tandem.people.forms import ActorForm, PickField
from tandem.rewards.models import RewardRule, RuleVersion
from tandem.rewards.rules.terms import names_of

STAYS = ("name", "unit")


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **options)


def _number(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=40, **options)


class LinesField(forms.CharField):
    """One in a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class RuleForm(ActorForm):
    """What all kinds share. `kind` is set by each."""

    kind = ""
    name = forms.CharField(label=__("Name of the rule"), max_length=200)
    unit = PickField(
        "units", label=__("Whose people"), required=False, empty_label=__("The whole company"),
        help_text=__("With the units below. A rule is for a whole team, never for one person."),
    )  # fmt: skip
    from_day = _day(
        __("For periods that start on this day or later"),
        help_text=__("A day after today: rules are announced before the period."),
    )
    words = forms.CharField(label=__("Why"), required=False, max_length=4000, widget=forms.Textarea)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, actor: Any, *args: Any, changes: bool = False, **options: Any) -> None:
        super().__init__(actor, *args, **options)
        for name in STAYS if changes else ("version",):
            del self.fields[name]

    def said(self) -> dict[str, Any]:
        """The fields as the commands take them."""
        terms = {name: self.cleaned_data[name] or None for name in names_of(self.kind)}
        rest = {name: value for name, value in self.cleaned_data.items() if name not in terms}
        return {**rest, "terms": terms}


class PerPointForm(RuleForm):
    kind = "per_point"
    rate = _number(__("Points for each point of the result"))
    above = _number(__("Above"), required=False, help_text=__("Only what lies above this result counts."))
    most = _number(__("Points at most"), required=False)
    field_order = ("name", "unit", "rate", "above", "most", "from_day", "words")


class PerGradeForm(RuleForm):
    kind = "per_grade"
    grades = NumbersField(
        label=__("Points for each grade"), help_text=__("One line for each: A: 20. A grade not named brings 0.")
    )
    field_order = ("name", "unit", "grades", "from_day", "words")


class PoolForm(RuleForm):
    kind = "pool"
    pool = _number(__("Points in the pool"), help_text=__("Shared by result; the shares add up to it exactly."))
    levels = NumbersField(
        label=__("Factors of job levels"), required=False,
        help_text=__("One line for each: P6: 1.2. A level not named counts 1."),
    )  # fmt: skip
    field_order = ("name", "unit", "pool", "levels", "from_day", "words")


class PlusMinusForm(RuleForm):
    kind = "plus_minus"
    rate = _number(__("Points for each plus or minus point"), required=False, help_text=__("Left empty: 1."))
    codes = LinesField(
        label=__("Which indicators"), required=False,
        help_text=__("Their codes, one in a line. Left empty: all plus and minus items of the scorecard."),
    )  # fmt: skip
    most_plus = _number(__("At most up"), required=False)
    most_minus = _number(__("At most down"), required=False)
    ballot_until = _day(
        __("The team can answer until"), help_text=__("The rule takes effect only if the team agrees before it starts.")
    )
    field_order = ("name", "unit", "rate", "codes", "most_plus", "most_minus", "ballot_until", "from_day", "words")

    def __init__(self, actor: Any, *args: Any, **options: Any) -> None:
        super().__init__(actor, *args, **options)
        if "unit" in self.fields:
            field = self.fields["unit"]
            assert isinstance(field, PickField)
            field.required, field.empty_label = True, __("Choose the team")


FORMS: dict[str, type[RuleForm]] = {one.kind: one for one in (PerPointForm, PerGradeForm, PoolForm, PlusMinusForm)}


class EndForm(ActorForm):
    from_day = _day(
        __("No more for periods that start on this day or later"),
        help_text=__("Periods that began before keep what was promised."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReverseForm(ActorForm):
    reason = forms.CharField(label=__("Reason"), max_length=2000, widget=forms.Textarea)


def initial_of(rule: RewardRule, newest: RuleVersion) -> dict[str, Any]:
    """What stands, for a form that changes it."""
    return {**newest.terms, "version": rule.version}
