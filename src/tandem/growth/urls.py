from django.urls import path

from tandem.growth.views import companions, dossiers, recognition, reviews, stories

urlpatterns = [
    path("growth/", dossiers.growth, name="growth"),
    path("growth/news/<str:what>/<int:entry_id>/", dossiers.entry, name="dossier_entry"),
    path("people/<int:person_id>/dossier/", dossiers.dossier, name="dossier"),
    path("people/<int:person_id>/dossier/stories/new/", stories.story_new, name="story_new"),
    path("growth/stories/<int:story_id>/edit/", stories.story_edit, name="story_edit"),
    path("growth/stories/<int:story_id>/withdraw/", stories.withdraw, name="story_withdraw"),
    path("growth/stories/<int:story_id>/restore/", stories.restore, name="story_restore"),
    path("people/<int:person_id>/recognition/", recognition.recognize, name="recognize"),
    path("growth/recognition/<int:given_id>/withdraw/", recognition.withdraw, name="recognition_withdraw"),
    path("growth/recognition/<int:given_id>/restore/", recognition.restore, name="recognition_restore"),
    path("people/<int:person_id>/dossier/sharing/", companions.sharing, name="dossier_sharing"),
    path("growth/shares/<int:share_id>/end/", companions.end, name="share_end"),
    path("people/<int:person_id>/dossier/notes/new/", companions.note_new, name="note_new"),
    path("growth/notes/<int:note_id>/withdraw/", companions.withdraw, name="note_withdraw"),
    path("growth/notes/<int:note_id>/restore/", companions.restore, name="note_restore"),
    path("growth/reviews/", reviews.every_review, name="growth_reviews"),
    path("people/<int:person_id>/dossier/reviews/new/", reviews.panel_new, name="panel_new"),
    path("people/<int:person_id>/job-level/", reviews.job_level, name="job_level"),
    path("growth/reviews/<int:review_id>/", reviews.review, name="growth_review"),
    path("growth/reviews/<int:review_id>/quote/<str:source>/<int:source_key>/", reviews.quote, name="review_quote"),
    path("growth/quotes/<int:quote_id>/drop/", reviews.drop, name="quote_drop"),
    path("growth/reviews/<int:review_id>/decision/", reviews.decision, name="review_decision"),
    path("growth/reviews/<int:review_id>/call-off/", reviews.call_off, name="review_call_off"),
    path("growth/reviews/<int:review_id>/in-force/", reviews.put_in_force, name="review_in_force"),
]
