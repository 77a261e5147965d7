from django.urls import path

from tandem.activity import views

urlpatterns = [
    path("notifications/", views.list_page, name="notifications"),
    path("notifications/bell/", views.bell_fragment, name="notification_bell"),
    path("notifications/read/", views.read_all, name="notifications_read"),
    path("notifications/settings/", views.choices, name="notification_choices"),
    path("notifications/<int:notification_id>/", views.open_one, name="notification"),
    path("notifications/<int:notification_id>/read/", views.read_one, name="notification_read"),
    path("live/", views.live, name="live"),
    path("mail/off/<str:token>/", views.mail_off, name="mail_off"),
]
