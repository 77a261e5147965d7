"""What the pages of indicators take in: shapes only; the commands know the rules."""

from tandem.kpi.forms.indicators import EditIndicatorForm, IndicatorForm, RenewForm

__all__ = ["EditIndicatorForm", "IndicatorForm", "RenewForm"]
