from django.apps import AppConfig


class CyclesConfig(AppConfig):
    name = "tandem.cycles"
    label = "cycles"

    def ready(self) -> None:
        from tandem.cycles import events  # noqa: F401 - registers the sentences
