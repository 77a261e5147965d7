"""The demo company's growth dossiers, told and read by the same commands as everybody's."""

from datetime import date
from typing import Any

from tandem.core.clock import today
from tandem.growth import commands as growth
from tandem.growth.queries import dossier
from tandem.okr.commands import reflect_on_objective
from tandem.okr.queries import objective_by_key
from tandem.people.actors import SYSTEM
from tandem.people.commands import set_job_level
from tandem.people.queries import people_by_key

Item = dict[str, Any]


def fill_growth(told: Item) -> None:
    """In the order of the file: levels that stood before, what is told and thanked for, then the panels."""
    people = people_by_key(_names(told))
    for name, level in told["levels"].items():
        set_job_level(SYSTEM, people[name], level=level)
    for key, text in told["reflections"].items():
        owner = people[key.split("-")[1]]
        reflect_on_objective(owner, objective_by_key(owner, key), reflection=text)
    for one in told["stories"]:
        _tell(people[one["by"]], one)
    for one in told["thanks"]:
        growth.recognize(people[one["by"]], people[one["to"]], text=one["text"])
    for one in told["shares"]:
        growth.share_dossier(people[one["by"]], people[one["by"]], reader=people[one["with"]])
    for one in told["notes"]:
        growth.add_note(people[one["by"]], people[one["to"]], text=one["text"])
    for one in told["reviews"]:
        _review(one, people_by_key(_names(told)))


def _names(told: Item) -> set[str]:
    names = set(told["levels"])
    for part in ("stories", "thanks", "shares", "notes"):
        names |= {one[role] for one in told[part] for role in ("by", "to", "with") if role in one}
    for one in told["reviews"]:
        names |= {one["named_by"], one["of"], one["chair"], *one["members"]}
    return names


def _tell(author: Any, one: Item) -> None:
    fields = {name: one[name] for name in ("kind", "title", "text", "link") if name in one}
    about = objective_by_key(author, one["about"]) if "about" in one else None
    growth.tell_story(author, author, on=date.fromisoformat(one["date"]), objective=about, **fields)


def _review(one: Item, people: dict[str, Any]) -> None:
    person, chair = people[one["of"]], people[one["chair"]]
    members = [people[name] for name in one["members"]]
    keeper = people[one["named_by"]]
    review = growth.name_panel(keeper, person, year=today().year, chair=chair, members=members)
    for said in one["quotes"]:
        reader = people[said["by"]]
        key = _story(reader, person, said["title"])
        growth.quote(reader, review, source="story", key=key, words=said["words"], shows=said["shows"])
    if "level" in one:
        review = growth.decide_review(chair, review, level=one["level"], reasons=one["reasons"])
    if one.get("in_force"):
        growth.put_in_force(keeper, review)


def _story(reader: Any, person: Any, title: str) -> int:
    """Of this year or, early in a year, of the one before."""
    years = (today().year, today().year - 1)
    told = [story for year in years for story in dossier(reader, person, year).stories]
    return next(one.key for one in told if one.title == title)
