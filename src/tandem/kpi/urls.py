from django.urls import path

from tandem.kpi.views import library

urlpatterns = [
    path("kpi/indicators/", library.library, name="indicators"),
    path("kpi/indicators/new/", library.indicator_new, name="indicator_new"),
    path("kpi/indicators/<str:code>/", library.indicator, name="indicator"),
    path("kpi/indicators/<str:code>/edit/", library.indicator_edit, name="indicator_edit"),
    path("kpi/indicators/<str:code>/renew/", library.indicator_renew, name="indicator_renew"),
    path("kpi/indicators/<str:code>/archive/", library.indicator_archive, name="indicator_archive"),
    path("kpi/indicators/<str:code>/restore/", library.indicator_restore, name="indicator_restore"),
]
