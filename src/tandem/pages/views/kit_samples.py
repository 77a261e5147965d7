"""What the kit page shows in its pieces: words of both languages, short and long, full and empty."""

from datetime import date, timedelta
from typing import Any

from tandem.core.clock import now
from tandem.core.textdiff import difference
from tandem.okr.queries import REACTIONS, CommentRow, ReactionCount, Said, Thread

_WEEKS: list[float | None] = [30, 31, 33, None, None, 36, 36, 40, 39, 43]
_CONFIDENCE: list[int | None] = [5, 6, 6, None, 7, 4, 6, 7]
_ENGLISH = "New customers love the first week"
_CHINESE = "让新客户在第一周就爱上我们"
_LONG_ENGLISH = (
    "Every team that touches the first week of a new customer, from sales hand-over to support, works from one "
    "plan that the customer can see, so that nobody has to explain their situation twice"
)
_LONG_CHINESE = (
    "从销售交接到客户支持，凡是参与新客户第一周的团队都依照同一份客户也看得见的计划工作，"
    "让客户不必把自己的情况向任何人重复说明第二遍，也让每位同事在开口之前就知道客户走到了哪一步"
)


def samples() -> dict[str, Any]:
    return {
        "weeks": _WEEKS,
        "confidence": _CONFIDENCE,
        "expected": [30, 45],
        "sentences": [
            ("en", _ENGLISH),
            ("zh-Hans", _CHINESE),
            ("en", _LONG_ENGLISH),
            ("zh-Hans", _LONG_CHINESE),
        ],
        "statuses": ["on_track", "at_risk", "off_track", "stale", "no_data", "pending", "done", "dropped"],
        "nodes": _nodes(),
        "cycles": _cycles(),
        "spread": _spread(),
        "conflict_parts": _conflict(),
        "talk": {theme: _talk(_NOBODYS + 10 * number) for number, theme in enumerate(("light", "dark"))},
        "me": _NOBODYS,
        "kinds": REACTIONS,
        "pieces": difference(_ENGLISH, "New customers master and love their first month"),
        "pieces_zh": difference(_CHINESE, "让新客户在第一个月就离不开我们"),
    }


def _nodes() -> list[dict[str, Any]]:
    leaf = {"id": 4, "text": _CHINESE, "status": "at_risk", "children": []}
    long = {"id": 5, "text": _LONG_ENGLISH, "status": "stale", "children": []}
    middle = {"id": 2, "text": _ENGLISH, "status": "on_track", "children": [leaf, long]}
    return [
        {"id": 1, "text": "We grow by recommendation", "status": "on_track", "children": [middle]},
        {"id": 3, "text": "现金流稳健", "status": "no_data", "children": []},
    ]


def _cycles() -> list[dict[str, Any]]:
    return [
        {"label": "2026 Q4", "href": "#q4", "current": True, "note": ""},
        {"label": "2026 Q3", "href": "#q3", "current": False, "note": "✓"},
        {"label": "2026", "href": "#y", "current": False, "note": ""},
    ]


def _spread() -> list[dict[str, Any]]:
    counts = [(0, "bad"), (2, "bad"), (5, "warn"), (11, "ok"), (6, "ok")]
    ranges = ["0–2", "3–4", "5–6", "7–8", "9–10"]
    rows = [{"label": label, "count": n, "look": look} for label, (n, look) in zip(ranges, counts, strict=True)]
    return [*rows, {"label": "–", "count": 3, "look": "unknown"}]


_NOBODYS = 2**60
"""Keys from here on belong to nothing: whatever is pressed in the kit happens to nobody."""


def _talk(key: int) -> list[Thread]:
    """A thread about words, with reactions and a withdrawn answer; one whose words are gone; one that is settled."""
    reactions = [ReactionCount("agree", 3, True), ReactionCount("idea", 1, False)]
    answers = [_said(key + 1, "李小明", _LONG_CHINESE), _said(key + 2, "Ada Lovelace", "", withdrawn_at=now())]
    first = _said(key, "Ada Lovelace", "Which *week*, the first?", reactions, quote="the first week", position=20)
    gone = _said(key + 3, "欧阳娜娜", _ENGLISH, quote=_LONG_ENGLISH, check_in_id=1, check_in_on=date(2026, 11, 20))
    settled = _said(key + 4, "李小明", _CHINESE, resolved_at=now(), resolved_by="Ada Lovelace", key_result_id=1)
    return [Thread(first, answers, earlier=12), Thread(gone), Thread(settled)]


def _said(key: int, author: str, text: str, reactions: list[ReactionCount] | None = None, **more: Any) -> Said:
    empty: dict[str, Any] = dict.fromkeys(CommentRow._fields)
    given = {
        "id": key, "objective_id": _NOBODYS, "key_result_title": _ENGLISH, "author_id": _NOBODYS, "author_name": author,
        "text": text, "mentions": [], "written_at": now() - timedelta(hours=key % 10), "version": 1,
        "field": "title", "quote": "",
    }  # fmt: skip
    return Said(CommentRow(**{**empty, **given, **more}), reactions or [])


def _conflict() -> list[dict[str, Any]]:
    theirs, mine = "New customers love the first week", "New customers love their first two weeks"
    return [
        {"name": "title", "label": "title", "mine": mine, "theirs": theirs, "pieces": difference(theirs, mine)},
    ]
