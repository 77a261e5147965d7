"""The library, written: added, changed by versions, renewed, put away and brought back."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.clock import today
from tandem.core.commands import command, expect_version
from tandem.core.errors import Invalid
from tandem.core.formats import date as written
from tandem.kpi.access import may_keep_indicator, may_keep_library
from tandem.kpi.commands.indicator_fields import clean_code, clean_sunset, set_indicator_fields
from tandem.kpi.models import Indicator, IndicatorVersion
from tandem.kpi.rules import library
from tandem.people.actors import Actor


@command(may=may_keep_library)
def add_indicator(
    actor: Actor, _subject: None = None, /, *, code: str, sunset_on: date | None = None, **fields: Any
) -> Indicator:
    """A new indicator with its first version. It ends a year from today unless told otherwise.

    Raises Invalid (422) naming the field.
    """
    indicator = Indicator(code=clean_code(code))
    if Indicator.objects.filter(code=indicator.code).exists():
        raise Invalid(_("There is an indicator of this code already."), field="code")
    indicator.sunset_on = clean_sunset(sunset_on or today() + library.USUAL_LIFE)
    set_indicator_fields(indicator, fields)
    indicator.save()
    _keep_version(actor, indicator, [])
    record(actor, "indicator.added", indicator, title=indicator.name)
    return indicator


@command(may=may_keep_indicator)
def edit_indicator(actor: Actor, indicator: Indicator, /, *, version: int | None = None, **fields: Any) -> Indicator:
    """Change what it says. Where its meaning changed, that is a new version; targets keep the one they were given on.

    Raises Invalid (422) naming the field, Conflict (409).
    """
    expect_version(indicator, version)
    before = indicator.words()
    set_indicator_fields(indicator, fields)
    after = indicator.words()
    changed = [name for name in after if after[name] != before[name]]
    indicator.version += 1
    indicator.number += bool(changed)
    indicator.save()
    if changed:
        _keep_version(actor, indicator, changed)
    record(actor, "indicator.edited", indicator, title=indicator.name, changed=sorted(fields))
    return indicator


@command(may=may_keep_indicator)
def renew_indicator(actor: Actor, indicator: Indicator, /, *, until: date | None = None) -> Indicator:
    """It lasts until the end of another day, by itself a year from today: at most three years ahead. Raises Invalid."""
    day = clean_sunset(until or today() + library.USUAL_LIFE, "until")
    if day <= indicator.sunset_on:
        said = _("It lasts until %(day)s already; renewing means a later day.") % {"day": written(indicator.sunset_on)}
        raise Invalid(said, field="until")
    indicator.sunset_on = day
    indicator.version += 1
    indicator.save()
    record(actor, "indicator.renewed", indicator, title=indicator.name, on=day.isoformat())
    return indicator


@command(may=may_keep_indicator)
def archive_indicator(actor: Actor, indicator: Indicator, /) -> Indicator:
    """Nothing new is issued of it; what was issued stays."""
    if indicator.archived_on is None:
        indicator.archived_on = today()
        indicator.save()
        record(actor, "indicator.archived", indicator, title=indicator.name)
    return indicator


@command(may=may_keep_indicator)
def restore_indicator(actor: Actor, indicator: Indicator, /) -> Indicator:
    if indicator.archived_on is not None:
        indicator.archived_on = None
        indicator.save()
        record(actor, "indicator.restored", indicator, title=indicator.name)
    return indicator


def _keep_version(actor: Actor, indicator: Indicator, changed: list[str]) -> None:
    IndicatorVersion.objects.create(
        indicator=indicator, number=indicator.number, words=indicator.words(), changed=changed, author_id=actor.pk
    )
