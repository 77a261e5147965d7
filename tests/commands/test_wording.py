"""What the company calls things: kept with its settings, heard in every text of the process, given back."""

from collections.abc import Iterator

import pytest
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_lazy as later

from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tandem.people.catalogues import SAMPLES, samples, texts
from tandem.people.models import Organization
from tandem.people.queries import forget_organization, organization
from tandem.people.wording import PLACES, TERMS
from tests.proof import records, refused
from tests.world import World

OURS = {"objective": {"en": "ambition", "zh-hans": "愿景"}, "key_result": {"zh-hans": "KR"}}


@pytest.fixture(autouse=True)
def _afterwards(world: World) -> Iterator[None]:
    yield
    forget_organization()


def test_words_of_the_house_are_heard_everywhere_and_given_back(world: World) -> None:
    title = later("Objectives")
    with records("organization.edited"):
        done = people.edit_organization(world.omar, organization(), words=OURS)
    assert done.words == {
        "objective": {"en": "ambition", "en_plural": "ambitions", "zh-hans": "愿景"}, "key_result": {"zh-hans": "KR"},
    }  # fmt: skip
    organization()
    assert str(title) == "Ambitions"
    assert ngettext("%(num)s objective", "%(num)s objectives", 2) == "%(num)s ambitions"
    assert gettext("Key results") == "Key results"
    with override("zh-hans"):
        assert str(title) == "愿景"
        assert gettext("A key result, then Enter") == "写一个 KR，按回车"
        assert ngettext("%(num)s objective", "%(num)s objectives", 2) == "%(num)s 个愿景"
    people.edit_organization(world.omar, organization(), words={})
    organization()
    assert str(title) == "Objectives"
    with override("zh-hans"):
        assert str(title) == "目标"


def test_another_process_hears_of_it_when_it_reads_the_row(world: World) -> None:
    organization()
    Organization.objects.update(words={"cycle": {"en": "season", "en_plural": "seasons"}})  # as the other wrote it
    assert gettext("Cycles") == "Cycles"
    forget_organization()
    organization()
    assert gettext("Cycles") == "Seasons"


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"objective": {"en": "<b>goal</b>"}}, "words.objective.en"),
        ({"objective": {"en": "100%(x)s"}}, "words.objective.en"),
        ({"objective": {"zh-hans": "很" * 31}}, "words.objective.zh-hans"),
        ({"objective": {"en_plural": "goals"}}, "words.objective.en"),
        ({"objective": {"en": "cycle"}}, "words.objective.en"),
        ({"objective": {"en": "goal"}, "cycle": {"en": "Goal"}}, "words.cycle.en"),
        ({"unit": {"zh-hans": "周期"}}, "words.unit.zh-hans"),
        ({"score": {"en": "mark"}}, "words.score"),
        ({"objective": {"fr": "objectif"}}, "words.objective.fr"),
    ],
)
def test_words_that_cannot_be(world: World, words: dict[str, dict[str, str]], field: str) -> None:
    with refused(422, field=field):
        people.edit_organization(world.omar, organization(), words=words)
    assert organization().words == {}


def test_tandems_own_words_and_empty_ones_are_not_kept(world: World) -> None:
    own = {term.key: term.own for term in TERMS} | {"unit": dict.fromkeys(PLACES, " ")}
    assert people.edit_organization(SYSTEM, organization(), words=own).words == {}


def test_terms_may_change_places(world: World) -> None:
    swapped = {"objective": {"zh-hans": "周期"}, "cycle": {"zh-hans": "目标"}}
    assert people.edit_organization(SYSTEM, organization(), words=swapped).words == swapped


def test_the_samples_are_texts_that_there_are(world: World) -> None:
    """And every term is seen in one of them, in both languages."""
    assert len(samples({})) == len(SAMPLES) == 10
    for language in (0, 1):
        seen = "\n".join(pair[language] for pair in samples({})).lower()
        for term in TERMS:
            assert (term.many if language == 0 else term.chinese) in seen or term.one in seen
    assert len(texts()) > 1000
