"""What the organisation's pages take in: shapes only; the commands know the rules."""

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from tandem.core.errors import Missing
from tandem.core.formats import weekday_names
from tandem.core.languages import known, offered
from tandem.people.actors import Actor
from tandem.people.models import Organization, Person, Scope, Unit, UnitKind
from tandem.people.queries import find_people, find_units, get_person, get_unit, organization
from tandem.people.wording import MOST_LETTERS, PLACES, TERMS

OFFERED = 8
_MOST_DIGITS = 9


class PickInput(forms.HiddenInput):
    """A choice among too many to list: radios for what stands and what a search has found.

    The words searched for come along as `<name>_words`, so that the search works without scripts too.
    """

    words = ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        self.words = str(data.get(f"{name}_words", "")).strip()
        return data.get(name)


class PickField(forms.Field):
    """One person or unit by its key, or nobody. `what` is people or units."""

    widget = PickInput
    empty_label: Any = __("None")

    def __init__(self, what: str, *, empty_label: Any = None, **options: Any) -> None:
        super().__init__(**options)
        self.what = what
        self.empty_label = self.empty_label if empty_label is None else empty_label
        self.actor: Actor | None = None

    def clean(self, value: Any) -> Person | Unit | None:
        text = str(value or "")
        if not text:
            if self.required:
                raise forms.ValidationError(_("Choose one."))
            return None
        found = self._row(text)
        if found is None:
            raise forms.ValidationError(_("Choose one that exists."))
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _key(initial) != str(data or "")

    def _row(self, text: str) -> Person | Unit | None:
        assert self.actor is not None
        if not text.isascii() or not text.isdigit() or len(text) > _MOST_DIGITS:
            return None
        try:
            return (get_person if self.what == "people" else get_unit)(self.actor, int(text))
        except Missing:
            return None

    def offered(self, value: Any) -> list[tuple[str, str]]:
        """What the radios show: what stands or was just chosen, and what the words found."""
        row = value if isinstance(value, Person | Unit) else self._row(str(value or ""))
        assert self.actor is not None
        found = found_for(self.actor, self.what, self.widget.words) if self.widget.words else []
        choices = [choice_of(one) for one in [row, *found] if one is not None]
        return list(dict(choices).items())


def _key(value: Any) -> str:
    return str(value.pk) if isinstance(value, Person | Unit) else str(value or "")


def found_for(actor: Actor, what: str, words: str) -> list[Person] | list[Unit]:
    """The first few people or units that the words fit."""
    if what == "people":
        return list(find_people(actor, words, OFFERED))
    return list(find_units(actor, words, OFFERED))


def choice_of(row: Person | Unit) -> tuple[str, str]:
    """A key and the words that tell one from others of the same name."""
    where = row.unit if isinstance(row, Person) else row.parent
    return str(row.pk), f"{row.name} · {where.name}" if where else row.name


class ActorForm(forms.Form):
    """A form that knows who fills it in."""

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, PickField):
                field.actor = actor

    def clean(self) -> dict[str, Any]:
        """Words that were searched for, and nothing new chosen: nobody meant to keep the old by accident."""
        cleaned = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            if isinstance(field, PickField) and field.widget.words and name not in self.changed_data:
                self.add_error(name, _("Choose one of those found, or empty the search."))
        return cleaned


class VersionForm(ActorForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class UnitForm(VersionForm):
    name = forms.CharField(label=__("Name"), max_length=200)
    kind = forms.ChoiceField(label=__("Kind"), choices=UnitKind.choices)


class NewUnitForm(ActorForm):
    name = forms.CharField(label=__("Name"), max_length=200)
    kind = forms.ChoiceField(label=__("Kind"), choices=UnitKind.choices, initial=UnitKind.TEAM)
    parent = PickField("units", label=__("Below"), required=False, empty_label=__("Nothing: it stands at the top"))
    lead = PickField("people", label=__("Lead"), required=False, empty_label=__("Nobody yet"))


class MoveUnitForm(ActorForm):
    parent = PickField("units", label=__("Below"), required=False, empty_label=__("Nothing: it stands at the top"))


class MergeForm(ActorForm):
    into = PickField("units", label=__("Into"), empty_label="")
    goals = forms.BooleanField(
        label=__("Its open goals go along"), required=False, initial=True,
        help_text=__("Otherwise they stay readable with the archived unit, until somebody hands them over."),
    )  # fmt: skip


class LeadForm(ActorForm):
    lead = PickField("people", label=__("Lead"), required=False, empty_label=__("Nobody: the place is vacant"))


class NewPersonForm(ActorForm):
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=200)
    email = forms.CharField(
        label=__("E-mail"), max_length=254, required=False, widget=forms.EmailInput,
        help_text=__("Without one they are named, but cannot sign in."),
    )  # fmt: skip
    unit = PickField("units", label=__("Home unit"), required=False, empty_label=__("None yet"))
    manager = PickField(
        "people", label=__("Manager"), required=False, empty_label=__("Nobody named: the lead of the unit")
    )


class PersonForm(VersionForm):
    name = NewPersonForm.base_fields["name"]
    email = NewPersonForm.base_fields["email"]
    manager = NewPersonForm.base_fields["manager"]


class MovePersonForm(ActorForm):
    unit = PickField("units", label=__("Home unit"), required=False, empty_label=__("None"))


class JoinForm(ActorForm):
    unit = PickField("units", label=__("Unit"), empty_label="")


class LeaveForm(ActorForm):
    on = forms.DateField(label=__("Last day at the company"), widget=forms.DateInput(attrs={"type": "date"}))


class SuccessorForm(ActorForm):
    """Who takes over from a person; `for_unit` from a unit."""

    to = PickField("people", label=__("Successor"), empty_label="")

    @classmethod
    def for_unit(cls, actor: Actor, data: Any = None) -> "SuccessorForm":
        form = cls(actor, data)
        field = form.fields["to"]
        assert isinstance(field, PickField)
        field.what = "units"
        return form


class RolesForm(ActorForm):
    administrator = forms.BooleanField(label=__("Administrator"), required=False, help_text=__("May do everything."))
    people_team = forms.BooleanField(
        label=__("People team"), required=False, help_text=__("Keeps units, people and reporting lines.")
    )
    champion = forms.BooleanField(
        label=__("OKR champion"), required=False, help_text=__("Opens cycles, moves them on and closes them.")
    )


class PasswordForm(ActorForm):
    password = forms.CharField(
        label=__("New password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=__("Tell it to the person, and ask them to change it."),
    )  # fmt: skip


def timezones() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in sorted(available_timezones()) if "/" in name or name == "UTC"]


def languages(keys: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """Each by its own name; all that Tandem speaks, if none are named."""
    return [(key, get_language_info(key)["name_local"]) for key in (known() if keys is None else keys)]


def weekdays() -> list[tuple[Any, str]]:
    return [("", _("As the cycle before has it")), *enumerate(weekday_names())]


class OrganizationForm(VersionForm):
    name = forms.CharField(label=__("Name of the company"), max_length=200)
    timezone = forms.ChoiceField(label=__("Time zone"), choices=timezones, help_text=__("Days begin and end by it."))
    locale = forms.ChoiceField(label=__("Language"), choices=languages)
    fiscal_year_start = forms.TypedChoiceField(label=__("The year begins in"), coerce=int, choices=list(MONTHS.items()))
    quarter_name = forms.CharField(
        label=__("Name of a quarter"), max_length=40,
        help_text=__("zz stands for the quarter, xxxx for the year it begins in, yyyy for the year after."),
    )  # fmt: skip
    late_score_days = forms.IntegerField(
        label=__("Days for late scores"), min_value=0, max_value=90,
        help_text=__("So long after a cycle was closed scores can still be given; they are marked late."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=__("Languages to choose from"), choices=languages, widget=forms.CheckboxSelectMultiple,
        help_text=__("Whoever chose another reads the company’s own."),
    )  # fmt: skip
    check_in_weekday = forms.TypedChoiceField(
        label=__("Check-in day of new cycles"), coerce=int, empty_value=None, required=False, choices=weekdays,
        help_text=__("Cycles that are there keep theirs."),
    )  # fmt: skip
    most_objectives = forms.IntegerField(
        label=__("Objectives of one owner in a cycle"), min_value=1, max_value=10,
        help_text=__("With more than that the editor asks whether all are worth it. It refuses none."),
    )  # fmt: skip
    most_key_results = forms.IntegerField(label=__("Key results of one objective"), min_value=1, max_value=10)
    coach_asks = forms.BooleanField(
        label=__("The coach asks"), required=False,
        help_text=__("Beside the editor, in handshakes and units. It never blocks; off, it is silent everywhere."),
    )  # fmt: skip
    audit_days = forms.IntegerField(
        label=__("Days to keep what only the audit log tells"), min_value=30, max_value=3650, required=False,
        help_text=__("Sign-ins, exports, the running of Tandem. Empty keeps them for ever. "
                     "What histories show of goals, people and units is never removed."),
    )  # fmt: skip

    def rows(self) -> list[tuple[Any, list[str]]]:
        """Which fields stand side by side, and what a group of them is called."""
        return [
            ("", ["name"]),
            ("", ["locale", "timezone"]),
            ("", ["languages"]),
            (__("Cycles"), ["fiscal_year_start", "quarter_name"]),
            ("", ["check_in_weekday", "late_score_days"]),
            (__("How many are enough"), ["most_objectives", "most_key_results"]),
            (__("Coach"), ["coach_asks"]),
            (__("Audit log"), ["audit_days"]),
        ]

    @classmethod
    def of(cls, actor: Actor, company: Organization, data: Any = None) -> "OrganizationForm":
        initial = {name: getattr(company, name) for name in ("version", *cls.base_fields)}
        return cls(actor, data, initial={**initial, "languages": company.languages or known()})


class WordsForm(VersionForm):
    """For each term the company's words; a field is named as the API names it: `words.objective.en`."""

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(actor, *args, **options)
        labels = (_("English, one"), _("English, several"), get_language_info("zh-hans")["name_local"])
        for term in TERMS:
            for place, label in zip(PLACES, labels, strict=True):
                shown = forms.TextInput(attrs={"placeholder": term.own[place], "autocomplete": "off"})
                self.fields[f"words.{term.key}.{place}"] = forms.CharField(
                    label=label, max_length=MOST_LETTERS, required=False, widget=shown
                )

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """What was typed, where it is a text of fitting length."""
        said = getattr(self, "cleaned_data", {})
        return {term.key: {place: said.get(f"words.{term.key}.{place}") or "" for place in PLACES} for term in TERMS}

    def terms(self) -> list[tuple[str, list[Any]]]:
        """Each term by Tandem's own words, with its fields."""
        return [
            (f"{term.one} · {term.chinese}", [self[f"words.{term.key}.{place}"] for place in PLACES]) for term in TERMS
        ]

    @classmethod
    def of(cls, actor: Actor, company: Organization, data: Any = None) -> "WordsForm":
        initial = {f"words.{key}.{place}": word for key, said in company.words.items() for place, word in said.items()}
        return cls(actor, data, initial={**initial, "version": company.version})


class ProfileForm(ActorForm):
    language = forms.ChoiceField(label=__("Language"), required=False)
    timezone = forms.ChoiceField(label=__("Time zone"), required=False)
    theme = forms.ChoiceField(label=__("Theme"), required=False)
    coach_asks = forms.BooleanField(
        label=__("The coach asks about what I write"), required=False,
        help_text=__("Off, it is silent about your own drafts and while you type. Others still read its questions."),
    )  # fmt: skip

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(actor, *args, **options)
        company = _("The company’s: %(zone)s") % {"zone": organization().timezone.replace("_", " ")}
        choices = {
            "language": [("", _("As the browser asks for")), *languages(offered())],
            "timezone": [("", company), *timezones()],
            "theme": [("", _("As the device")), ("light", _("Light")), ("dark", _("Dark"))],
        }
        for name, known_choices in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = known_choices


class TokenForm(forms.Form):
    name = forms.CharField(
        label=pgettext_lazy("token", "Name"), max_length=100, help_text=__("What you will use it for."),
    )  # fmt: skip
    scope = forms.ChoiceField(label=__("May at most"), choices=Scope.choices, initial=Scope.READ)
    about = forms.CharField(
        label=__("Indicator"), max_length=60, required=False,
        help_text=__("Its code; for handing in values of one indicator only."),
    )  # fmt: skip
    days = forms.TypedChoiceField(
        label=__("Ends after"), coerce=int, initial=90,
        choices=[(7, __("7 days")), (30, __("30 days")), (90, __("90 days")), (180, __("180 days")),
                 (365, __("a year"))],
    )  # fmt: skip
