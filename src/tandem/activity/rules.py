"""When a digest is due, as pure functions."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

DAILY, WEEKLY, NEVER = "daily", "weekly", "never"
USUAL_HOUR, USUAL_WEEKDAY = 8, 0


def next_digest(after: datetime, zone: ZoneInfo, rhythm: str, hour: int, weekday: int) -> datetime | None:
    """The first moment after `after` at which the clock in `zone` shows the hour (on the weekday, Monday 0, when
    weekly); None for never. In the night that skips the hour, the moment it would have been."""
    if rhythm == NEVER:
        return None
    local = after.astimezone(zone)
    due = local.replace(hour=hour, minute=0, second=0, microsecond=0, fold=0)
    if rhythm == WEEKLY:
        due += timedelta(days=(weekday - due.weekday()) % 7)
    step = timedelta(days=7 if rhythm == WEEKLY else 1)
    while due.timestamp() <= after.timestamp():
        due += step
    return datetime.fromtimestamp(due.timestamp(), after.tzinfo)
