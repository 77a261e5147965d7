"""Reading files that wait. Each belongs to who sent it."""

from django.utils.translation import gettext as _

from tandem.core.errors import Missing
from tandem.kpi.models import KpiFile
from tandem.people.actors import Actor


def get_kpi_file(actor: Actor, pk: int) -> KpiFile:
    """Raises Missing (404), for somebody else's too."""
    found = KpiFile.objects.filter(pk=pk, person=actor.pk).first()
    if found is None:
        raise Missing(_("There is no such file, or it is not for you to see."))
    return found
