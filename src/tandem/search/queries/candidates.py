"""Which entries may answer: the databases' own full-text search, each with a bounded amount of work.

What is asked for in stages (of the reader's own things, of the present, of all) is asked in one query.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection

from tandem.search.kinds import SCOPE, Kind, Nearby, span
from tandem.search.queries.asking import Groups, Question

_LAST = "\uffff"


@dataclass(frozen=True)
class Asked:
    """One kind to look in, and how many candidates of each stage to bring."""

    kind: Kind
    nearby: Nearby
    most: int
    within: str = ""
    """The scope that texts must belong to."""

    @property
    def place(self) -> list[list[str]]:
        """The group of words that keeps an answer inside the scope."""
        return [[f"{SCOPE}{self.within}"]] if self.within and not self.kind.is_named else []


_TITLE = "SELECT id FROM search_entry WHERE kind = %s AND title >= %s AND title < %s ORDER BY kind, title LIMIT %s"
_TITLE_BYTEWISE = _TITLE.replace(">=", "~>=~").replace("<", "~<~").replace("kind, title", "kind, title USING ~<~")

_NEWEST = """
    SELECT rowid AS id FROM search_text WHERE search_text MATCH %s AND rowid BETWEEN %s AND %s
    ORDER BY rowid DESC LIMIT %s
"""
"""SQLite reads from the end, until there are enough."""

_INDEXED = """
    WITH indexed AS MATERIALIZED (SELECT id FROM search_entry WHERE tokens @@ CAST(%s AS tsquery))
    SELECT id FROM indexed WHERE id BETWEEN %s AND %s ORDER BY id DESC LIMIT %s
"""
_RECENT_THEN_INDEXED = """
    WITH recent AS MATERIALIZED (
        SELECT id FROM (
            SELECT id, tokens FROM search_entry WHERE id BETWEEN %s AND %s ORDER BY id DESC LIMIT 3000
        ) AS newest WHERE tokens @@ CAST(%s AS tsquery) LIMIT %s
    ), indexed AS MATERIALIZED (
        SELECT id FROM search_entry
        WHERE tokens @@ CAST(%s AS tsquery) AND (SELECT count(*) FROM recent) < %s
    ), best AS (
        SELECT id FROM indexed WHERE id BETWEEN %s AND %s ORDER BY id DESC LIMIT %s
    )
    SELECT id FROM recent UNION ALL SELECT id FROM best
"""
"""PostgreSQL's index brings all that match before the first can be read, which takes long for common words; but those
are found quickly among the newest entries. So these are read first, and the index only when they do not do. The
planner cannot know that: each step is kept by itself."""

Value = str | int
Part = tuple[str, list[Value]]


def candidates(question: Question, asked: Sequence[Asked]) -> set[int]:
    """Keys of entries that may answer, of every kind; one query."""
    parts: list[str] = []
    values: list[Value] = []
    for one in asked:
        by_title = [] if one.place else [_by_title(question, one)]
        for sql, some in (*by_title, *_by_words(question, one)):
            parts.append(f"SELECT id FROM ({sql}) AS part{len(parts)}")  # noqa: S608 - our own SQL, see above
            values += some
    if not parts:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return {key for (key,) in cursor.fetchall()}


def _by_title(question: Question, one: Asked) -> Part:
    """Titles that are the question, or begin with it."""
    sql = _TITLE_BYTEWISE if connection.vendor == "postgresql" else _TITLE
    return sql, [one.kind.number, question.plain, question.plain + _LAST, one.most]


def _by_words(question: Question, one: Asked) -> Iterator[Part]:
    """Those that hold a word of every group: the reader's own, those of the present, those with the words as they
    stand, any."""
    words = question.names if one.kind.is_named else question.texts
    groups = [*one.place, *words]
    own, current = ([f"{SCOPE}{scope}" for scope in scopes] for scopes in (one.nearby.own, one.nearby.current))
    place = [*span(one.kind), one.most]
    if connection.vendor == "postgresql":
        query = _tsquery(groups)
        if own:
            yield _INDEXED, [_tsquery([own, *groups]), *place]
        if one.kind.is_named:
            yield _INDEXED, [query, *place]
        else:
            yield _RECENT_THEN_INDEXED, [*span(one.kind), query, one.most, query, one.most, *place]
        return
    stages = [[own, *groups]] if own else []
    stages += [[current, *groups]] if current and not one.place else []
    exact = [group[:1] for group in groups]
    for stage in (*stages, *([exact] if exact != groups else []), groups):
        yield _NEWEST, [_match(stage), *place]


def _match(groups: Groups) -> str:
    return " AND ".join("(" + " OR ".join(f'"{word}"' for word in group) + ")" for group in groups)


def _tsquery(groups: Groups) -> str:
    return " & ".join("(" + " | ".join(f"'{word}'" for word in group) + ")" for group in groups)
