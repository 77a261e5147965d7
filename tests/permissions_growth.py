"""The rows of the matrix for growth: dossiers, thanks, notes, reviews."""

from collections.abc import Callable
from typing import Any

from tandem.growth import commands as growth
from tandem.growth.models import MentorNote, Quote, Recognition, Review, Share, Story
from tandem.people import commands as people


def _story(s: Any) -> Story:
    return growth.tell_story(s.world.ada, s.world.ada, title="I taught the lab to listen")


def _given(s: Any) -> Recognition:
    return growth.recognize(s.world.ben, s.world.ada, text="Thank you")


def _shared(s: Any) -> Share:
    """Ada shares with Chen."""
    return growth.share_dossier(s.world.ada, s.world.ada, reader=s.world.chen)


def _note(s: Any) -> MentorNote:
    _shared(s)
    return growth.add_note(s.world.chen, s.world.ada, text="Ask more")


def _review(s: Any) -> Review:
    """Of Ada: Grace in the chair, Wei beside her."""
    return growth.name_panel(s.world.hana, s.world.ada, year=2026, chair=s.world.grace, members=[s.world.wei])


def _quoted(s: Any) -> Quote:
    story, review = _story(s), _review(s)
    return growth.quote(s.world.wei, review, source="story", key=story.pk, words=story.title)


def _decided(s: Any) -> Review:
    return growth.decide_review(s.world.grace, _quoted(s).review, level="P5", reasons="x")


def _quote(s: Any, actor: Any) -> object:
    story, review = _story(s), _review(s)
    return growth.quote(actor, review, source="story", key=story.pk, words=story.title)


def _note_by(s: Any, actor: Any) -> object:
    _shared(s)
    return growth.add_note(actor, s.world.ada, text="x")


TRIES: dict[str, dict[str, Callable[[Any, Any], Any]]] = {
    "growth.tell_story": {"": lambda s, a: growth.tell_story(a, s.world.ada, title="x")},
    "growth.edit_story": {"": lambda s, a: growth.edit_story(a, _story(s), title="y")},
    "growth.withdraw_story": {"": lambda s, a: growth.withdraw_story(a, _story(s))},
    "growth.restore_story": {"": lambda s, a: growth.restore_story(a, growth.withdraw_story(s.world.ada, _story(s)))},
    "growth.recognize": {"": lambda s, a: growth.recognize(a, s.world.ada, text="x")},
    "growth.withdraw_recognition": {"by the colleague": lambda s, a: growth.withdraw_recognition(a, _given(s))},
    "growth.restore_recognition": {
        "by the colleague": lambda s, a: growth.restore_recognition(
            a, growth.withdraw_recognition(s.world.ben, _given(s))
        )
    },
    "growth.share_dossier": {"": lambda s, a: growth.share_dossier(a, s.world.ada, reader=s.world.nia)},
    "growth.end_share": {"with the champion": lambda s, a: growth.end_share(a, _shared(s))},
    "growth.add_note": {"shared with the champion": _note_by},
    "growth.withdraw_note": {"by the champion": lambda s, a: growth.withdraw_note(a, _note(s))},
    "growth.restore_note": {
        "by the champion": lambda s, a: growth.restore_note(a, growth.withdraw_note(s.world.chen, _note(s)))
    },
    "growth.name_panel": {
        "": lambda s, a: growth.name_panel(a, s.world.ada, year=2026, chair=s.world.grace, members=[s.world.wei])
    },
    "growth.call_off": {"": lambda s, a: growth.call_off(a, _review(s))},
    "growth.quote": {"on the panel: both leads above": _quote},
    "growth.drop_quote": {"by the lead above": lambda s, a: growth.drop_quote(a, _quoted(s))},
    "growth.decide_review": {
        "chaired by the executive": lambda s, a: growth.decide_review(a, _quoted(s).review, level="P5", reasons="x")
    },
    "growth.put_in_force": {"": lambda s, a: growth.put_in_force(a, _decided(s))},
    "people.set_job_level": {"": lambda s, a: people.set_job_level(a, s.world.ada, level="P5")},
}
