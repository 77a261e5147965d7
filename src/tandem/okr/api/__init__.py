"""Goals in the JSON API."""

from tandem.okr.api import (
    actions,
    agreements,
    check_ins,
    clones,
    coaching,
    comments,
    coverage,
    goals,
    handovers,
    key_results,
    links,
    numbers,
    objectives,
    promotions,
    scores,
    states,
    suggestions,
    week,
)

routers = (
    goals.router,
    objectives.router,
    states.router,
    links.router,
    key_results.router,
    actions.router,
    check_ins.router,
    week.router,
    numbers.router,
    handovers.router,
    comments.router,
    scores.router,
    clones.router,
    agreements.router,
    suggestions.router,
    promotions.router,
    coverage.router,
    coaching.router,
)

__all__ = [
    "routers",
]
