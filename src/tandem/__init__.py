"""Tandem: OKR steers, KPI adds power."""

__version__ = "0.1.0"
