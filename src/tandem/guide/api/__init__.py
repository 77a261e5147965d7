"""Examples, templates and "KPI or OKR?" in the JSON API."""

from tandem.guide.api import answers, examples

routers = (examples.router, answers.router)

__all__ = ["routers"]
