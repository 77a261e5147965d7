"""Growth in the JSON API."""

from tandem.growth.api import dossiers, reviews

routers = (dossiers.router, reviews.router)

__all__ = ["routers"]
