"""What the pages of cycles take in: shapes only; the commands know the rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tandem.cycles.models import Cycle, CycleKind, Phase, Rhythm, Weekday


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}), **options)


class CycleForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=CycleKind.choices)
    start = _day(_("First day"), help_text=_("The backlog has no dates: leave both empty."))
    end = _day(_("Last day"))
    rhythm = forms.ChoiceField(label=_("Check-ins"), choices=Rhythm.choices)
    weekday = forms.TypedChoiceField(label=_("Day of the check-in"), coerce=int, choices=Weekday.choices)

    def rows(self) -> list[tuple[Any, list[str]]]:
        """Which fields stand side by side, and what a group of them is called."""
        names = [["name", "kind"], ["start", "end"], ["rhythm", "weekday"]]
        return [("", [name for name in row if name in self.fields]) for row in names]


class ReopenForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class EditCycleForm(CycleForm):
    """An existing cycle: its kind stays, its phases have planned days."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, cycle: Cycle, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["kind"]
        self.fields["start"].help_text = ""
        if cycle.is_backlog:
            del self.fields["start"], self.fields["end"]
            return
        for phase in Phase:
            self.fields[f"phase_{phase.value}"] = _day(phase.label)

    def rows(self) -> list[tuple[Any, list[str]]]:
        phases = [name for name in self.fields if name.startswith("phase_")]
        own = [(legend, names) for legend, names in super().rows() if names]
        return [*own, (_("When each phase should begin"), phases)] if phases else own

    def split(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The cycle's own fields, and the planned day of each phase that was changed."""
        fields = {name: value for name, value in self.cleaned_data.items() if not name.startswith("phase_")}
        planned = {
            name.removeprefix("phase_"): self.cleaned_data[name]
            for name in self.changed_data
            if name.startswith("phase_")
        }
        return fields, planned
