from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "tandem.pages"
    label = "pages"
