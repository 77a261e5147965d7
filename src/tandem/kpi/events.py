"""What happens to indicators and targets, as sentences. Of targets only the two sides hear: no feed tells them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tandem.activity.events import SUBJECTS, Occasion, Subject, kind, verb
from tandem.kpi.models import Scheme, Target
from tandem.kpi.models.scorecards import Scorecard, known_on
from tandem.kpi.queries import hearers
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
verb(
    "reading.entered",
    _("%(actor)s handed in a value of “%(title)s” of %(carrier)s for %(on)s"),
    personal=("carrier",),
    apart=True,
)
verb(
    "reading.corrected",
    _("%(actor)s corrected the value of “%(title)s” of %(carrier)s for %(on)s"),
    personal=("carrier",),
    apart=True,
)
verb(
    "reading.withdrawn",
    _("%(actor)s withdrew the value of “%(title)s” of %(carrier)s for %(on)s"),
    personal=("carrier",),
    apart=True,
)
verb("reading.imported", _("%(actor)s handed in %(many)s values of “%(title)s” by file"), apart=True)
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

kind("scorecard", _("your scorecard, and those you review"))
SUBJECTS["scorecard"] = Subject(
    lambda card, _about: reverse("scorecard", args=[card]),
    lambda actor: Scorecard.objects.known_to(actor.pk),
    hearers.knowing,
    known_on,
)
CARRIER, REVIEWER = {"scorecard": hearers.carrier}, {"scorecard": hearers.reviewer}

SUBJECTS["round"] = Subject(lambda _round, _about: reverse("scorecards"))
SUBJECTS["indicator"] = Subject(lambda _indicator, _about: reverse("kpi_readings"))

verb("reading.late", _("Values that wait for you: %(count)s"), apart=True)
verb("round.review_due", _("Scorecards of %(name)s to review: %(count)s"), apart=True)
verb("scorecard.self_review_due", _("The self-review of %(name)s waits for you"), personal=("name",), apart=True)
verb("scorecard.answer_due", _("The result of %(name)s waits for your answer"), personal=("name",), apart=True)
verb("round.opened", _("%(actor)s opened the round of %(name)s with %(many)s scorecards"), apart=True)
verb("round.edited", _("%(actor)s changed the rules of the round of %(name)s"), apart=True)
verb("round.filled", _("%(actor)s took targets and readings into the round of %(name)s: %(many)s new"), apart=True)
verb("round.closed", _("%(actor)s closed the round of %(name)s"), apart=True)
verb("scorecard.self_review", _("The self-review of %(name)s can begin"), personal=("name",), tells=CARRIER, apart=True)
verb(
    "scorecard.manager_review",
    _("%(actor)s moved the scorecard of %(name)s to the review"),
    personal=("name",),
    tells=REVIEWER,
    apart=True,
)
verb(
    "scorecard.self_reviewed",
    _("%(actor)s handed in the self-review of %(name)s"),
    personal=("name",),
    tells=REVIEWER,
    apart=True,
)
verb("scorecard.noted", _("%(actor)s noted an exception on the scorecard of %(name)s"), personal=("name",), apart=True)
verb(
    "scorecard.parts_noted",
    _("%(actor)s noted parts of the period served elsewhere on the scorecard of %(name)s"),
    personal=("name",),
    apart=True,
)
verb("scorecard.marked", _("%(actor)s gave a mark on the scorecard of %(name)s"), personal=("name",), apart=True)
verb(
    "scorecard.claimed",
    _("%(actor)s claimed an outside factor on the scorecard of %(name)s"),
    personal=("name",),
    tells=REVIEWER,
    apart=True,
)
verb(
    "scorecard.claim_decided",
    _("The claim on the scorecard of %(name)s is decided"),
    personal=("name",),
    tells={"scorecard": hearers.both},
    apart=True,
)
verb("scorecard.reviewed", _("%(actor)s handed in the review of %(name)s"), personal=("name",), apart=True)
verb("scorecard.second_reviewed", _("%(actor)s gave the second view on %(name)s"), personal=("name",), apart=True)
verb(
    "scorecard.reviewers",
    _("%(actor)s named the reviewers of %(name)s"),
    personal=("name",),
    tells=REVIEWER,
    apart=True,
)
verb("scorecard.calibrated", _("%(actor)s calibrated the scorecard of %(name)s"), personal=("name",), apart=True)
verb(
    "scorecard.communicated",
    _("The result of %(name)s is there; answer until %(on)s"),
    personal=("name",),
    tells=CARRIER,
    apart=True,
)
verb(
    "scorecard.acknowledged",
    _("%(actor)s acknowledged the result of %(name)s"),
    personal=("name",),
    tells=REVIEWER,
    apart=True,
)
verb(
    "scorecard.appealed", _("%(actor)s appealed the result of %(name)s"), personal=("name",), tells=REVIEWER, apart=True
)
verb("scorecard.resolved", _("The appeal of %(name)s is decided"), personal=("name",), tells=CARRIER, apart=True)
verb("scorecard.closed", _("%(actor)s closed the scorecard of %(name)s"), personal=("name",), apart=True)
verb("scorecard.looked", _("%(actor)s looked at the scorecard of %(name)s"), personal=("name",), apart=True)
