from django.apps import AppConfig


class GuideConfig(AppConfig):
    name = "tandem.guide"
    label = "guide"

    def ready(self) -> None:
        from tandem.core.wall import hide
        from tandem.guide import events  # noqa: F401 - registers the sentences

        hide(self.label)
