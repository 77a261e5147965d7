"""What combines goals and people, in the JSON API."""

from tandem.insights.api.coverage import router as coverage
from tandem.insights.api.map import router as alignment_map

routers = (alignment_map, coverage)
