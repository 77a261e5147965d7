from django.urls import path

from tandem.pages.views.preferences import set_language, set_theme
from tandem.pages.views.ui_kit import ui_kit

urlpatterns = [
    path("ui/", ui_kit, name="ui_kit"),
    path("preferences/language/", set_language, name="set_language"),
    path("preferences/theme/", set_theme, name="set_theme"),
]
