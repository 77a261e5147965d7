"""Who may open the pages that keep the organisation and the cycles. The commands ask again."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _

from tandem.core.errors import NotAllowed
from tandem.cycles.access import may_run_cycles
from tandem.people.access import may_administer, may_keep_person, may_run_organization
from tandem.people.actors import actor_of

if TYPE_CHECKING:
    from tandem.people.models import Person


def keeper(request: HttpRequest) -> "Person":
    """Administrator or people team. Raises NotAllowed (403)."""
    return _allowed(request, may_run_organization(actor_of(request)))


def keeper_of(request: HttpRequest, person: "Person") -> "Person":
    """Who may keep this person's entry. Raises NotAllowed (403)."""
    return _allowed(request, may_keep_person(actor_of(request), person))


def administrator(request: HttpRequest) -> "Person":
    """Raises NotAllowed (403)."""
    return _allowed(request, may_administer(actor_of(request)))


def operator(request: HttpRequest) -> "Person":
    """Who may open some page of the administration: administrator, people team or champion. Raises NotAllowed (403)."""
    actor = actor_of(request)
    return _allowed(request, may_run_organization(actor) or may_run_cycles(actor))


def champion(request: HttpRequest) -> "Person":
    """Who runs the cycles. Raises NotAllowed (403)."""
    return _allowed(request, may_run_cycles(actor_of(request)))


def _allowed(request: HttpRequest, may: bool) -> "Person":
    if not may:
        raise NotAllowed(_("You may look at this, but not change it."))
    return actor_of(request)
