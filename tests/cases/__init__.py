"""The tables of cases: Tandem's own arithmetic and what its peers do, each row run against rules and commands."""
