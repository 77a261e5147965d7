"""People and units as a table that people can fill in: a template, an import with a dry run, an export."""
