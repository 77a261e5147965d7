"""The written examples: good objectives with their key results, and ready teams, each in English and Chinese.

They lie beside this file as YAML that people can read and mend. What a key result measures is read from its own
words, as in the editor, unless its entry says it.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from tandem.coach.sentences import read

FUNCTIONS = (
    "product", "engineering", "sales", "marketing", "service", "operations",
    "people", "finance", "legal", "design", "data", "growth",
)  # fmt: skip
"""In the order of the list; each has a file of this name."""
TEAMS = ("development",)
CHINESE, ENGLISH = "zh", "en"
_LEVELS = ("0.3", "0.7", "1.0")
_NUMBERS = ("start", "target", "low", "high")
Item = dict[str, Any]


@dataclass(frozen=True)
class Result:
    """A key result in one language; `measure` holds the fields of the command that adds it (unit and steps too)."""

    title: str
    measure: Item


@dataclass(frozen=True)
class Words:
    """An example in one language."""

    title: str
    key_results: tuple[Result, ...]
    theme: str = ""
    """What it is for in its team: professional skill. Examples of the list have none."""


@dataclass(frozen=True)
class Example:
    """A good objective. `id` is its function and name: `product.first-week`."""

    id: str
    function: str
    ambition: str
    category: str
    en: Words
    zh: Words

    def words(self, language: str) -> Words:
        """In Chinese to those who read any Chinese, else in English."""
        return self.zh if language.startswith(CHINESE) else self.en


@dataclass(frozen=True)
class Indicator:
    """What a KPI of the team would be, in one language: words alone."""

    name: str
    measure: str
    value: str
    why: str


@dataclass(frozen=True)
class Ready:
    """The same as the library takes it: `fields` of the command that adds it, and what a target of it would say."""

    code: str
    fields: Item
    target: str
    weight: str


@dataclass(frozen=True)
class TeamWords:
    name: str
    about: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class Team:
    """A ready set for a whole team: objectives that steer, and the indicators that would go beside them."""

    id: str
    objectives: tuple[Example, ...]
    indicators: tuple[Ready, ...]
    en: TeamWords
    zh: TeamWords

    def words(self, language: str) -> TeamWords:
        return self.zh if language.startswith(CHINESE) else self.en


@cache
def examples() -> dict[str, Example]:
    """All examples by their id, in the order of the functions. Read once for the process."""
    return {one.id: one for function in FUNCTIONS for one in _of(function, _file("goals", function))}


@cache
def teams() -> dict[str, Team]:
    """The ready teams by their id."""
    return {name: _team(_file("teams", name)) for name in TEAMS}


def _file(folder: str, name: str) -> Any:
    return yaml.safe_load(files(__package__).joinpath(folder, f"{name}.yaml").read_bytes())


def _of(function: str, raw: list[Item]) -> Iterator[Example]:
    for one in raw:
        yield Example(
            f"{function}.{one['id']}",
            function,
            one.get("ambition", "aspirational"),
            one.get("category", "contribution"),
            _words(one, ENGLISH),
            _words(one, CHINESE),
        )


def _team(raw: Item) -> Team:
    objectives = tuple(_of(raw["id"], raw["objectives"]))
    ready = tuple(map(_ready, raw["indicators"]))
    return Team(raw["id"], objectives, ready, _team_words(raw, ENGLISH), _team_words(raw, CHINESE))


def _ready(raw: Item) -> Ready:
    given = dict(raw["kpi"])
    target, weight = str(given.pop("target")), str(given.pop("weight"))
    for language in (ENGLISH, CHINESE):
        given |= {f"name_{language}": raw[language]["name"], f"definition_{language}": raw[language]["measure"]}
    return Ready(raw["id"], given, target, weight)


def _team_words(raw: Item, language: str) -> TeamWords:
    indicators = tuple(Indicator(**one[language]) for one in raw["indicators"])
    return TeamWords(raw[language], raw["about"][language], indicators)


def _words(raw: Item, language: str) -> Words:
    results = tuple(_result(one, language) for one in raw["key_results"])
    return Words(raw[language], results, raw.get("theme", {}).get(language, ""))


def _result(raw: Item, language: str) -> Result:
    title = raw[language]
    if "kind" not in raw:
        return Result(title, {**asdict(read(title)), "steps": []})
    numbers = {name: Decimal(str(raw[name])) if name in raw else None for name in _NUMBERS}
    unit = raw.get("unit", "")
    steps = [{"title": step[language]} for step in raw.get("steps", ())]
    levels = zip(_LEVELS, raw.get("levels", ()), strict=False)
    steps += [{"level": level, "text": text[language]} for level, text in levels]
    unit = unit if isinstance(unit, str) else unit[language]
    return Result(title, {"kind": raw["kind"], **numbers, "unit": unit, "steps": steps})
