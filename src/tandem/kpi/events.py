"""What happens to indicators, as sentences."""

from django.utils.translation import gettext_lazy as _

from tandem.activity.events import verb

verb("indicator.added", _("%(actor)s put the indicator “%(title)s” into the library"))
verb("indicator.edited", _("%(actor)s changed the indicator “%(title)s”"))
verb("indicator.renewed", _("%(actor)s renewed the indicator “%(title)s” until %(on)s"))
verb("indicator.archived", _("%(actor)s archived the indicator “%(title)s”"))
verb("indicator.restored", _("%(actor)s brought back the indicator “%(title)s”"))
