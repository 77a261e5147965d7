"""An indicator as a form: its parameters as lines `name: value`, its tags between commas."""

import re
from typing import Any

import yaml
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from tandem.kpi.models import Aggregation, Dimension, Direction, Indicator, Method
from tandem.people.forms import ActorForm, PickField

_COMMAS = re.compile("[,，;；、]")


class ParametersField(forms.CharField):
    """A few values by name, as YAML writes them: `cap: 120`, `tiers: [[90, 100], [80, 80]]`."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return yaml.safe_dump(value, allow_unicode=True, default_flow_style=None).strip() if value else ""
        return value

    def clean(self, value: Any) -> dict[str, Any]:
        text = super().clean(value)
        try:
            found = yaml.safe_load(text) if text else {}
        except (yaml.YAMLError, ValueError):
            raise forms.ValidationError(_("Write one line for each: a name, a colon, a value.")) from None
        if not isinstance(found, dict) or not all(isinstance(name, str) for name in found):
            raise forms.ValidationError(_("Write one line for each: a name, a colon, a value."))
        return {name: _as_json(one) for name, one in found.items()}


def _as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _as_json(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_as_json(one) for one in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


class TagsField(forms.CharField):
    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return _COMMAS.split(super().clean(value))


def _text(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea, max_length=4000, **options)


class EditIndicatorForm(ActorForm):
    name_en = forms.CharField(label=__("Name in English"), max_length=200, required=False)
    name_zh = forms.CharField(
        label=__("Name in Chinese"), max_length=200, required=False, help_text=__("One of the two is enough.")
    )
    definition_en = _text(__("Definition in English"))
    definition_zh = _text(__("Definition in Chinese"))
    formula = forms.CharField(
        label=__("How it is computed"), max_length=500, required=False, help_text=__("In words or signs, for people.")
    )
    expression = forms.CharField(
        label=__("Calculated from"), max_length=2000, required=False, widget=forms.Textarea,
        help_text=__("Over the codes of others: [defects-found] / [defects-all] * 100. Empty: values are handed in."),
    )  # fmt: skip
    source = forms.CharField(label=__("Where the number comes from"), max_length=200, required=False)
    dimension = forms.ChoiceField(label=__("Dimension"), choices=Dimension.choices)
    direction = forms.ChoiceField(label=__("Direction"), choices=Direction.choices)
    unit = forms.CharField(label=__("Unit of measure"), max_length=40, required=False, help_text=__("%, days, 万元 …"))
    precision = forms.IntegerField(label=__("Decimals"), min_value=0, max_value=6, initial=0)
    over_time = forms.ChoiceField(
        label=__("Over time"), choices=Aggregation.choices, help_text=__("How the values of a period become one.")
    )
    over_children = forms.ChoiceField(
        label=__("Over those below"), choices=Aggregation.choices,
        help_text=__("How the values of members and units below become one."),
    )  # fmt: skip
    method = forms.ChoiceField(label=__("Scoring"), choices=Method.choices)
    parameters = ParametersField(
        label=__("Parameters of the scoring"), required=False, max_length=4000,
        help_text=__("One line for each, for example cap: 120."),
    )  # fmt: skip
    cap = forms.CharField(label=__("Points at most"), max_length=40, required=False)
    floor = forms.CharField(label=__("Points at least"), max_length=40, required=False)
    supplier = PickField(
        "people", label=__("Supplier"), required=False, empty_label=__("Nobody yet"),
        help_text=__("Who hands in the numbers: somebody else than who carries them."),
    )  # fmt: skip
    used_by = PickField("units", label=__("Who may use it"), required=False, empty_label=__("The whole company"))
    tags = TagsField(label=__("Tags"), max_length=500, required=False, help_text=__("With commas between them."))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def rows(self) -> list[tuple[Any, list[str]]]:
        """Which fields stand side by side, and what a group of them is called."""
        first: list[str] = [name for name in ("code", "sunset_on") if name in self.fields]
        return [
            ("", first),
            (__("What it is"), ["name_en", "name_zh"]),
            ("", ["definition_en", "definition_zh"]),
            ("", ["formula", "source"]),
            ("", ["expression"]),
            ("", ["dimension", "tags"]),
            (__("How it is counted"), ["direction", "unit", "precision"]),
            ("", ["over_time", "over_children"]),
            (__("How it is scored"), ["method"]),
            ("", ["parameters"]),
            ("", ["cap", "floor"]),
            (__("Who has to do with it"), ["supplier", "used_by"]),
        ]

    def said(self) -> dict[str, Any]:
        """The fields as the commands take them."""
        fields = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return fields | {name: fields[name] or None for name in ("cap", "floor")}


class IndicatorForm(EditIndicatorForm):
    code = forms.CharField(
        label=__("Code"), max_length=60, help_text=__("Short, for addresses and files: test-coverage. It stays.")
    )
    sunset_on = forms.DateField(
        label=__("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=__("Then it is renewed, or it ends. Left empty: a year from today."),
    )  # fmt: skip


class RenewForm(ActorForm):
    until = forms.DateField(label=__("New last day"), widget=forms.DateInput(attrs={"type": "date"}))


def initial_of(indicator: Indicator) -> dict[str, Any]:
    names = (*EditIndicatorForm.base_fields, "version")
    return {name: getattr(indicator, name) for name in names}
