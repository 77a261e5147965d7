"""The rules of a round as a form: grades, shares and weights as lines `name: number`."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from tandem.cycles.queries import every_cycle
from tandem.kpi.models import Role, Round
from tandem.people.forms import ActorForm, PickField


class NumbersField(forms.CharField):
    """Names with numbers, one in a line: `A: 90`."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            value = list(value.items())
        return "\n".join(f"{name}: {number}" for name, number in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[list[str]]:
        found = []
        for line in super().clean(value).splitlines():
            if not line.strip():
                continue
            name, colon, number = line.replace("：", ":").rpartition(":")
            if not colon:
                raise forms.ValidationError(_("Write one line for each: a name, a colon, a number."))
            found.append([name.strip(), number.strip()])
        return found


class RoundForm(ActorForm):
    grades = NumbersField(label=__("Grades"), help_text=__("Each with the lowest result it is given for."))
    shares = NumbersField(
        label=__("Guidance for the distribution"), required=False,
        help_text=__("Each grade with its share. It is shown beside what came out, and forces nothing."),
    )  # fmt: skip
    smallest_group = forms.IntegerField(
        label=__("No guidance for fewer than"), min_value=0, max_value=1000, help_text=__("scorecards")
    )
    mix = NumbersField(
        label=__("Weight of each assessor’s mark"),
        help_text=__("self, manager, second, peer: for items that are judged."),
    )
    second_review = forms.BooleanField(label=__("A second view before calibration"), required=False)
    appeal_days = forms.IntegerField(label=__("Working days to answer a result"), min_value=1, max_value=60)
    self_review_until = forms.DateField(label=__("Self-review until"), required=False)
    review_until = forms.DateField(label=__("Manager’s review until"), required=False)

    def said(self) -> dict[str, Any]:
        roles = {str(label).lower(): value for value, label in Role.choices}
        mix = {roles.get(name.lower(), name.lower()): number for name, number in self.cleaned_data["mix"]}
        return {**self.cleaned_data, "mix": mix}


class NewRoundForm(RoundForm):
    cycle = forms.ChoiceField(label=__("Cycle"))
    field_order = ("cycle",)

    def __init__(self, actor: Any, *args: Any, **options: Any) -> None:
        super().__init__(actor, *args, **options)
        self.cycles = {str(one.pk): one for one in every_cycle(actor) if not one.is_backlog}
        field = self.fields["cycle"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, one.name) for key, one in self.cycles.items()]

    def said(self) -> dict[str, Any]:
        return {**super().said(), "cycle": self.cycles[self.cleaned_data["cycle"]]}


SHOWN_PEERS = 5


class ReviewersForm(ActorForm):
    manager = PickField("people", label=__("Reviewer"), required=False, empty_label=__("The people team"))
    second = PickField("people", label=__("Second reviewer"), required=False)
    peer_1 = PickField("people", label=__("Peer"), required=False, empty_label=__("Nobody"))
    peer_2 = PickField("people", label=__("Second peer"), required=False, empty_label=__("Nobody"))
    peer_3 = PickField("people", label=__("Third peer"), required=False, empty_label=__("Nobody"))
    peer_4 = PickField("people", label=__("Fourth peer"), required=False, empty_label=__("Nobody"))
    peer_5 = PickField("people", label=__("Fifth peer"), required=False, empty_label=__("Nobody"))

    def rows(self) -> list[tuple[Any, list[str]]]:
        """Which fields stand side by side."""
        peers = [f"peer_{place}" for place in range(1, SHOWN_PEERS + 1)]
        return [("", ["manager", "second"]), (__("Asked for a view from beside"), peers)]

    def said(self) -> dict[str, Any]:
        """Peers beyond those shown were named by a program, and stay with the others."""
        given = self.cleaned_data
        peers = [given[f"peer_{place}"] for place in range(1, SHOWN_PEERS + 1)]
        return {"manager": given["manager"], "second": given["second"], "peers": [one for one in peers if one]}


class DelegateForm(ActorForm):
    """`reviewer` is the people team's to choose; others hand on their own."""

    reviewer = PickField("people", label=__("Who is away"), empty_label="")
    to = PickField("people", label=__("Who reviews instead"), empty_label="")


def peers_shown(peers: list[Any]) -> dict[str, Any]:
    return {f"peer_{place}": one for place, one in enumerate(peers[:SHOWN_PEERS], start=1)}


def initial_of(one: Round) -> dict[str, Any]:
    mix = {Role(role).label: weight for role, weight in one.mix.items()}
    return {name: getattr(one, name) for name in RoundForm.base_fields} | {"mix": mix}
