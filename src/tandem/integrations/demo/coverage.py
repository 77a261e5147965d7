"""Whom the demo company's leads ask to carry an objective, and what becomes of goals that go beyond."""

from typing import Any

from tandem.okr import commands as okr
from tandem.okr.queries import objective_by_key
from tandem.people.queries import people_by_key, units_by_key

Item = dict[str, Any]


def fill_coverage(said: Item) -> None:
    every = (*said["asks"], *said["proposals"])
    names = {one[name] for one in every for name in ("by", "to", "adopted", "declined") if name in one}
    people, units = people_by_key(names), units_by_key(names)
    for one in said["asks"]:
        lead = people[one["by"]]
        okr.delegate(lead, objective_by_key(lead, one["about"]), to=people.get(one["to"]) or units[one["to"]])
    for one in said["proposals"]:
        owner = people[one["by"]]
        proposal = okr.propose_to_unit(owner, objective_by_key(owner, one["about"]))
        if "adopted" in one:
            okr.adopt_proposal(people[one["adopted"]], proposal)
        if "declined" in one:
            okr.decline_proposal(people[one["declined"]], proposal, reason=one["reason"])
