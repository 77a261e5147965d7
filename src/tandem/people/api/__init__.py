"""People, units and the company in the JSON API."""

from tandem.people.api import administration, me, organization, people, roles, tokens, units

routers = (
    me.router, people.router, roles.router, units.router, organization.router, tokens.router, administration.router,
)  # fmt: skip

__all__ = ["routers"]
