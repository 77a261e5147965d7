"""The company's own settings."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tandem.core.http.answers import answer
from tandem.core.http.bodies import OMITTED, Body, Text
from tandem.core.http.versions import unchanged
from tandem.people.actors import actor_of
from tandem.people.api.shapes import OrganizationOut, SamplesOut, organization_json
from tandem.people.catalogues import samples
from tandem.people.commands import clean_words, edit_organization, lock_organization
from tandem.people.queries import organization

router = Router(tags=["organization"])


class Settings(Body):
    name: Text = OMITTED
    timezone: Text = OMITTED
    locale: Text = OMITTED
    fiscal_year_start: int = OMITTED
    """The first month of the year, 1–12."""
    quarter_name: Text = OMITTED
    """The pattern of a quarter's name: `xxxx Qzz`."""
    late_score_days: int = OMITTED
    languages: list[Text] = OMITTED
    """Those offered to people, at least one; the company's own among them."""
    check_in_weekday: int | None = OMITTED
    """Of new cycles, 0 Monday … 6 Sunday; null: as the cycle before has it."""
    most_objectives: int = OMITTED
    """Of one owner in one cycle, 1–10: more are asked about, never refused."""
    most_key_results: int = OMITTED
    """The same of one objective."""
    coach_asks: bool = OMITTED
    """False: the coach is silent for the whole company."""
    audit_days: int | None = OMITTED
    """How long what the audit log alone tells is kept, 30–3650; null: for ever."""
    words: dict[Text, dict[Text, Text]] = OMITTED
    """What the company calls things, all of it at once: `{"objective": {"en": "goal", "en_plural": "goals",
    "zh-hans": "愿景"}}`. Terms: objective, key_result, key_action, alignment, handshake, check_in, confidence, cycle,
    unit."""


class WordsIn(Body):
    words: dict[Text, dict[Text, Text]]


@router.get("/organization", response=OrganizationOut)
def read_organization(request: HttpRequest) -> HttpResponse:
    company = organization()
    return answer(organization_json(company), version=company.version)


@router.patch("/organization", response=OrganizationOut)
def change_organization(request: HttpRequest, body: Settings) -> HttpResponse:
    company = organization()
    with unchanged(request, company, first=lock_organization):
        done = edit_organization(actor_of(request), company, **body.said())
    return answer(organization_json(done), version=done.version)


@router.post("/organization/words/preview", response=SamplesOut)
def preview_words(request: HttpRequest, body: WordsIn) -> HttpResponse:
    """How ten typical texts would read with these words; nothing is saved."""
    found = samples(clean_words(body.words))
    return answer({"items": [{"english": english, "chinese": chinese} for english, chinese in found]})
