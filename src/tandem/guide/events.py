"""What happens to answers, as sentences. What is about no objective yet is nobody's news."""

from django.utils.translation import gettext_lazy as _

from tandem.activity.events import verb

verb("answers.kept", _("%(actor)s answered “KPI or OKR?” for “%(title)s”"))
verb("answers.changed", _("%(actor)s changed the answers to “KPI or OKR?” for “%(title)s”"))
verb("answers.withdrawn", _("%(actor)s took back the answers to “KPI or OKR?” for “%(title)s”"))
verb("answers.restored", _("%(actor)s brought back the answers to “KPI or OKR?” for “%(title)s”"))
verb("own_answers.kept", _("%(actor)s answered “KPI or OKR?”"), apart=True)
verb("own_answers.changed", _("%(actor)s changed answers to “KPI or OKR?”"), apart=True)
verb("own_answers.withdrawn", _("%(actor)s took back answers to “KPI or OKR?”"), apart=True)
verb("own_answers.restored", _("%(actor)s brought back answers to “KPI or OKR?”"), apart=True)
