"""Looking through the library."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tandem.core.clock import today
from tandem.core.errors import Missing
from tandem.kpi.models import Indicator, IndicatorVersion
from tandem.kpi.rules.library import SOON
from tandem.people.actors import Actor

PAGE = 50
_MOST_WORDS = 6


def get_indicator(actor: Actor, code: str) -> Indicator:
    """By its code; archived ones too, for what was issued of them stays. Raises Missing (404)."""
    found = Indicator.objects.visible_to(actor).filter(code=code).select_related(*Indicator.read_with).first()
    if found is None:
        raise Missing(_("There is no such indicator."))
    return found


def known_codes(actor: Actor, codes: Iterable[str]) -> set[str]:
    """Which of these codes the library has for this reader, archived ones too."""
    return set(Indicator.objects.visible_to(actor).filter(code__in=list(codes)).values_list("code", flat=True))


def find_indicators(
    actor: Actor, words: str = "", *, dimension: str = "", tag: str = "", life: str = ""
) -> QuerySet[Indicator]:
    """Those with all the words (in code, names, definitions, formula), by code.

    `life` is running, ending, ended or archived; "" means all that are not archived.
    """
    rows = Indicator.objects.visible_to(actor).select_related(*Indicator.read_with).order_by("code")
    rows = rows.filter(archived_on__isnull=life != "archived")
    for word in words.split()[:_MOST_WORDS]:
        places = ("code", "name_en", "name_zh", "definition_en", "definition_zh", "formula", "tag_line")
        rows = rows.filter(_any(places, word))
    if dimension:
        rows = rows.filter(dimension=dimension)
    if tag:
        rows = rows.filter(tag_line__contains=f"|{tag}|")
    return rows.filter(_in_life(life))


def _any(places: tuple[str, ...], word: str) -> Q:
    found = Q()
    for place in places:
        found |= Q(**{f"{place}__icontains": word})
    return found


def _in_life(life: str) -> Q:
    day = today()
    return {
        "running": Q(sunset_on__gte=day),
        "ending": Q(sunset_on__gte=day, sunset_on__lte=day + SOON),
        "ended": Q(sunset_on__lt=day),
    }.get(life, Q())


def tags_in_use(actor: Actor) -> list[str]:
    """Every tag of what the actor may see, in order."""
    rows = Indicator.objects.visible_to(actor).filter(archived_on=None).exclude(tag_line="")
    return sorted({tag for one in rows.only("tag_line") for tag in one.tags})


def versions_of(_actor: Actor, indicator: Indicator) -> list[IndicatorVersion]:
    """All, the newest first."""
    return list(IndicatorVersion.objects.filter(indicator=indicator).select_related("author").order_by("-number"))
