"""What happens to cycles, as sentences."""

from django.utils.translation import gettext_lazy as _

from tandem.activity.events import verb

verb("cycle.created", _("%(actor)s created the cycle %(name)s"))
verb("cycle.prepared", _("%(actor)s prepared the cycle %(name)s"))
verb("cycle.edited", _("%(actor)s changed the cycle %(name)s"))
verb("cycle.phase.plan", _("%(actor)s opened drafting in %(name)s"))
verb("cycle.phase.agree", _("%(actor)s opened agreeing in %(name)s"))
verb("cycle.phase.run", _("%(actor)s started %(name)s"))
verb("cycle.phase.review", _("%(actor)s opened the review of %(name)s"))
verb("cycle.phase.closed", _("%(actor)s closed %(name)s"))
