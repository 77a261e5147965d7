from django.apps import AppConfig


class GrowthConfig(AppConfig):
    name = "tandem.growth"
    label = "growth"

    def ready(self) -> None:
        from tandem.core.wall import hide
        from tandem.growth import events  # noqa: F401 - registers the sentences

        hide(self.label)
