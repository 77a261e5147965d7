"""Workbooks people can read."""
