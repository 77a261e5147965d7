"""Looking through the written examples: by words of either language, by function."""

from functools import cache
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from tandem.core.errors import Missing
from tandem.guide.examples import FUNCTIONS, Example, Team, examples, teams
from tandem.people.actors import Actor
from tandem.search.rules import asked, folded

LIST = 12
"""How many examples stand on a page."""

_NAMES = {
    "product": __("Product"),
    "engineering": __("Engineering"),
    "sales": __("Sales"),
    "marketing": __("Marketing"),
    "service": __("Customer service"),
    "operations": __("Operations"),
    "people": __("People and HR"),
    "finance": __("Finance"),
    "legal": __("Legal"),
    "design": __("Design"),
    "data": __("Data"),
    "growth": __("Personal growth"),
}


class Found(NamedTuple):
    """A page of the examples that fit, and how many fit in all."""

    items: list[Example]
    total: int


def function_names(_actor: Actor) -> list[tuple[str, str]]:
    """The functions in their order, with their names in the reader's language."""
    return [(key, str(_NAMES[key])) for key in FUNCTIONS]


def find_examples(_actor: Actor, words: str = "", function: str = "", *, start: int = 0, limit: int = LIST) -> Found:
    """Examples that have every word, those with the words in the objective first; no word finds all."""
    sought = asked(words)
    fitting = [one for one in examples().values() if not function or one.function == function]
    if sought:
        fitting = [one for one in fitting if all(word in _texts(one.id)[1] for word in sought)]
        fitting.sort(key=lambda one: not all(word in _texts(one.id)[0] for word in sought))
    return Found(fitting[start : start + limit], len(fitting))


@cache
def _texts(example: str) -> tuple[str, str]:
    """What an example is found by: its objective, and all its words with the name of its function."""
    one = examples()[example]
    title = folded(f"{one.en.title} {one.zh.title}")
    results = " ".join(result.title for words in (one.en, one.zh) for result in words.key_results)
    return title, f"{title} {folded(results)} {folded(' '.join(_NAMES_FOUND[one.function]))}"


_NAMES_FOUND = {
    "product": ("product", "产品"),
    "engineering": ("engineering", "研发 技术 工程"),
    "sales": ("sales", "销售"),
    "marketing": ("marketing", "市场"),
    "service": ("customer service support", "客服 客户服务"),
    "operations": ("operations", "运营 生产 供应链"),
    "people": ("people hr human resources", "人事 人力资源"),
    "finance": ("finance", "财务"),
    "legal": ("legal", "法务"),
    "design": ("design", "设计"),
    "data": ("data", "数据"),
    "growth": ("personal growth", "个人成长"),
}
"""By which words a function is found, in whichever language somebody reads."""


def get_example(_actor: Actor, key: str) -> Example:
    """Of the list or of a ready team. Raises Missing (404)."""
    found = examples().get(key)
    if found is None:
        raise Missing(_("There is no such example."))
    return found


def get_team(_actor: Actor, key: str) -> Team:
    """A ready template. Raises Missing (404)."""
    found = teams().get(key)
    if found is None:
        raise Missing(_("There is no such template."))
    return found
