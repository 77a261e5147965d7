"""Who may do what, as a table (tests/permissions.txt) and as the page for readers (docs/permissions.md).

`python -m tests.permissions_page` writes the page anew from the table.
"""

from pathlib import Path

TABLE = Path(__file__).parent / "permissions.txt"
SIGHTS = Path(__file__).parent / "visibility.txt"
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


def read_table(table: Path = TABLE) -> dict[str, list[str]]:
    """What permissions.txt (or visibility.txt) says: per row who may."""
    head, *lines = table.read_text(encoding="utf-8").splitlines()
    places = {who: head.index(f"  {who}") + 2 for who in ROLES}
    first = min(places.values())
    return {
        line[:first].strip(): [who for who, place in places.items() if line[place : place + 3] == "yes"]
        for line in lines
    }


INTRODUCTION = """# Who may do what

Everybody who is signed in sees the organisation, the cycles and all goals that are open. What they may change follows
from a few rules:

- Goals are written by their owner, and by co-owners. A leader can talk, and never writes somebody else's goals; nor
  does the people team or an administrator.
- A unit's goals are written by its lead. Where none is named (or the lead has left), the lead of the nearest unit above
  stands in; where nobody leads anything above, an administrator or a champion does.
- Whoever sees a goal may talk about it. A comment is reworded and withdrawn by who wrote it, and by nobody else; a
  thread is settled by who began it and by who writes the goal.
- A handshake has two sides: the owner (for a unit whoever leads it) and their manager (for a unit the lead above). Each
  gives their own hand and nobody else's; the other side suggests words, which the owner takes or leaves.
- An action may also be changed by the person it was given to.
- Who gives goals away does it themself; when somebody has left, their manager, the people team or an administrator
  names a successor, or drops with a reason what nobody takes on. Archived units: the people team and administrators.
- Cycles are run by champions and administrators; units and people are kept by the people team and administrators;
  roles, passwords and the company's settings by administrators alone, and so is an administrator's own entry.
- The library of indicators is kept by the people team and administrators. Targets are issued by who leads the team or
  stands above the unit, and by the people team; they are accepted and negotiated by who carries them and nobody else.
  Values are handed in by the indicator's supplier and the people team, and never by who carries them.
- Reward rules, the ledger of points and the payroll file are the people team's, who never take back points of their
  own; a team's ballot is answered by who belonged to the team when it was opened. Points are read by their person and
  by the people team, whose looks are kept in the audit log.
- Who has left may do nothing.

What you cannot see answers 404; what you see but may not change, 403.

The table is made from the test that tries every command as everybody; the rows are about the goals and the entry of one
member. ✓ may.
"""


SIGHT = """
## Who may read a goal

A goal is open unless its owner's side says otherwise; one word says which:

| word | | read by |
|---|---|---|
| open 公开 | `company` | everybody |
| internal 内部 | `branch` | the owner's unit with all units below it, and whoever reads a confidential one |
| confidential 机密 | `line` | managers by name above the owner, all the way up; leads of the unit and of those above |
| secret 绝密 | `people` | nobody else than those who always do |

- **Always**: the owner, co-owners, who writes the unit's goals, who has an action in it, and readers named by them.
- **No role opens a goal.** An administrator runs the system, a champion the method, the people team the
  organisation: none of them reads a confidential goal for that. Whoever has the database, its backup or the command
  line of the server reads everything: plan files and backups are the system's own.
- Whoever may not read a goal gets the same answer for it as for one that was never there, at every address, and it
  is in no list, search, feed, number, notification or file of theirs. One thing is told: an objective that others
  align to says *1 confidential contribution*, a number without a name. And whoever closes a cycle sees that an owner
  has not scored everything, never what.
- The numbers of units and of the company, and the lists of who has drafted what, are those of open goals, so that
  all see the same ones; the numbers of one owner's goals are over what the reader may see. A person all of whose
  goals are hidden counts as having none.

Ada keeps a goal; Otto owns it with her. Asked through the reads, the page and the API:

"""


def as_sight(table: dict[str, list[str]]) -> str:
    head = f"| | {' | '.join(ROLES.values())} |\n|---|{':-:|' * len(ROLES)}\n"
    rows = [f"| {name} | {' | '.join('✓' if who in may else '' for who in ROLES)} |\n" for name, may in table.items()]
    return SIGHT + head + "".join(rows)


def as_page(matrix: dict[str, list[str]]) -> str:
    parts = [INTRODUCTION, as_sight(read_table(SIGHTS))]
    titles = {
        "okr": "Goals",
        "guide": "Examples and answers",
        "growth": "Growth",
        "kpi": "Indicators and targets",
        "rewards": "Reward rules and points",
        "cycles": "Cycles",
        "people": "People, units, the company",
        "integrations": "Files",
        "activity": "Notifications, and running Tandem",
    }
    left_out = {name for name in matrix if name.partition(".")[0] not in titles}
    assert not left_out, f"no title for {sorted(left_out)}"
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
