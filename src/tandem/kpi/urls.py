from django.urls import path

from tandem.kpi.views import issuing, library, readings, targets

urlpatterns = [
    path("kpi/", targets.my_kpis, name="my_kpis"),
    path("kpi/units/<int:unit_id>/", issuing.unit, name="kpi_unit"),
    path("kpi/units/<int:unit_id>/issue/<slug:to>/", issuing.issue, name="kpi_issue"),
    path("kpi/schemes/<int:scheme_id>/", targets.scheme, name="kpi_scheme"),
    path("kpi/schemes/<int:scheme_id>/accept/", targets.accept, name="kpi_accept"),
    path("kpi/schemes/<int:scheme_id>/change/", targets.change, name="kpi_change"),
    path("kpi/schemes/<int:scheme_id>/drop/", targets.drop, name="kpi_drop"),
    path("kpi/readings/", readings.grid, name="kpi_readings"),
    path("kpi/targets/<int:target_id>/", readings.target, name="kpi_target"),
    path("kpi/targets/<int:target_id>/negotiate/", targets.negotiate, name="kpi_negotiate"),
    path("kpi/targets/<int:target_id>/final-word/", targets.final_word, name="kpi_final_word"),
    path("kpi/indicators/", library.library, name="indicators"),
    path("kpi/indicators/new/", library.indicator_new, name="indicator_new"),
    path("kpi/indicators/<str:code>/", library.indicator, name="indicator"),
    path("kpi/indicators/<str:code>/edit/", library.indicator_edit, name="indicator_edit"),
    path("kpi/indicators/<str:code>/renew/", library.indicator_renew, name="indicator_renew"),
    path("kpi/indicators/<str:code>/archive/", library.indicator_archive, name="indicator_archive"),
    path("kpi/indicators/<str:code>/restore/", library.indicator_restore, name="indicator_restore"),
]
