"""The file for payroll: drawn from a closed round's entries, and noted with a hash so that it can be recognised."""

from hashlib import sha256
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.commands import command
from tandem.core.errors import Invalid
from tandem.people.actors import Actor
from tandem.rewards.access import may_write_points
from tandem.rewards.queries import payroll_lines
from tandem.rewards.rules.payroll import FORMS, as_file

if TYPE_CHECKING:
    from tandem.kpi.models import Round


@command(may=may_write_points)
def export_payroll(actor: Actor, one: "Round", /, *, form: str) -> bytes:
    """csv or xlsx: a line for each person and rule, always the same bytes for the same entries.

    Raises Invalid (422) where the round is not closed, or its points are not written.
    """
    if form not in FORMS:
        raise Invalid(_("Choose one of the offered values."), field="form")
    lines = payroll_lines(actor, one)
    if not lines:
        raise Invalid(_("The points of this round are not written yet."), code="state")
    made = as_file(form, lines)
    record(
        actor, "payroll.exported", one, name=one.cycle.name, form=form, rows=len(lines), hash=sha256(made).hexdigest()
    )  # fmt: skip
    return made
