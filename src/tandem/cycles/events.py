"""What happens to cycles, as sentences."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tandem.activity.events import SUBJECTS, Subject, everybody, kind, verb

kind("cycle", _("a cycle enters a new phase"))
SUBJECTS["cycle"] = Subject(lambda cycle, _about: reverse("cycle", args=[cycle]))

verb("cycle.created", _("%(actor)s created the cycle %(name)s"))
verb("cycle.prepared", _("%(actor)s prepared the cycle %(name)s"))
verb("cycle.edited", _("%(actor)s changed the cycle %(name)s"))
verb("cycle.phase.plan", _("%(actor)s opened drafting in %(name)s"), tells={"cycle": everybody})
verb("cycle.phase.agree", _("%(actor)s opened agreeing in %(name)s"), tells={"cycle": everybody})
verb("cycle.phase.run", _("%(actor)s started %(name)s"), tells={"cycle": everybody})
verb("cycle.phase.review", _("%(actor)s opened the review of %(name)s"), tells={"cycle": everybody})
verb("cycle.phase.closed", _("%(actor)s closed %(name)s"), tells={"cycle": everybody})
verb("cycle.reopened", _("%(actor)s reopened %(name)s: %(reason)s"), tells={"cycle": everybody})
