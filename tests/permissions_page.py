"""Who may do what, as a table (tests/permissions.txt) and as the page for readers (docs/permissions.md).

`python -m tests.permissions_page` writes the page anew from the table.
"""

from pathlib import Path

TABLE = Path(__file__).parent / "permissions.txt"
PAGE = Path(__file__).parents[1] / "docs" / "permissions.md"

ROLES = {
    "ada": "the person themself",
    "otto": "co-owner",
    "ben": "colleague",
    "lin": "own lead",
    "wei": "lead of the unit above",
    "grace": "executive (leads the company)",
    "chen": "OKR champion",
    "hana": "people team",
    "omar": "administrator",
    "leo": "somebody who has left",
    "system": "Tandem itself",
}
"""The columns: one of the cast each, and what they are to Ada, whose goals the rows are about."""


def as_table(matrix: dict[str, list[str]]) -> str:
    width = max(len(name) for name in matrix)
    head = f"{'':{width}}  {'  '.join(ROLES)}\n"
    lines = [
        f"{name:{width}}  {'  '.join(('yes' if who in may else '·').ljust(len(who)) for who in ROLES)}".rstrip()
        for name, may in matrix.items()
    ]
    return head + "\n".join(lines) + "\n"


def read_table() -> dict[str, list[str]]:
    """What permissions.txt says: per row who may."""
    head, *lines = TABLE.read_text(encoding="utf-8").splitlines()
    places = {who: head.index(f"  {who}") + 2 for who in ROLES}
    first = min(places.values())
    return {
        line[:first].strip(): [who for who, place in places.items() if line[place : place + 3] == "yes"]
        for line in lines
    }


INTRODUCTION = """# Who may do what

Everybody who is signed in sees the organisation, the cycles and all goals. What they may change follows from a few
rules:

- Goals are written by their owner, and by co-owners. A leader can talk, and never writes somebody else's goals; nor
  does the people team or an administrator.
- A unit's goals are written by its lead. Where none is named (or the lead has left), the lead of the nearest unit above
  stands in; where nobody leads anything above, an administrator or a champion does.
- Whoever sees a goal may talk about it. A comment is reworded and withdrawn by who wrote it, and by nobody else; a
  thread is settled by who began it and by who writes the goal.
- An action may also be changed by the person it was given to.
- Who gives goals away does it themself; when somebody has left, their manager, the people team or an administrator
  names a successor, or drops with a reason what nobody takes on. Archived units: the people team and administrators.
- Cycles are run by champions and administrators; units and people are kept by the people team and administrators;
  roles, passwords and the company's settings by administrators alone, and so is an administrator's own entry.
- Who has left may do nothing.

What you cannot see answers 404; what you see but may not change, 403.

The table is made from the test that tries every command as everybody; the rows are about the goals and the entry of one
member. ✓ may.
"""


def as_page(matrix: dict[str, list[str]]) -> str:
    parts = [INTRODUCTION]
    titles = {
        "okr": "Goals",
        "cycles": "Cycles",
        "people": "People, units, the company",
        "integrations": "Files",
        "activity": "Notifications, and running Tandem",
    }
    for package, title in titles.items():
        chosen = {name: may for name, may in matrix.items() if name.startswith(f"{package}.")}
        parts.append(f"\n## {title}\n\n| | {' | '.join(ROLES.values())} |\n|---|{':-:|' * len(ROLES)}\n")
        for name, may in chosen.items():
            marks = " | ".join("✓" if who in may else "" for who in ROLES)
            parts.append(f"| {_words(name)} | {marks} |\n")
    return "".join(parts)


def _words(name: str) -> str:
    """`okr.edit_objective of a unit` → `edit objective, of a unit`."""
    command, _space, about = name.partition(" ")
    words = command.rpartition(".")[2].replace("_", " ").replace("co owner", "co-owner")
    return f"{words}, {about}" if about else words


if __name__ == "__main__":
    PAGE.write_text(as_page(read_table()), encoding="utf-8")
