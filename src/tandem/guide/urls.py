from django.urls import path

from tandem.guide.views import answers, examples, mix

_TO = [(kind, f"{kind}/<int:owner_id>/<int:cycle_id>/") for kind in ("person", "unit")]
"""The end of an address that says whose goals and which cycle."""

urlpatterns = [
    path("guide/", examples.guide, name="guide"),
    path("guide/examples/", examples.examples, name="examples"),
    path("guide/examples/panel/", examples.examples_panel, name="examples_panel"),
    *(
        path(f"guide/examples/<str:example_key>/start/{to}", examples.start_example, {"owner_kind": kind},
             f"example_start_{kind}")
        for kind, to in _TO
    ),
    path("guide/teams/<slug:team_key>/", examples.team, name="team_template"),
    path("guide/teams/<slug:team_key>/indicators/", examples.add_indicators, name="team_indicators"),
    *(
        path(f"guide/teams/<slug:team_key>/start/{to}", examples.start_team, {"owner_kind": kind}, f"team_start_{kind}")
        for kind, to in _TO
    ),
    *(
        path(f"guide/drafts/{to}back/", examples.take_back, {"owner_kind": kind}, f"drafts_back_{kind}")
        for kind, to in _TO
    ),
    path("guide/kpi-or-okr/", answers.kpi_or_okr, name="kpi_or_okr"),
    path("guide/kpi-or-okr/suggestion/", answers.suggestion, name="kpi_or_okr_suggestion"),
    *(
        path(f"guide/kpi-or-okr/keep/{to}", answers.keep, {"owner_kind": kind}, f"answers_keep_{kind}")
        for kind, to in _TO
    ),
    path("guide/objectives/<int:objective_id>/kpi-or-okr/", answers.about_objective, name="kpi_or_okr_about"),
    path("guide/answers/<int:answers_id>/", answers.kept_answers, name="answers"),
    path("guide/answers/<int:answers_id>/withdraw/", answers.withdraw, name="answers_withdraw"),
    path("guide/answers/<int:answers_id>/restore/", answers.restore, name="answers_restore"),
    path("guide/answers/<int:answers_id>/objective/", answers.write_objective, name="answers_objective"),
    path("units/<int:unit_id>/mix/", mix.unit_mix, name="unit_mix"),
]  # fmt: skip
