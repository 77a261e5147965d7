"""Finding things."""

from tandem.search.queries.consistency import faults_of_index
from tandem.search.queries.finding import Found, find, search

__all__ = ["Found", "faults_of_index", "find", "search"]
