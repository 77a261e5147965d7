"""Choosing a person by name: as one types, and when the form comes with a name alone."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tandem.core.errors import Invalid
from tandem.okr.forms import whole
from tandem.people.actors import actor_of
from tandem.people.queries import find_people, get_person, people

if TYPE_CHECKING:
    from tandem.people.actors import Actor
    from tandem.people.models import Person

MOST, LONGEST = 8, 100


@require_GET
def people_choices(request: HttpRequest) -> HttpResponse:
    """The first few people whose names, or their pinyin, begin like what was typed."""
    typed = request.GET.get("name", "").strip()[:LONGEST]
    found = find_people(actor_of(request), typed, MOST)
    return render(request, "okr/objective/people_choices.html", {"found": found, "typed": typed})


def chosen_person(actor: "Actor", data: QueryDict) -> "Person":
    """The person chosen from the list, else the only one of that name. Raises Invalid, Missing."""
    key = whole(data, "person")
    if key is not None:
        return get_person(actor, key)
    typed = data.get("name", "").strip()[:LONGEST]
    found = list(people(actor).filter(name__iexact=typed)[:2]) or find_people(actor, typed, 2)
    if not typed or not found:
        raise Invalid(_("Nobody is called that. Choose somebody from the list."), field="name")
    if len(found) > 1:
        raise Invalid(_("Several people are called that. Choose one from the list."), field="name")
    return found[0]
