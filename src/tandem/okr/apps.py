from django.apps import AppConfig


class OkrConfig(AppConfig):
    name = "tandem.okr"
    label = "okr"

    def ready(self) -> None:
        from tandem.activity.access import heard_if
        from tandem.core.wall import hide
        from tandem.cycles.commands import AFTER_DATES, AFTER_REOPENING, BEFORE_CLOSING
        from tandem.okr import events, found  # noqa: F401 - events registers the sentences
        from tandem.okr.access import may_hear, may_hear_on
        from tandem.okr.commands import coverage, numbers, sides
        from tandem.people.commands import AFTER_LINES, AFTER_MOVE

        heard_if(may_hear, may_hear_on)
        found.register()
        AFTER_MOVE.extend((numbers.follow_moves, coverage.follow_moves))
        AFTER_LINES.append(sides.follow_lines)
        AFTER_DATES.append(numbers.follow_cycle)
        BEFORE_CLOSING.append(numbers.finish_writers)
        AFTER_REOPENING.extend((numbers.follow_all, coverage.recount_coverage))
        hide(self.label)
