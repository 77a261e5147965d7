from django.urls import path

from tandem.pages.views.administration import administration, roles
from tandem.pages.views.audit import audit_log, audit_table
from tandem.pages.views.coach_model import ask
from tandem.pages.views.company import company
from tandem.pages.views.cycle import cycle, cycle_edit, cycle_phase
from tandem.pages.views.cycle_results import closing, remind, reopen, results
from tandem.pages.views.cycles import cycle_new, cycles, cycles_prepare
from tandem.pages.views.feeds import person_feed, unit_feed
from tandem.pages.views.hand_over import hand_over_person, hand_over_undo, hand_over_unit
from tandem.pages.views.health import health, health_forget, health_mail, health_retry
from tandem.pages.views.me import me
from tandem.pages.views.my_week import my_week, week_head
from tandem.pages.views.organization import branch, organization_page, pick
from tandem.pages.views.people_file import people_export, people_file, people_files, people_template
from tandem.pages.views.person import person
from tandem.pages.views.person_forms import (
    person_edit,
    person_join,
    person_leave,
    person_leave_unit,
    person_move,
    person_move_back,
    person_new,
    person_password,
    person_rejoin,
    person_reset_mail,
    person_return,
    person_roles,
    person_touched,
)
from tandem.pages.views.preferences import set_language, set_theme
from tandem.pages.views.search import search_page
from tandem.pages.views.tokens import every_token, token_revoke, tokens
from tandem.pages.views.ui_kit import ui_kit
from tandem.pages.views.unit import unit
from tandem.pages.views.unit_changes import (
    unit_archive,
    unit_merge,
    unit_merge_undo,
    unit_move,
    unit_move_back,
    unit_reorder,
    unit_restore,
    unit_touched,
)
from tandem.pages.views.unit_coach import unit_coach
from tandem.pages.views.unit_forms import unit_edit, unit_lead, unit_new
from tandem.pages.views.wording import wording, wording_preview, wording_reset, wording_undo
from tandem.pages.views.workbook import cycle_workbook, unit_workbook

urlpatterns = [
    path("", my_week),
    path("week/", my_week, name="my_week"),
    path("week/head/", week_head, name="week_head"),
    path("me/", me, name="me"),
    path("me/tokens/", tokens, name="tokens"),
    path("tokens/", every_token, name="every_token"),
    path("tokens/<int:token_id>/revoke/", token_revoke, name="token_revoke"),
    path("administration/", administration, name="administration"),
    path("administration/roles/", roles, name="roles"),
    path("administration/audit/", audit_log, name="audit"),
    path("administration/audit.csv", audit_table, name="audit_table"),
    path("administration/health/", health, name="health"),
    path("administration/health/mail/", health_mail, name="health_mail"),
    path("administration/health/tasks/<uuid:key>/retry/", health_retry, name="health_retry"),
    path("administration/health/tasks/<uuid:key>/forget/", health_forget, name="health_forget"),
    path("organization/", organization_page, name="organization"),
    path("organization/company/", company, name="company"),
    path("administration/words/", wording, name="wording"),
    path("administration/words/preview/", wording_preview, name="wording_preview"),
    path("administration/words/reset/", wording_reset, name="wording_reset"),
    path("administration/words/undo/", wording_undo, name="wording_undo"),
    path("organization/pick/<str:what>/", pick, name="pick"),
    path("organization/file/", people_files, name="people_files"),
    path("organization/file/template.xlsx", people_template, name="people_template"),
    path("organization/file/people.xlsx", people_export, name="people_export"),
    path("organization/file/<str:what>.csv", people_export, name="people_table"),
    path("organization/file/<int:file_id>/", people_file, name="people_file"),
    path("organization/units/<int:unit_id>/", branch, name="organization_branch"),
    path("units/new/", unit_new, name="unit_new"),
    path("units/<int:unit_id>/", unit, name="unit"),
    path("units/<int:unit_id>/feed/", unit_feed, name="unit_feed"),
    path("units/<int:unit_id>/coach/", unit_coach, name="unit_coach"),
    path("units/<int:unit_id>/edit/", unit_edit, name="unit_edit"),
    path("units/<int:unit_id>/lead/", unit_lead, name="unit_lead"),
    path("units/<int:unit_id>/move/", unit_move, name="unit_move"),
    path("units/<int:unit_id>/move/back/<int:parent_id>/", unit_move_back, name="unit_move_back"),
    path("units/<int:unit_id>/touched/<str:change>/", unit_touched, name="unit_touched"),
    path("units/<int:unit_id>/merge/undo/", unit_merge_undo, name="unit_merge_undo"),
    path("units/<int:unit_id>/merge/", unit_merge, name="unit_merge"),
    path("units/<int:unit_id>/reorder/", unit_reorder, name="unit_reorder"),
    path("units/<int:unit_id>/archive/", unit_archive, name="unit_archive"),
    path("units/<int:unit_id>/restore/", unit_restore, name="unit_restore"),
    path("people/new/", person_new, name="person_new"),
    path("people/<int:person_id>/", person, name="person"),
    path("people/<int:person_id>/feed/", person_feed, name="person_feed"),
    path("people/<int:person_id>/edit/", person_edit, name="person_edit"),
    path("people/<int:person_id>/move/", person_move, name="person_move"),
    path("people/<int:person_id>/move/back/<int:unit_id>/", person_move_back, name="person_move_back"),
    path("people/<int:person_id>/touched/", person_touched, name="person_touched"),
    path("people/<int:person_id>/units/new/", person_join, name="person_join"),
    path("people/<int:person_id>/units/<int:unit_id>/leave/", person_leave_unit, name="person_leave_unit"),
    path("people/<int:person_id>/units/<int:unit_id>/join/", person_rejoin, name="person_rejoin"),
    path("people/<int:person_id>/leave/", person_leave, name="person_leave"),
    path("people/<int:person_id>/hand-over/", hand_over_person, name="hand_over_person"),
    path("units/<int:unit_id>/hand-over/", hand_over_unit, name="hand_over_unit"),
    path("hand-overs/<int:hand_over_id>/undo/", hand_over_undo, name="hand_over_undo"),
    path("people/<int:person_id>/return/", person_return, name="person_return"),
    path("people/<int:person_id>/roles/", person_roles, name="person_roles"),
    path("people/<int:person_id>/password/", person_password, name="person_password"),
    path("people/<int:person_id>/password/mail/", person_reset_mail, name="person_reset_mail"),
    path("cycles/", cycles, name="cycles"),
    path("cycles/prepare/", cycles_prepare, name="cycles_prepare"),
    path("cycles/new/", cycle_new, name="cycle_new"),
    path("cycles/<int:cycle_id>/", cycle, name="cycle"),
    path("cycles/<int:cycle_id>/workbook/", cycle_workbook, name="cycle_workbook"),
    path("units/<int:unit_id>/workbook/", unit_workbook, name="unit_workbook"),
    path("cycles/<int:cycle_id>/edit/", cycle_edit, name="cycle_edit"),
    path("cycles/<int:cycle_id>/phase/", cycle_phase, name="cycle_phase"),
    path("cycles/<int:cycle_id>/closing/", closing, name="cycle_closing"),
    path("cycles/<int:cycle_id>/closing/remind/", remind, name="cycle_remind"),
    path("cycles/<int:cycle_id>/reopen/", reopen, name="cycle_reopen"),
    path("cycles/<int:cycle_id>/results/", results, name="cycle_results"),
    path("goals/person/<int:owner_id>/<int:cycle_id>/model/", ask, {"owner_kind": "person"}, name="model_person"),
    path("goals/unit/<int:owner_id>/<int:cycle_id>/model/", ask, {"owner_kind": "unit"}, name="model_unit"),
    path("search/", search_page, name="search"),
    path("ui/", ui_kit, name="ui_kit"),
    path("preferences/language/", set_language, name="set_language"),
    path("preferences/theme/", set_theme, name="set_theme"),
]
