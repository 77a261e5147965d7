"""What the demo company's people say about goals, told by the same commands as everybody's words."""

from typing import Any

from tandem.okr import commands as okr
from tandem.okr.queries import get_objective, key_result_by_key, objective_by_key
from tandem.people.queries import people_by_key

Item = dict[str, Any]


def fill_talk(said: Item) -> None:
    """Who follows first, so that they hear of it; then the threads in their order."""
    people = people_by_key(_names(said))
    for name, keys in said["follows"].items():
        for key in keys:
            okr.follow_objective(people[name], objective_by_key(people[name], key))
    for thread in said["threads"]:
        _thread(thread, people)


def _names(said: Item) -> set[str]:
    names = set(said["follows"])
    for thread in said["threads"]:
        names |= {thread["by"], *(one["by"] for one in thread.get("replies", ()))}
        names |= {name for several in thread.get("react", {}).values() for name in several}
        names |= {thread["settled"]} if "settled" in thread else set()
    return names


def _thread(thread: Item, people: dict[str, Any]) -> None:
    author, key = people[thread["by"]], thread["about"]
    words = {"field": "title", "quote": thread["words"]} if "words" in thread else None
    if key[-1].isalpha():
        result = key_result_by_key(author, key)
        objective = get_objective(author, result.objective_id)
        root = okr.add_comment(author, objective, key_result=result, text=thread["text"], words=words)
    else:
        root = okr.add_comment(author, objective_by_key(author, key), text=thread["text"], words=words)
    for one in thread.get("replies", ()):
        okr.reply(people[one["by"]], root, text=one["text"])
    for kind, names in thread.get("react", {}).items():
        for name in names:
            okr.react(people[name], root, kind=kind)
    if "settled" in thread:
        okr.resolve_thread(people[thread["settled"]], root)
