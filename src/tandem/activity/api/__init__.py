"""Feeds and notifications in the JSON API."""

from tandem.activity.api.feeds import EventsOut, event_json, feed_answer
from tandem.activity.api.notifications import router

__all__ = ["EventsOut", "event_json", "feed_answer", "router"]
