from django.apps import AppConfig


class KpiConfig(AppConfig):
    name = "tandem.kpi"
    label = "kpi"

    def ready(self) -> None:
        from tandem.kpi import events  # noqa: F401 - registers the sentences
