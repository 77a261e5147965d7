"""What the pages of rewards take in: shapes only; the commands know the rules."""

from tandem.rewards.forms.rules import FORMS, EndForm, ReverseForm, initial_of

__all__ = ["FORMS", "EndForm", "ReverseForm", "initial_of"]
