"""What the pages of growth take in: shapes only; the commands know the rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tandem.growth.models import StoryKind
from tandem.people.forms import ActorForm, PickField


def _text(label: Any, *, hint: Any = "", required: bool = True, rows: int = 6) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, required=required, widget=area)


class StoryForm(ActorForm):
    kind = forms.ChoiceField(label=_("What is it?"), choices=StoryKind.choices)
    on = forms.DateField(label=_("When"), widget=forms.DateInput(attrs={"type": "date"}))
    title = forms.CharField(label=_("In one sentence"), max_length=200)
    text = _text(_("The story"), hint=_("What was it like before, what did you do, what came of it?"), required=False)
    link = forms.CharField(label=_("Link"), required=False, help_text=_("To something one can look at."))
    objective = forms.ChoiceField(label=_("About a goal"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, actor: Any, goals: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(actor, *args, **options)
        self.fields["objective"].choices = [("", _("None in particular")), *goals]  # type: ignore[attr-defined]


class WordsForm(ActorForm):
    text = _text(_("In your words"), rows=4)


class ShareForm(ActorForm):
    reader = PickField("people", label=_("With whom"), empty_label="")


class PanelForm(ActorForm):
    year = forms.IntegerField(label=_("Year"))
    chair = PickField("people", label=_("In the chair"), empty_label="")
    second = PickField("people", label=_("Second member"), empty_label="")
    third = PickField("people", label=_("Third member"), required=False, empty_label=_("Nobody"))
    fourth = PickField("people", label=_("Fourth member"), required=False, empty_label=_("Nobody"))
    fifth = PickField("people", label=_("Fifth member"), required=False, empty_label=_("Nobody"))

    def members(self) -> list[Any]:
        """Beside the chair."""
        chosen = (self.cleaned_data.get(name) for name in ("second", "third", "fourth", "fifth"))
        return [one for one in chosen if one is not None]


class QuoteForm(ActorForm):
    words = _text(_("Words to quote"), hint=_("Take away what you do not need; words as they stand are kept."))
    shows = _text(_("What they show"), required=False, rows=3)


class DecisionForm(ActorForm):
    level = forms.CharField(label=_("Job level"), max_length=100, help_text=_("As your company names it."))
    reasons = _text(_("Reasons"), hint=_("What of the dossier speaks for it, and what comes next."))
    version = forms.IntegerField(widget=forms.HiddenInput)


class LevelForm(ActorForm):
    level = forms.CharField(label=_("Job level"), max_length=100, required=False)
