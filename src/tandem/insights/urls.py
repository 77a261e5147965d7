from django.urls import path

from tandem.insights.views.map import map_branch, map_find, map_page

urlpatterns = [
    path("map/", map_page, name="map"),
    path("map/branch/", map_branch, name="map_branch"),
    path("map/find/", map_find, name="map_find"),
]
