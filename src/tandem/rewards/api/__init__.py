"""Rewards in the JSON API."""

from tandem.rewards.api import ballots, points, rules

routers = (rules.router, ballots.router, points.router)

__all__ = ["routers"]
