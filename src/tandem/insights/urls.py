from django.urls import path

from tandem.insights.views.coverage import coverage, coverage_beyond, coverage_unit
from tandem.insights.views.map import map_branch, map_find, map_page

urlpatterns = [
    path("map/", map_page, name="map"),
    path("map/branch/", map_branch, name="map_branch"),
    path("map/find/", map_find, name="map_find"),
    path("coverage/", coverage, name="coverage"),
    path("coverage/units/<int:unit_id>/", coverage_unit, name="coverage_unit"),
    path("coverage/units/<int:unit_id>/beyond/", coverage_beyond, name="coverage_beyond"),
]
