"""Every address. Each package names its own; what is here is wiring."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("tandem.config.api")),
    path("", include("tandem.activity.urls")),
    path("", include("tandem.people.urls")),
    path("", include("tandem.okr.urls")),
    path("", include("tandem.growth.urls")),
    path("", include("tandem.guide.urls")),
    path("", include("tandem.kpi.urls")),
    path("", include("tandem.rewards.urls")),
    path("", include("tandem.insights.urls")),
    path("", include("tandem.pages.urls")),
]

handler400 = "tandem.config.refusals.bad_request"
handler403 = "tandem.config.refusals.not_allowed"
handler404 = "tandem.config.refusals.missing"
handler500 = "tandem.config.refusals.broken"
