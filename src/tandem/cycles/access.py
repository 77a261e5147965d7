"""Who may do what with cycles."""

from tandem.people.actors import Actor


def may_run_cycles(actor: Actor, _subject: object = None) -> bool:
    """Champions and administrators open, move and close cycles."""
    return actor.is_champion or actor.is_administrator


def may_reopen_cycles(actor: Actor, _subject: object = None) -> bool:
    """What was closed is opened again by an administrator alone, with a reason."""
    return actor.is_administrator
