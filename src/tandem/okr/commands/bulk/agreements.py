"""Handshakes of a file: each can be verified, and the newest of a set is what its goals say."""

from typing import Any

from django.utils.translation import gettext as _

from tandem.core.bulk import Entry, Faults, chunks, compare
from tandem.core.commands import command
from tandem.okr import access, versions
from tandem.okr.commands.bulk.prepared import GoalsImport
from tandem.okr.commands.kept import set_state, version_of
from tandem.okr.commands.moved_targets import follow_targets
from tandem.okr.commands.numbers import refresh
from tandem.okr.models import Agreement, AgreementState, GoalSet
from tandem.okr.queries.agreements_plan import AGREEMENT, PEOPLE, agreements_by_key
from tandem.people.actors import SYSTEM, Actor
from tandem.people.queries import people_by_key


def prepare_agreements(prepared: GoalsImport, entries: list[Entry], faults: Faults) -> None:
    """Compare with the stored ones; what cannot be verified goes to `faults`. Writes nothing."""
    prepared.agreed = entries
    for chunk in chunks(entries):
        for entry in chunk:
            _check(entry, faults)
        found = compare(chunk, agreements_by_key(SYSTEM, [entry.key for entry in chunk]))
        prepared.agreements.created += found.created
        prepared.agreements.unchanged += found.unchanged
        for one in found.changed:
            prepared.agreements.changed.append(one)
            for name in ("owner", "cycle", "version"):
                if name in one.fields:
                    faults.add(f"{one.entry.path}.{name}", _("What was agreed on stays what it was."))


def _check(entry: Entry, faults: Faults) -> None:
    fields = entry.fields
    if fields["state"] not in AgreementState.values:
        faults.add(f"{entry.path}.state", _("Choose one of the offered values."))
    for name in ("version", "changed_to"):
        if (text := fields.get(name)) and not _is_version(text):
            faults.add(f"{entry.path}.{name}", _("This is no version of a goal set, letter by letter."))
    if fields.setdefault("hash", versions.hash_of(fields["version"])) != versions.hash_of(fields["version"]):
        faults.add(f"{entry.path}.hash", _("The version does not have this hash."))
    hands = [fields.get(name) is not None for name in ("owner_signed", "other_signed")]
    if fields["state"] in (AgreementState.SIGNED, AgreementState.VOIDED) and not all(hands):
        faults.add(f"{entry.path}.state", _("Both sides must have shaken hands."))
    if fields["state"] not in (AgreementState.SIGNED, AgreementState.VOIDED) and all(hands):
        faults.add(f"{entry.path}.state", _("Both have shaken hands: it is signed, or void."))


def _is_version(text: str) -> bool:
    try:
        return versions.canonical(versions.read(text)) == text
    except (ValueError, KeyError, TypeError):
        return False


@command(may=access.may_import)
def import_agreements(_actor: Actor, _subject: None = None, *, prepared: GoalsImport) -> Faults:
    """Write what `prepare_agreements` found. What then does not fit the goals is given back, and nothing may stay."""
    faults = Faults()
    people = _people(prepared.agreed)
    for entry in prepared.agreements.created:
        goals = _set_of(entry)
        if goals is None:
            faults.add(f"{entry.path}.owner", _("There is no goal in this cycle yet."))
            continue
        one = Agreement(key=entry.key, goal_set=goals)
        _write(one, entry.fields, people)
    for changed in prepared.agreements.changed:
        one = Agreement.objects.select_related(*Agreement.read_with).get(key=changed.entry.key)
        _write(one, changed.wanted, people)
    for chunk in chunks(prepared.agreed):
        _verify({entry.key: entry for entry in chunk}, faults)
    return faults


def _people(entries: list[Entry]) -> dict[str, int]:
    found: dict[str, int] = {}
    for chunk in chunks({entry.fields.get(name) or "" for entry in entries for name in PEOPLE}):
        found.update((key, one.pk) for key, one in people_by_key(chunk).items())
    return found


def _set_of(entry: Entry) -> GoalSet | None:
    kind, _colon, key = entry.fields["owner"].partition(":")
    rows = GoalSet.objects.select_related(*GoalSet.read_with)
    return rows.filter(cycle__key=entry.fields["cycle"], **{f"owner_{kind}__key": key}).first()


def _write(one: Agreement, fields: dict[str, Any], people: dict[str, int]) -> None:
    for name, column in AGREEMENT.items():
        if name in fields:
            setattr(one, column, fields[name])
    for name, column in PEOPLE.items():
        if name in fields:
            setattr(one, f"{column}_id", people.get(fields[name] or ""))
    one.save()


def _verify(entries: dict[str, Entry], faults: Faults) -> None:
    """The newest agreement of each set says how the set stands, and is what its goals say."""
    rows = Agreement.objects.filter(key__in=entries).values_list("goal_set", flat=True)
    for goals in GoalSet.objects.filter(pk__in=rows).select_related(*GoalSet.read_with):
        latest = Agreement.objects.filter(goal_set=goals).order_by("-pk").first()
        assert latest is not None
        set_state(goals, latest.state)
        refresh(goals, only_progress=True)
        text = version_of(goals)
        follow_targets(goals, text)
        entry = entries.get(latest.key)
        if entry is None or latest.state not in (AgreementState.SIGNED, AgreementState.VOIDED):
            continue
        same = versions.hash_of(text) == latest.hash
        if entry.fields["state"] != latest.state or same != (latest.state == AgreementState.SIGNED):
            faults.add(f"{entry.path}.version", _("What was signed is not what the goals of this file say."))
