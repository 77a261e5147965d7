"""What happens to goals, as sentences."""

from django.utils.translation import gettext_lazy as _

from tandem.activity.events import EXCERPTS, FEEDS, SUBJECTS, Subject, kind, verb
from tandem.okr.access import seen_pairs, visible_on
from tandem.okr.models import Objective
from tandem.okr.queries import hearers
from tandem.okr.queries.hearers import (
    asked,
    asked_to_carry,
    both_sides,
    followers,
    in_thread,
    mentioned,
    named,
    named_sides,
    oneself,
    owners,
    proposed_to,
    sides_of_goals,
    suggester,
    writer,
)

kind("mention", _("you are mentioned"), mail=True)
kind("reply", _("answers where you wrote"), mail=True)
kind("comment", _("comments on goals you own or follow"))
kind("goal", _("what happens to goals you own or follow"))
kind("due", _("key results to update today"))
kind("score", _("goals to score while a cycle is in review"))
kind("handshake", _("handshakes you are a side of"), mail=True)
kind("coverage", _("what you are asked to carry, and proposals to and from you"))
kind("reaction", _("reactions to your comments"), digest=False)

SUBJECTS["objective"] = Subject(hearers.address_of, Objective.objects.visible_to, seen_pairs, visible_on)
SUBJECTS["goalset"] = Subject(hearers.address_of_set)
SUBJECTS["agreement"] = Subject(
    hearers.address_of_agreement, hearers.agreements_seen, hearers.agreement_pairs, hearers.agreements_on
)
EXCERPTS["comment"] = hearers.excerpts
FEEDS["person"], FEEDS["unit"] = hearers.around_person, hearers.around_unit

verb("goals.reordered", _("%(actor)s changed the order of the goals"))
verb("goals.imported", _("%(actor)s imported goals"))
verb("objective.imported", _("%(actor)s imported “%(title)s”"))
verb("objective.drafted", _("%(actor)s drafted “%(title)s”"))
verb("objective.edited", _("%(actor)s changed “%(title)s”"))
verb("objective.published", _("%(actor)s published “%(title)s”"), tells={"goal": followers})
verb("objective.unpublished", _("%(actor)s took “%(title)s” back to a draft"))
verb("objective.dropped", _("%(actor)s dropped “%(title)s”: %(reason)s"), tells={"goal": followers})
verb("objective.reactivated", _("%(actor)s took up “%(title)s” again"), tells={"goal": followers})
verb("objective.archived", _("%(actor)s archived “%(title)s”"))
verb("objective.restored", _("%(actor)s restored “%(title)s”"))
verb("objective.moved", _("%(actor)s moved “%(title)s” to %(cycle)s"), tells={"goal": followers})
verb(
    "objective.co_owner",
    _("%(person)s owns “%(title)s” too"),
    personal=("person",),
    tells={"mention": named, "goal": followers},
)
verb(
    "objective.co_owner_removed",
    _("%(person)s no longer owns “%(title)s”"),
    personal=("person",),
)
verb(
    "objective.handed_over",
    _("%(actor)s handed “%(title)s” over from %(giver)s to %(taker)s"),
    personal=("giver", "taker"),
    tells={"goal": followers},
)
verb(
    "objective.handed_back",
    _("%(actor)s gave “%(title)s” back from %(giver)s to %(taker)s"),
    personal=("giver", "taker"),
    tells={"goal": followers},
)
verb("objective.visibility", _("%(actor)s changed who may read “%(title)s”"))
verb("objective.reader", _("%(person)s may read “%(title)s” now"), personal=("person",))
verb(
    "objective.reader_removed",
    _("%(person)s is no longer named to read “%(title)s”"),
    personal=("person",),
)
verb("objective.aligned", _("%(actor)s aligned “%(title)s” to “%(parent)s”"))
verb("objective.unaligned", _("%(actor)s took back the alignment of “%(title)s” to “%(parent)s”"))
verb(
    "objective.delegated",
    _("%(actor)s asked %(to)s to carry “%(title)s”"),
    personal=("to",),
    tells={"coverage": asked_to_carry},
)
verb(
    "objective.delegation_ended",
    _("%(actor)s no longer asks %(to)s to carry “%(title)s”"),
    personal=("to",),
    tells={"coverage": asked_to_carry},
)
verb(
    "objective.delegation_met",
    _("%(to)s carries “%(title)s” now, as asked"),
    personal=("to",),
    tells={"coverage": followers},
)
verb("objective.proposed", _("%(actor)s proposed “%(title)s” to %(unit)s"), tells={"coverage": proposed_to})
verb(
    "objective.proposal_withdrawn",
    _("%(actor)s took back the proposal of “%(title)s” to %(unit)s"),
    tells={"coverage": proposed_to},
)
verb("objective.adopted", _("%(actor)s adopted “%(title)s” for %(unit)s"), tells={"coverage": followers})
verb("objective.drafted_from", _("%(actor)s drafted “%(title)s” from the proposal “%(origin)s”"))
verb(
    "objective.declined",
    _("%(actor)s declined “%(title)s” for %(unit)s: %(reason)s"),
    tells={"coverage": followers},
)
verb(
    "objective.proposal_reopened",
    _("%(actor)s took back the decision on the proposal “%(title)s” to %(unit)s"),
    tells={"coverage": followers},
)
verb("objective.cloned", _("%(actor)s took “%(title)s” along from %(cycle)s"))
verb("objective.carried_over", _("%(actor)s carried “%(title)s” over from %(cycle)s: %(reason)s"))
_PROMOTION = {"handshake": sides_of_goals}
verb("objective.promotion_proposed", _("%(actor)s proposes “%(title)s” as a KPI: %(reason)s"), tells=_PROMOTION)
verb("objective.promotion_withdrawn", _("“%(title)s” stays a goal: %(actor)s ended its way to a KPI"), tells=_PROMOTION)
verb("objective.promoted", _("Both sides promoted “%(title)s” to a KPI: %(reason)s"), tells=_PROMOTION)
verb("objective.reflected", _("%(actor)s looked back on “%(title)s”"))
verb("goals.reflected", _("%(actor)s looked back on %(cycle)s"))
verb("goals.scored", _("%(actor)s scored %(count)s key results as their numbers say"))
verb("key_result.scored", _("%(actor)s scored “%(key_result)s”: %(score)s"))
verb("key_result.unscored", _("%(actor)s took back the score of “%(key_result)s”"))
verb("key_result.added", _("%(actor)s added the key result “%(key_result)s”"))
verb("key_result.edited", _("%(actor)s changed the key result “%(key_result)s”"))
verb("key_result.followed", _("The readings moved “%(key_result)s”: %(was)s → %(value)s"))
verb("key_result.reweighed", _("%(actor)s weighed the key results of “%(title)s” anew"))
verb("key_result.reordered", _("%(actor)s changed the order of the key results"))
verb("key_result.archived", _("%(actor)s archived the key result “%(key_result)s”"))
verb("key_result.restored", _("%(actor)s restored the key result “%(key_result)s”"))
verb("action.added", _("%(actor)s added the action “%(action)s”"))
verb("action.edited", _("%(actor)s changed the action “%(action)s”"))
verb("action.todo", _("%(actor)s reopened the action “%(action)s”"))
verb("action.doing", _("%(actor)s started the action “%(action)s”"))
verb("action.done", _("%(actor)s finished the action “%(action)s”"))
verb(
    "action.handed_over",
    _("%(actor)s handed the action “%(action)s” over from %(giver)s to %(taker)s"),
    personal=("giver", "taker"),
)
verb("action.dropped", _("%(actor)s dropped the action “%(action)s”"))
verb("action.reordered", _("%(actor)s changed the order of the actions"))
verb("action.archived", _("%(actor)s archived the action “%(action)s”"))
verb("action.restored", _("%(actor)s restored the action “%(action)s”"))
verb("check_in.published", _("%(actor)s checked in on “%(key_result)s”: %(value)s"), tells={"goal": followers})
verb("check_in.corrected", _("%(actor)s corrected the check-in of %(on)s on “%(key_result)s”"))
verb("check_in.withdrawn", _("%(actor)s withdrew the check-in of %(on)s on “%(key_result)s”"))
verb("check_in.restored", _("%(actor)s restored the check-in of %(on)s on “%(key_result)s”"))
verb("comment.written", _("%(actor)s commented on “%(title)s”"), tells={"mention": mentioned, "comment": followers})
verb(
    "comment.replied",
    _("%(actor)s answered in the talk about “%(title)s”"),
    tells={"mention": mentioned, "reply": in_thread, "comment": followers},
)
verb("comment.edited", _("%(actor)s reworded a comment on “%(title)s”"), tells={"mention": mentioned})
verb("comment.withdrawn", _("%(actor)s withdrew a comment on “%(title)s”"))
verb("comment.restored", _("%(actor)s restored a comment on “%(title)s”"))
verb("comment.resolved", _("%(actor)s settled the talk about “%(title)s”"), tells={"reply": in_thread})
verb("comment.reopened", _("%(actor)s reopened the talk about “%(title)s”"))
verb("comment.reacted", _("%(actor)s reacted to a comment on “%(title)s”"), tells={"reaction": writer})
verb("check_in.due", _("Key results to update today: %(count)s"), tells={"due": oneself})
verb("cycle.scores_asked", _("%(actor)s asks for the scores that %(name)s still waits for"))

_SIDES = {"handshake": both_sides}
verb(
    "handshake.offered",
    _("%(actor)s offers a handshake on the goals of %(owner)s in %(cycle)s"),
    own=_("%(actor)s offers a handshake on their goals of %(cycle)s"),
    tells=_SIDES,
)
verb(
    "handshake.given",
    _("%(actor)s has shaken hands on the goals of %(owner)s in %(cycle)s; the other hand is missing"),
    own=_("%(actor)s has shaken hands on their goals of %(cycle)s; the other hand is missing"),
    tells=_SIDES,
)
verb("handshake.signed", _("Both have shaken hands on the goals of %(owner)s in %(cycle)s"), tells=_SIDES)
verb("handshake.declined", _("%(actor)s declined the handshake on the goals of %(owner)s in %(cycle)s"), tells=_SIDES)
verb(
    "handshake.withdrawn",
    _("%(actor)s took the handshake on the goals of %(owner)s in %(cycle)s back"),
    own=_("%(actor)s took the handshake on their goals of %(cycle)s back"),
    tells=_SIDES,
)
verb(
    "handshake.changed",
    _("%(actor)s changed the goals of %(owner)s in %(cycle)s that were offered: shake hands again"),
    own=_("%(actor)s changed their goals of %(cycle)s that were offered: shake hands again"),
    tells=_SIDES,
)
verb(
    "handshake.expected",
    _("%(actor)s wrote what the role asks of %(owner)s in %(cycle)s"),
    tells=_SIDES,
)
verb(
    "handshake.forecast",
    _("%(actor)s wrote what the goals of %(owner)s in %(cycle)s shall bring"),
    own=_("%(actor)s wrote what their goals of %(cycle)s shall bring"),
    tells=_SIDES,
)
verb(
    "handshake.voided",
    _("%(actor)s changed what was signed: the handshake on the goals of %(owner)s in %(cycle)s is due again"),
    own=_("%(actor)s changed what was signed: the handshake on their goals of %(cycle)s is due again"),
    tells=_SIDES,
)
verb(
    "handshake.restored",
    _("%(actor)s put back what was signed: the handshake on the goals of %(owner)s in %(cycle)s holds"),
    own=_("%(actor)s put back what was signed: the handshake on their goals of %(cycle)s holds"),
    tells=_SIDES,
)
verb(
    "handshake.asked",
    _("%(actor)s asks you to shake hands on the goals of %(owner)s in %(cycle)s"),
    own=_("%(actor)s asks you to shake hands on their goals of %(cycle)s"),
    tells={"handshake": asked},
)
verb(
    "handshake.waits",
    _("The goals of %(owner)s in %(cycle)s wait for you to shake hands, since %(on)s"),
    tells={"handshake": asked},
)
verb(
    "handshake.sides",
    _("%(actor)s named who shakes hands on the goals of %(owner)s in %(cycle)s: %(names)s"),
    personal=("names",),
    tells={"handshake": named_sides},
)
verb("suggestion.made", _("%(actor)s suggested another wording of “%(title)s”"), tells={"handshake": owners})
verb("suggestion.taken", _("%(actor)s took the suggested wording: “%(title)s”"), tells={"handshake": suggester})
verb("suggestion.left", _("%(actor)s keeps the wording of “%(title)s”"), tells={"handshake": suggester})
verb("suggestion.withdrawn", _("%(actor)s took a suggestion on “%(title)s” back"))
