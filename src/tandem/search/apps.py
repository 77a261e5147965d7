import os

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "tandem.search"
    label = "search"

    def ready(self) -> None:
        # Names are read character by character: the library's phrases would only cost 45 MB of every process.
        os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
