"""What happens to indicators and targets, as sentences. Of targets only the two sides hear: no feed tells them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tandem.activity.events import SUBJECTS, Occasion, Subject, kind, verb
from tandem.kpi.models import Scheme, Target
from tandem.people.access import acting_lead


def carriers(occasion: Occasion) -> Iterable[int | None]:
    """Who answers for the carrier: the person, or whoever leads the unit."""
    scheme = occasion.about
    assert isinstance(scheme, Scheme)
    if scheme.carrier_unit is None:
        return [scheme.carrier_person_id]
    lead = acting_lead(scheme.carrier_unit)
    return [lead.pk if lead else None]


def issuers(occasion: Occasion) -> Iterable[int | None]:
    """Whose names stand for the leader."""
    rows = Target.objects.standing().filter(scheme=occasion.about.pk)
    return set(rows.values_list("issued_by_id", flat=True))


kind("kpi", _("targets you carry or issue, and numbers you supply"), mail=True)
SUBJECTS["scheme"] = Subject(lambda scheme, _about: reverse("kpi_scheme", args=[scheme]))

verb("indicator.added", _("%(actor)s put the indicator “%(title)s” into the library"))
verb("indicator.edited", _("%(actor)s changed the indicator “%(title)s”"))
verb("indicator.renewed", _("%(actor)s renewed the indicator “%(title)s” until %(on)s"))
verb("indicator.archived", _("%(actor)s archived the indicator “%(title)s”"))
verb("indicator.restored", _("%(actor)s brought back the indicator “%(title)s”"))
verb("reading.entered", _("%(actor)s handed in a value of “%(title)s” for %(on)s"), apart=True)
verb("reading.corrected", _("%(actor)s corrected the value of “%(title)s” for %(on)s"), apart=True)
verb(
    "targets.issued",
    _("%(actor)s issued targets to %(carrier)s for %(cycle)s"),
    personal=("carrier",),
    tells={"kpi": carriers},
    apart=True,
)
verb(
    "targets.accepted",
    _("%(carrier)s accepted the targets for %(cycle)s"),
    personal=("carrier",),
    tells={"kpi": issuers},
    apart=True,
)
verb(
    "targets.negotiated",
    _("%(carrier)s negotiates “%(title)s” for %(cycle)s"),
    personal=("carrier",),
    tells={"kpi": issuers},
    apart=True,
)
verb(
    "targets.changed",
    _("%(actor)s changed targets of %(carrier)s for %(cycle)s: %(reason)s"),
    personal=("carrier",),
    tells={"kpi": carriers},
    apart=True,
)
verb(
    "targets.final",
    _("%(actor)s spoke the final word on “%(title)s” of %(carrier)s for %(cycle)s"),
    personal=("carrier",),
    tells={"kpi": carriers},
    apart=True,
)
verb(
    "targets.dropped",
    _("%(actor)s dropped the targets of %(carrier)s for %(cycle)s: %(reason)s"),
    personal=("carrier",),
    tells={"kpi": carriers},
    apart=True,
)
