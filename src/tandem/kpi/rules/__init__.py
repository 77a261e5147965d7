"""Arithmetic and decisions about indicators as pure functions: no tables, no clock, no settings."""
