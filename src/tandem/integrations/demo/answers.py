"""What the demo company's people answered to "KPI or OKR?", kept by the same commands as everybody's."""

from typing import Any

from tandem.cycles.queries import cycles_by_key
from tandem.guide.commands import keep_answers, keep_answers_about
from tandem.guide.rules import QUESTIONS
from tandem.okr.queries import objective_by_key
from tandem.people.queries import people_by_key

Item = dict[str, Any]


def fill_answers(said: list[Item]) -> None:
    """About a goal of the running quarter, or about something that is none yet, in the author's own words."""
    people = people_by_key({one["by"] for one in said})
    quarter = cycles_by_key(["quarter"])["quarter"]
    for one in said:
        author = people[one["by"]]
        answers = dict(zip(QUESTIONS, (letter == "y" for letter in one["says"]), strict=True))
        if "about" in one:
            keep_answers_about(author, objective_by_key(author, one["about"]), **answers)
        else:
            keep_answers(author, author, cycle=quarter, words=one["words"], **answers)
