"""Reading what combines goals, people and cycles. Every function takes the actor first."""

from tandem.insights.queries.coverage import LINES, Carrier, Cell, Coverage, Line, Wanted, coverage_of
from tandem.insights.queries.map import Asked, Map, branch_of, map_of, one_objective
from tandem.insights.queries.nodes import Node, NodeList
from tandem.insights.queries.paths import Hit, find_on_map, path_of_person, path_of_unit
from tandem.insights.queries.touched import touched_by_leaving, touched_by_moving, touched_by_unit

__all__ = [
    "LINES",
    "Asked",
    "Carrier",
    "Cell",
    "Coverage",
    "Hit",
    "Line",
    "Map",
    "Node",
    "NodeList",
    "Wanted",
    "branch_of",
    "coverage_of",
    "find_on_map",
    "map_of",
    "one_objective",
    "path_of_person",
    "path_of_unit",
    "touched_by_leaving",
    "touched_by_moving",
    "touched_by_unit",
]
