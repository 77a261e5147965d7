"""What happens to people and units, as sentences."""

from django.utils.translation import gettext_lazy as _

from tandem.activity.events import verb

verb("unit.created", _("%(actor)s created the unit %(name)s"))
verb("unit.edited", _("%(actor)s changed the unit %(name)s"))
verb("unit.moved", _("%(actor)s moved the unit %(name)s"))
verb("unit.merged", _("%(actor)s merged the unit %(name)s into %(into)s"))
verb("unit.merger_undone", _("%(actor)s took the merger of %(name)s into %(into)s back"))
verb("unit.reordered", _("%(actor)s changed the place of the unit %(name)s"))
verb("unit.archived", _("%(actor)s archived the unit %(name)s"))
verb("unit.restored", _("%(actor)s restored the unit %(name)s"))
verb("unit.lead", _("%(actor)s named %(person)s lead of %(name)s"), personal=("person",))
verb("person.added", _("%(actor)s added %(name)s"), personal=("name",))
verb("person.edited", _("%(actor)s changed the entry of %(name)s"), personal=("name",))
verb("person.profile", _("%(actor)s changed personal settings"), apart=True)
verb("person.notifications", _("%(actor)s chose what to hear of"), apart=True)
verb("person.password", _("%(actor)s set a new password for %(name)s"), personal=("name",), apart=True)
verb("person.roles", _("%(actor)s changed the roles of %(name)s"), personal=("name",))
verb("person.moved", _("%(actor)s moved %(name)s to %(unit)s"), personal=("name",))
verb("person.joined", _("%(name)s joined %(unit)s"), personal=("name",))
verb("person.withdrew", _("%(name)s is no longer part of %(unit)s"), personal=("name",))
verb("person.left", _("%(name)s left the company"), personal=("name",))
verb("person.returned", _("%(name)s is back"), personal=("name",))
verb("person.job_level", _("%(actor)s set the job level of %(name)s"), personal=("name",), apart=True)
verb("organization.edited", _("%(actor)s changed the company’s settings"))
verb("organization.imported", _("%(actor)s imported %(units)s units and %(people)s people"))
verb("person.device_ended", _("%(actor)s signed a device out"), apart=True)
verb("person.signed_in", _("%(actor)s signed in from %(address)s with %(device)s"), personal=("address",), apart=True)
verb(
    "person.sign_in_failed",
    _("Somebody failed to sign in as %(name)s from %(address)s"),
    personal=("name", "address"),
    apart=True,
)
verb("token.made", _("%(actor)s made the token %(name)s"), apart=True)
verb("token.revoked", _("%(actor)s revoked the token %(name)s"), apart=True)
verb("backup.made", _("%(actor)s made a backup: %(rows)s rows"))
