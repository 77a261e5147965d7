from django.urls import path

from tandem.rewards.views import ballots, points, rounds, rules

urlpatterns = [
    path("kpi/rewards/", rules.rule_list, name="rewards"),
    path("kpi/rewards/new/<slug:kind>/", rules.rule_new, name="reward_new"),
    path("kpi/rewards/<int:pk>/", rules.rule, name="reward_rule"),
    path("kpi/rewards/<int:pk>/change/", rules.rule_change, name="reward_change"),
    path("kpi/rewards/<int:pk>/end/", rules.rule_end, name="reward_end"),
    path("kpi/ballots/<int:pk>/", ballots.ballot, name="ballot"),
    path("kpi/points/", points.my_points, name="my_points"),
    path("kpi/points/people/<int:pk>/", points.person_points, name="person_points"),
    path("kpi/points/entries/<int:pk>/reverse/", points.entry_reverse, name="entry_reverse"),
    path("kpi/points/rounds/", rounds.round_list, name="point_rounds"),
    path("kpi/points/rounds/<int:pk>/", rounds.round_points, name="round_points"),
    path("kpi/points/rounds/<int:pk>/entries/", rounds.round_entries, name="round_entries"),
    path("kpi/points/rounds/<int:pk>/write/", rounds.round_write, name="round_write"),
    path("kpi/points/rounds/<int:pk>/payroll/", rounds.round_payroll, name="round_payroll"),
]
