"""What happens in dossiers, as sentences without their words: a dossier is nobody's news but its reader's."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tandem.activity.events import SUBJECTS, Occasion, Subject, kind, verb


def _told(occasion: Occasion) -> Iterable[int | None]:
    """Whom the command named."""
    people: list[int] = occasion.data.get("to", [])
    return people


def _to(what: str) -> Subject:
    return Subject(lambda key, _about: reverse("dossier_entry", args=[what, key]))


kind("growth", _("recognition, notes and reviews of growth"), mail=True)
SUBJECTS["recognition"] = _to("recognition")
SUBJECTS["mentornote"] = _to("note")
SUBJECTS["share"] = _to("share")
SUBJECTS["review"] = _to("review")

verb("dossier.told", _("%(actor)s told a story in the growth dossier"), apart=True)
verb("dossier.retold", _("%(actor)s changed a story in the growth dossier"), apart=True)
verb("dossier.withdrawn", _("%(actor)s took a story back from the growth dossier"), apart=True)
verb("dossier.restored", _("%(actor)s brought a story back to the growth dossier"), apart=True)
verb("dossier.shared", _("%(actor)s shares a growth dossier with %(name)s"), personal=("name",),
     tells={"growth": _told}, apart=True)  # fmt: skip
verb("dossier.closed_to", _("%(actor)s ended the sharing of a growth dossier with %(name)s"), personal=("name",),
     apart=True)  # fmt: skip
verb("dossier.noted", _("%(actor)s wrote a note on your growth"), tells={"growth": _told}, apart=True)
verb("dossier.own_note", _("%(actor)s wrote a note in the growth dossier"), apart=True)
verb("dossier.note_withdrawn", _("%(actor)s took back a note in a growth dossier"), apart=True)
verb("dossier.note_restored", _("%(actor)s brought back a note in a growth dossier"), apart=True)
verb("recognition.given", _("%(actor)s thanked %(name)s"), personal=("name",), tells={"growth": _told}, apart=True)
verb("recognition.withdrawn", _("%(actor)s took back a recognition of %(name)s"), personal=("name",), apart=True)
verb("recognition.restored", _("%(actor)s brought back a recognition of %(name)s"), personal=("name",), apart=True)
verb("review.named", _("%(actor)s named a panel for the review of %(name)s’s growth"), personal=("name",),
     tells={"growth": _told}, apart=True)  # fmt: skip
verb("review.called_off", _("%(actor)s called off the review of %(name)s’s growth"), personal=("name",),
     tells={"growth": _told}, apart=True)  # fmt: skip
verb("review.quoted", _("%(actor)s quoted the growth dossier of %(name)s"), personal=("name",), apart=True)
verb("review.quote_dropped", _("%(actor)s dropped a quotation of %(name)s’s growth dossier"), personal=("name",),
     apart=True)  # fmt: skip
verb("review.decided", _("The panel decided on the growth of %(name)s"), personal=("name",),
     tells={"growth": _told}, apart=True)  # fmt: skip
verb("review.in_force", _("%(actor)s put in force what the panel decided on %(name)s"), personal=("name",),
     tells={"growth": _told}, apart=True)  # fmt: skip
