"""Outside factors on the sheet: claimed on an item, decided below it."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tandem.core.errors import Invalid
from tandem.kpi import commands
from tandem.kpi.queries import get_claim, get_item
from tandem.kpi.views.scorecards import done
from tandem.people.actors import actor_of


@require_POST
def item_claim(request: HttpRequest, pk: int) -> HttpResponse:
    actor, sent = actor_of(request), request.POST
    item = get_item(actor, pk)

    def run() -> None:
        since, until = _day(sent.get("since", ""), "since"), _day(sent.get("until", ""), "until")
        words, evidence = sent.get("words", ""), sent.get("evidence", "")
        commands.claim_factor(actor, item, words=words, evidence=evidence, since=since, until=until)

    return done(request, actor, item.scorecard, f"claim-{item.pk}", run, item)


@require_POST
def claim_decide(request: HttpRequest, pk: int) -> HttpResponse:
    actor, sent = actor_of(request), request.POST
    claim = get_claim(actor, pk)

    def run() -> None:
        since, until = _day(sent.get("since", ""), "since"), _day(sent.get("until", ""), "until")
        value = sent.get("value", "").strip() or None
        commands.decide_claim(
            actor,
            claim,
            remedy=sent.get("remedy", ""),
            words=sent.get("words", ""),
            since=since,
            until=until,
            value=value,
        )

    return done(request, actor, claim.item.scorecard, f"decide-{claim.pk}", run, claim.item)


def _day(text: str, field: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise Invalid(_("This is no date."), field=field) from None
