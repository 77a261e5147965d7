"""Reading examples, advice and answers. Every function takes the actor first; what they may not see is not there."""

from tandem.guide.queries.answers import PAGE, answers_about, get_answers, own_answers
from tandem.guide.queries.library import LIST, Found, find_examples, function_names, get_example, get_team
from tandem.guide.queries.mix import Mix, MixRow, answers_in_unit, mix_of_unit
from tandem.guide.queries.ready import issuing_form, missing_indicators
from tandem.guide.queries.reasons import Advice, Question, Reason, advice, questions

__all__ = [
    "LIST",
    "PAGE",
    "Advice",
    "Found",
    "Mix",
    "MixRow",
    "Question",
    "Reason",
    "advice",
    "answers_about",
    "answers_in_unit",
    "find_examples",
    "function_names",
    "get_answers",
    "get_example",
    "get_team",
    "issuing_form",
    "missing_indicators",
    "mix_of_unit",
    "own_answers",
    "questions",
]
