"""Signing in and out, passwords, devices: of the sign-in library only what Tandem offers."""

from allauth.account import views as account
from django.urls import path, re_path

from tandem.people import views

urlpatterns = [
    path("accounts/login/", views.SignIn.as_view(), name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("accounts/password/change/", account.password_change, name="account_change_password"),
    path("accounts/password/set/", account.password_set, name="account_set_password"),
    path("accounts/password/reset/", account.password_reset, name="account_reset_password"),
    path("accounts/password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "accounts/password/reset/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("accounts/demo/", views.demo_sign_in, name="demo_sign_in"),
    path("accounts/devices/", views.devices, name="devices"),
    path("accounts/devices/others/end/", views.device_end_others, name="device_end_others"),
    path("accounts/devices/<int:device_id>/end/", views.device_end, name="device_end"),
]
