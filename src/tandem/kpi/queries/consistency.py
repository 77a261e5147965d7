"""What should never be true of indicators, targets, readings and scorecards. For `tandem check`."""

from collections.abc import Callable, Iterator

from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext as _

from tandem.core.bulk import chunks
from tandem.core.formats import number
from tandem.core.numbers import HUNDRED
from tandem.kpi.commands.scoring import differs
from tandem.kpi.models import (
    Indicator,
    IndicatorVersion,
    Kind,
    Reading,
    Scheme,
    Scorecard,
    ScorecardItem,
    State,
    Target,
)
from tandem.kpi.rules import calculated
from tandem.people.actors import Actor


def faults_of_indicators(actor: Actor, tell: Callable[[int], object] | None = None) -> Iterator[str]:
    """A sentence for each; `tell` hears how many scorecards were computed anew."""
    yield from _library()
    yield from _versions()
    yield from _schemes()
    yield from _decomposition()
    yield from _readings()
    yield from _scorecards(tell)


def _library() -> Iterator[str]:
    """Calculations that rest on themselves or on nothing."""
    known = dict(Indicator.objects.values_list("code", "expression"))
    texts = {code: text for code, text in known.items() if text}
    for code, text in texts.items():
        if way := calculated.ring(code, text, texts):
            yield _("The calculation of %(code)s rests on itself: %(ring)s.") % {"code": code, "ring": " → ".join(way)}
        for name in calculated.names_in(text):
            if name not in known:
                yield _("The calculation of %(code)s names %(name)s, which does not exist.") % {
                    "code": code,
                    "name": name,
                }


def _versions() -> Iterator[str]:
    """The newest version says what the indicator says."""
    for part in chunks(Indicator.objects.values_list("pk", flat=True)):
        rows = {one.pk: one for one in Indicator.objects.filter(pk__in=part)}
        newest = IndicatorVersion.objects.filter(indicator__in=part, number=F("indicator__number"))
        words = dict(newest.values_list("indicator_id", "words"))
        for pk, row in rows.items():
            said = words.get(pk)
            if said is None or {**row.words(), **said} != row.words():
                yield _("The newest version of %(code)s does not say what the indicator says.") % {"code": row.code}


def _schemes() -> Iterator[str]:
    standing = Target.objects.standing().order_by().values("scheme")
    sums = standing.annotate(sum=Sum("weight"), many=Count("pk", filter=Q(kind=Kind.SCORED))).exclude(many=0)
    odd = {row["scheme"]: row["sum"] for row in sums.exclude(sum=HUNDRED)}
    for one in Scheme.objects.filter(pk__in=odd).select_related("carrier_person", "carrier_unit", "cycle"):
        said = _("The weights of %(name)s in %(cycle)s add to %(sum)s, not to 100.")
        yield said % {"name": one.carrier.name, "cycle": one.cycle.name, "sum": number(odd[one.pk])}


def _decomposition() -> Iterator[str]:
    """What was handed down is of the same indicator and cycle, and from something that stands."""
    odd = ~Q(parent__indicator=F("indicator")) | ~Q(parent__scheme__cycle=F("scheme__cycle"))
    rows = Target.objects.standing().exclude(parent=None).filter(odd | Q(parent__state=State.DROPPED))
    for one in rows.select_related("indicator", "scheme__carrier_person", "scheme__carrier_unit"):
        said = _("The target of %(name)s for %(code)s was handed down from one that does not fit.")
        yield said % {"name": one.scheme.carrier.name, "code": one.indicator.code}


def _readings() -> Iterator[str]:
    """One for each indicator, carrier and day, each change kept."""
    unkept = Reading.ever.annotate(many=Count("corrections")).exclude(version=F("many") + 1)
    for one in unkept.select_related("indicator"):
        said = _("The value of %(code)s for %(on)s lost a part of its history.")
        yield said % {"code": one.indicator.code, "on": one.on.isoformat()}
    twice = Reading.ever.order_by().values("indicator__code", "carrier_person", "carrier_unit", "on")
    for row in twice.annotate(many=Count("pk")).filter(many__gt=1):
        yield _("%(code)s has several values for %(on)s.") % {"code": row["indicator__code"], "on": row["on"]}


def _scorecards(tell: Callable[[int], object] | None) -> Iterator[str]:
    """Points, weights that counted, total: computed anew from what stands on each."""
    for part in chunks(Scorecard.objects.order_by("pk").values_list("pk", flat=True)):
        cards = Scorecard.objects.filter(pk__in=part).select_related(*Scorecard.read_with)
        items: dict[int, list[ScorecardItem]] = {key: [] for key in part}
        for item in ScorecardItem.objects.filter(scorecard__in=part):
            items[item.scorecard_id].append(item)
        for card in cards:
            if differs(card, items[card.pk]):
                said = _("The scorecard of %(name)s in %(cycle)s does not add up to what is stored.")
                yield said % {"name": card.name, "cycle": card.round.cycle.name}
        if tell is not None:
            tell(len(part))
