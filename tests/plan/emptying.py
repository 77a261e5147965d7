"""An empty database in the middle of a test."""

from django.apps import apps

from tandem.people.queries import forget_organization

ORDER = (
    "search.Entry", "activity.Notification", "activity.Claim", "okr.Agreement", "okr.Suggestion", "okr.Sides",
    "okr.Follow", "okr.UnitCoverage", "okr.Delegation", "okr.Proposal",
    "activity.Event", "okr.CheckIn", "okr.KeyAction", "okr.Alignment", "okr.CoOwner", "okr.KeyResult", "okr.Objective",
    "okr.GoalSet", "okr.UnitNumbers", "cycles.PhaseDate", "cycles.Cycle", "people.Membership",
)  # fmt: skip


def empty() -> None:
    unit, person = apps.get_model("people.Unit"), apps.get_model("people.Person")
    apps.get_model("okr.CheckIn")._default_manager.update(replaces=None)
    for name in ORDER:
        apps.get_model(name)._default_manager.all().delete()
    unit._default_manager.update(parent=None, lead=None)
    person._default_manager.update(unit=None, manager=None)
    unit._default_manager.all().delete()
    person._default_manager.all().delete()
    apps.get_model("people.Organization")._default_manager.all().delete()
    forget_organization()
