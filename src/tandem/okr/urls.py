from django.urls import path

from tandem.okr.views import (
    actions,
    check_ins,
    cloning,
    coaching,
    coverage,
    editor,
    editor_lines,
    editor_numbers,
    editor_objectives,
    editor_picker,
    handshakes,
    key_results,
    objective,
    people,
    promotions,
    scoring,
    suggestions,
    talk,
    team_handshakes,
)

urlpatterns = [
    path("objectives/<int:objective_id>/", objective.objective, name="objective"),
    path("objectives/<int:objective_id>/feed/", objective.feed, name="objective_feed"),
    path("objectives/<int:objective_id>/put-away/", objective.put_away, name="objective_put_away"),
    path("objectives/<int:objective_id>/actions/", actions.add, name="action_add"),
    path("objectives/<int:objective_id>/do/<slug:name>/", objective.act, name="objective_act"),
    path("key-results/<int:key_result_id>/", key_results.history, name="key_result"),
    path("key-results/<int:key_result_id>/block/", key_results.block, name="key_result_block"),
    path("key-results/<int:key_result_id>/archive/", key_results.archive, name="key_result_archive"),
    path("key-results/<int:key_result_id>/restore/", key_results.restore, name="key_result_restore"),
    path("key-results/<int:key_result_id>/check-in/", check_ins.check_in, name="check_in"),
    path("check-ins/<int:check_in_id>/correct/", check_ins.correct, name="check_in_correct"),
    path("check-ins/<int:check_in_id>/withdraw/", check_ins.withdraw, name="check_in_withdraw"),
    path("check-ins/<int:check_in_id>/restore/", check_ins.restore, name="check_in_restore"),
    path("actions/<int:action_id>/", actions.edit, name="action"),
    path("actions/<int:action_id>/state/", actions.state, name="action_state"),
    path("actions/<int:action_id>/archive/", actions.archive, name="action_archive"),
    path("actions/<int:action_id>/restore/", actions.restore, name="action_restore"),
    path("actions/<int:action_id>/move/<str:step>/", actions.move, name="action_move"),
    path("objectives/<int:objective_id>/talk/", talk.talk, name="talk"),
    path("objectives/<int:objective_id>/talk/new/", talk.new, name="talk_new"),
    path("objectives/<int:objective_id>/follow/", talk.follow, name="follow"),
    path("comments/<int:comment_id>/", talk.edit, name="comment"),
    path("comments/<int:comment_id>/thread/", talk.thread, name="comment_thread"),
    path("comments/<int:comment_id>/answer/", talk.answer, name="comment_answer"),
    path("comments/<int:comment_id>/react/", talk.react, name="comment_react"),
    path("comments/<int:comment_id>/do/<slug:name>/", talk.act, name="comment_act"),
    path("objectives/<int:objective_id>/delegate/", coverage.delegate, name="delegate"),
    path("objectives/<int:objective_id>/carriers/", coverage.carrier_choices, name="carrier_choices"),
    path("objectives/<int:objective_id>/carry/", coverage.carry, name="carry"),
    path("objectives/<int:objective_id>/propose/", coverage.propose, name="propose"),
    path("delegations/<int:delegation_id>/end/", coverage.take_back, name="delegation_end"),
    path("proposals/<int:proposal_id>/do/<slug:name>/", coverage.act, name="proposal_act"),
    path("objectives/<int:objective_id>/promote/", promotions.propose, name="promotion_propose"),
    path("promotions/<int:promotion_id>/do/<slug:name>/", promotions.act, name="promotion_act"),
    path("choices/mentions/", talk.mention_choices, name="mention_choices"),
    path("choices/people/", people.people_choices, name="people_choices"),
]

# Scores, and what goes along into the next cycle
_SCORES = [(kind, f"scores/{kind}/<int:owner_id>/<int:cycle_id>/") for kind in ("person", "unit")]

urlpatterns += [
    *(path(at, scoring.scores, {"owner_kind": kind}, f"scores_{kind}") for kind, at in _SCORES),
    *(path(f"{at}rest/", scoring.take_proposals, {"owner_kind": kind}, f"scores_{kind}_rest") for kind, at in _SCORES),
    *(
        path(f"{at}words/", scoring.reflect_on_goals, {"owner_kind": kind}, f"scores_{kind}_words")
        for kind, at in _SCORES
    ),
    *(path(f"{at}along/", cloning.along, {"owner_kind": kind}, f"along_{kind}") for kind, at in _SCORES),
    path("scores/key-results/<int:key_result_id>/", scoring.score, name="score"),
    path("scores/objectives/<int:objective_id>/", scoring.reflect_on_objective, name="reflection"),
]

# The handshake
_HANDS = [(kind, f"handshake/{kind}/<int:owner_id>/<int:cycle_id>/") for kind in ("person", "unit")]

urlpatterns += [
    *(path(at, handshakes.handshake, {"owner_kind": kind}, f"handshake_{kind}") for kind, at in _HANDS),
    *(path(f"{at}offer/", handshakes.offer, {"owner_kind": kind}, f"handshake_{kind}_offer") for kind, at in _HANDS),
    *(
        path(f"{at}sides/", handshakes.name_sides, {"owner_kind": kind}, f"handshake_{kind}_sides")
        for kind, at in _HANDS
    ),
    path("handshakes/<int:unit_id>/", team_handshakes.team_handshakes, name="handshakes_unit"),
    path("handshake/sets/<int:set_id>/", handshakes.handshake_of_set, name="handshake_of_set"),
    path("handshake/agreements/<int:agreement_id>/", handshakes.agreement, name="agreement"),
    path("handshake/agreements/<int:agreement_id>/<slug:name>/", handshakes.act, name="agreement_act"),
    path("handshake/objectives/<int:objective_id>/suggest/", suggestions.suggest, name="suggest"),
    path("handshake/suggestions/<int:suggestion_id>/<slug:name>/", suggestions.answer, name="suggestion_answer"),
]

# The goals editor
_SETS = [(kind, f"goals/{kind}/<int:owner_id>/<int:cycle_id>/") for kind in ("person", "unit")]
_GOAL = "goals/objectives/<int:objective_id>/"
_RESULT = "goals/key-results/<int:key_result_id>/"
_ACTION = "goals/actions/<int:action_id>/"

urlpatterns += [
    path("goals/", editor.own_goals, name="goals"),
    *(path(at, editor.goal_sheet, {"owner_kind": kind}, f"goals_{kind}") for kind, at in _SETS),
    *(path(f"{at}action/", editor.sheet_action, {"owner_kind": kind}, f"goals_{kind}_action") for kind, at in _SETS),
    *(path(f"{at}add/", editor.add_objective, {"owner_kind": kind}, f"goals_{kind}_add") for kind, at in _SETS),
    *(path(f"{at}publish/", editor.publish_all, {"owner_kind": kind}, f"goals_{kind}_publish") for kind, at in _SETS),
    *(path(f"{at}coach/", coaching.sheet_coaching, {"owner_kind": kind}, f"goals_{kind}_coach") for kind, at in _SETS),
    path("goals/coach/", coaching.while_typing, name="coach"),
    path(_GOAL, editor_objectives.objective_words, name="goal_words"),
    path(f"{_GOAL}chips/", editor_objectives.objective_chips, name="goal_chips"),
    path(f"{_GOAL}publish/", editor_objectives.publish_objective, name="goal_publish"),
    path(f"{_GOAL}unpublish/", editor_objectives.unpublish_objective, name="goal_unpublish"),
    path(f"{_GOAL}reactivate/", editor_objectives.reactivate_objective, name="goal_reactivate"),
    path(f"{_GOAL}archive/", editor_objectives.archive_objective, name="goal_archive"),
    path(f"{_GOAL}restore/", editor_objectives.restore_objective, name="goal_restore"),
    path(f"{_GOAL}drop/", editor_objectives.drop_objective, name="goal_drop"),
    path(f"{_GOAL}move/", editor_objectives.move_objective, name="goal_move"),
    path(f"{_GOAL}move/<int:cycle_id>/", editor_objectives.move_back, name="goal_move_back"),
    path(f"{_GOAL}place/", editor.place_objective, name="goal_place"),
    path(f"{_GOAL}align/", editor_picker.picker, name="goal_align"),
    path(f"{_GOAL}align/<int:parent_id>/", editor_picker.align, name="goal_align_to"),
    path(f"{_GOAL}unalign/<int:parent_id>/", editor_picker.unalign, name="goal_unalign"),
    path(f"{_GOAL}key-results/", editor_lines.add_key_result, name="goal_add_key_result"),
    path(f"{_GOAL}actions/", editor_lines.add_action, name="goal_add_action"),
    path(_RESULT, editor_lines.key_result_words, name="goal_key_result_words"),
    path(f"{_RESULT}numbers/", editor_numbers.key_result_numbers, name="goal_key_result_numbers"),
    path(f"{_RESULT}archive/", editor_lines.archive_key_result, name="goal_key_result_archive"),
    path(f"{_RESULT}restore/", editor_lines.restore_key_result, name="goal_key_result_restore"),
    path(f"{_RESULT}place/", editor_lines.place_key_result, name="goal_key_result_place"),
    path(_ACTION, editor_lines.action_words, name="goal_action_words"),
    path(f"{_ACTION}archive/", editor_lines.archive_action, name="goal_action_archive"),
    path(f"{_ACTION}restore/", editor_lines.restore_action, name="goal_action_restore"),
    path(f"{_ACTION}place/", editor_lines.place_action, name="goal_action_place"),
]
