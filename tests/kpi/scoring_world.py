"""A quarter with accepted targets of Ada, Ben and the team Web, and the round on them."""

from dataclasses import dataclass
from typing import Any

from tandem.kpi import commands as kpi
from tandem.kpi.models import Round, Scheme, Scorecard, Stage
from tandem.people.actors import SYSTEM
from tests.world import World, fresh

TEAM_ITEMS: list[dict[str, Any]] = [
    {"indicator": "coverage", "weight": "60", "target": "80"},
    {"indicator": "attitude", "weight": "40", "method": "rating", "parameters": {"top": "5"}},
]
UNIT_ITEMS: list[dict[str, Any]] = [{"indicator": "coverage", "weight": "100", "target": "80"}]


@dataclass
class Quarter:
    world: World
    round: Round

    def card(self, who: Any) -> Scorecard:
        """The scorecard of a person or unit, as it stands."""
        field = "unit" if hasattr(who, "path") else "person"
        return Scorecard.objects.select_related(*Scorecard.read_with).get(round=self.round, **{field: who.pk})

    def item(self, who: Any, code: str = "coverage") -> Any:
        return fresh(self.card(who).items.get(code=code))

    def to(self, stage: str) -> None:
        kpi.move_cards(self.world.hana, self.round, to=stage)

    def reviewed(self, who: Any, actual: int = 80) -> Scorecard:
        """Past the manager's review, everything scored: `actual` of coverage and a mark of 4."""
        manager = self.card(who).manager or self.world.hana
        kpi.note_item(manager, self.item(who), actual=actual, note="Counted by hand")
        if self.card(who).items.filter(code="attitude").exists():
            kpi.mark_item(manager, self.item(who, "attitude"), value=4)
        if self.card(who).stage == Stage.RUNNING:
            self.to(Stage.MANAGER_REVIEW)
        return kpi.hand_in_review(manager, self.card(who))

    def communicated(self, who: Any, actual: int = 80) -> Scorecard:
        self.reviewed(who, actual)
        self.to(Stage.COMMUNICATED)
        return self.card(who)


def with_targets(world: World, team_items: list[dict[str, Any]] | None = None) -> None:
    """Accepted targets of Ada and Ben (the team Web) and of Web itself."""
    kpi.add_indicator(SYSTEM, None, code="coverage", name_en="Test coverage", name_zh="测试覆盖率", unit="%")
    kpi.add_indicator(SYSTEM, None, code="attitude", name_en="Working together", name_zh="协作", method="rating")
    kpi.issue_to_unit(world.wei, world.web, cycle=world.quarter, items=UNIT_ITEMS)
    kpi.issue_to_team(world.lin, world.web, cycle=world.quarter, items=team_items or TEAM_ITEMS)
    for scheme in Scheme.objects.select_related(*Scheme.read_with):
        kpi.accept_targets(scheme.carrier_person or world.lin, scheme)


def opened(world: World, team_items: list[dict[str, Any]] | None = None, **fields: Any) -> Quarter:
    with_targets(world, team_items)
    return Quarter(world, kpi.open_round(world.hana, None, cycle=world.quarter, **fields))
