from django.apps import AppConfig


class PeopleFileConfig(AppConfig):
    name = "tandem.integrations.people_file"
    label = "people_file"
