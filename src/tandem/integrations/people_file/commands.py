"""Sending a file, and importing it after the dry run."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from tandem.core.bulk import Faults
from tandem.core.clock import now
from tandem.core.commands import command
from tandem.core.errors import Invalid, Refusal
from tandem.core.spreadsheets import MOST_BYTES
from tandem.core.texts import clean_line
from tandem.integrations.people_file.meaning import understand
from tandem.integrations.people_file.models import KEPT, PeopleFile, State
from tandem.integrations.people_file.reading import read
from tandem.integrations.people_file.report import refused, report_of
from tandem.people import commands as people
from tandem.people.access import may_run_organization
from tandem.people.actors import SYSTEM, Actor
from tandem.people.queries import get_person

AT_ONCE = 200_000
"""Bytes of a file that is read while its sender waits; larger ones are the worker's."""


def may_send_file(actor: Actor, _subject: object) -> bool:
    """People who keep the organisation; the system has plan files."""
    return may_run_organization(actor) and not actor.is_system


def may_import_file(actor: Actor, file: PeopleFile) -> bool:
    """Who keeps the organisation, and only the file they sent themself."""
    return may_run_organization(actor) and (actor.is_system or file.person_id == actor.pk)


@command(may=may_send_file)
def send_file(actor: Actor, _subject: None, *, name: str, content: bytes) -> PeopleFile:
    """Keep the file for a day and see what it would change. Raises Invalid (422) naming `file`."""
    if not content:
        raise Invalid(_("The file is empty."), field="file")
    if len(content) > MOST_BYTES:
        raise Invalid(_("The file is larger than 20 MB."), field="file")
    language = translation.get_language() or "en"
    title = clean_line(name[-200:] or "-", "file")
    kept = PeopleFile.objects.create(person_id=actor.pk or 0, name=title, content=content, language=language)
    if len(content) <= AT_ONCE:
        look_through(kept)
    else:
        look_through_later.enqueue(kept.pk)
    return kept


@command(may=may_import_file)
def import_file(actor: Actor, file: PeopleFile) -> PeopleFile:
    """Write all of it, or nothing. Raises Invalid (422) unless the dry run found no fault."""
    if file.state != State.CHECKED:
        raise Invalid(_("Only a file without faults can be imported, and only once."), code="state")
    if len(file.content) <= AT_ONCE:
        _write(actor, file)
    else:
        file.state, file.done = State.APPLYING, 0
        file.save(update_fields=["state", "done"])
        write_later.enqueue(file.pk)
    return file


def look_through(file: PeopleFile) -> None:
    """The dry run: what would be created, changed, left alone, and what is wrong, row by row."""
    faults = Faults()
    try:
        tables = read(bytes(file.content))
        _tell(file, 30)
        found = understand(tables, faults)
        _tell(file, 60)
        prepared = people.prepare_organization(None, found.units, found.people, faults)
        file.report = report_of(prepared, faults)
    except Invalid as refusal:
        faults.add("", refusal.message)
        file.report = refused(refusal.message)
    file.state = State.FAULTY if faults else State.CHECKED
    file.done = 100
    file.save(update_fields=["state", "report", "done"])


def _tell(file: PeopleFile, done: int) -> None:
    """How far it is, for whoever waits."""
    PeopleFile.objects.filter(pk=file.pk).update(done=done)


def _write(actor: Actor, file: PeopleFile) -> None:
    """Read anew under the lock: what stands may have changed since the dry run. Raises Refusal."""
    with transaction.atomic():
        people.lock_organization()
        faults = Faults()
        found = understand(read(bytes(file.content)), faults)
        prepared = people.prepare_organization(None, found.units, found.people, faults)
        if faults:
            raise Invalid(_("The organization changed meanwhile, and the file no longer fits; send it once more."))
        people.import_organization(actor, None, prepared=prepared)
        file.state, file.done, file.content = State.APPLIED, 100, b""
        file.save(update_fields=["state", "done", "content"])


@task()
def look_through_later(key: int) -> None:
    file = PeopleFile.objects.filter(pk=key, state=State.WAITING).first()
    if file is not None:
        with translation.override(file.language):
            look_through(file)


@task()
def write_later(key: int) -> None:
    file = PeopleFile.objects.filter(pk=key, state=State.APPLYING).first()
    if file is None:
        return
    with translation.override(file.language):
        try:
            _write(get_person(SYSTEM, file.person_id), file)
        except Refusal as refusal:
            file.state, file.report = State.FAULTY, refused(refusal.message)
            file.save(update_fields=["state", "report"])


def forget_old_files() -> None:
    """Files are kept for a day. A periodic job."""
    PeopleFile.objects.filter(at__lt=now() - KEPT).delete()
