"""Reading growth dossiers. Every function takes the actor first; what they may not see is not there."""

from tandem.growth.queries.dossiers import (
    Dossier,
    dossier,
    get_note,
    get_owner,
    get_recognition,
    get_share,
    get_story,
    given_by,
    shared_to,
    shares_of,
)
from tandem.growth.queries.entries import Entry, Said, get_entry
from tandem.growth.queries.reviews import (
    PAGE,
    Panel,
    get_quote,
    get_review,
    open_review,
    own_reviews,
    panel_of,
    reviews,
    reviews_of,
)

__all__ = [
    "PAGE",
    "Dossier",
    "Entry",
    "Panel",
    "Said",
    "dossier",
    "get_entry",
    "get_note",
    "get_owner",
    "get_quote",
    "get_recognition",
    "get_review",
    "get_share",
    "get_story",
    "given_by",
    "open_review",
    "own_reviews",
    "panel_of",
    "reviews",
    "reviews_of",
    "shared_to",
    "shares_of",
]
