from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "tandem.activity"
    label = "activity"

    def ready(self) -> None:
        from tandem.activity.commands.refusals import note_refusals
        from tandem.core.wall import keep_unread, tell

        tell(note_refusals)
        for table in ("activity_event", "activity_keptanswer"):
            keep_unread(table)
