"""Every check the coach makes: its code, how much it weighs, its question, and why the method asks it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tandem.coach.shapes import GOAL_SET, HINT, KEY_RESULT, OBJECTIVE, QUESTION, Severity, WhereKind


@dataclass(frozen=True)
class Check:
    """`question` may hold `%(words)s`, the words it is about, and other named values."""

    code: str
    name: Any
    severity: Severity
    about: tuple[WhereKind, ...]
    question: Any
    reason: Any
    example: str
    """A title that it asks about; "" where it is about more than one sentence."""


_ALL = (
    # --- one sentence
    Check(
        "label", _("A topic, no sentence"), QUESTION, (OBJECTIVE, KEY_RESULT),
        _("“%(words)s” names a topic. What will be different when it went well?"),
        _("Specific: a goal is a sentence that is true at the end or is not; a heading can be neither."),
        "游戏项目",
    ),
    Check(
        "task-objective", _("A task as an objective"), QUESTION, (OBJECTIVE,),
        _("“%(words)s” is something one does. What for: who has what from it at the end?"),
        _("An objective says what shall be true; work that leads there belongs under it, as a key action."),
        "Create release pipelines for the mobile team",
    ),
    Check(
        "metric-only", _("A number as an objective"), QUESTION, (OBJECTIVE,),
        _("Is this a number to be reached? What would people notice if it were?"),
        _(
            "An objective that is only a number is an indicator: as a KPI it can be followed and issued; an "
            "objective says why it is worth it."
        ),
        "Raise renewal rate to 90%",
    ),
    Check(
        "task-key-result", _("A task as a key result"), QUESTION, (KEY_RESULT,),
        _("When “%(words)s” is done: how will one see that it helped?"),
        _("A key result measures what comes of the work. What is done is a key action; it moves a result."),
        "上线新的新手引导",
    ),
    Check(
        "no-measure", _("Nothing to measure"), QUESTION, (KEY_RESULT,),
        _("How will two people, independently, say whether this is reached?"),
        _(
            "Measurable: a key result has a number, bounds, steps or described levels; otherwise its score is a "
            "matter of mood."
        ),
        "Improve communication between teams",
    ),
    Check(
        "placeholder", _("Left open"), QUESTION, (OBJECTIVE, KEY_RESULT),
        _("What stands for “%(words)s”? If the number is not known: is finding it the first key result?"),
        _("A target left open is agreed on by nobody. “Find the number first” is an honest key result of its own."),
        "月营收环比增长超过X%",
    ),
    Check(
        "no-base", _("A change without a base"), QUESTION, (KEY_RESULT,),
        _("“%(words)s”: from where to where?"),
        _("Without a start a change cannot be followed on the way, nor told from chance at the end."),
        "将非标需求开发速度提高 10%",
    ),
    Check(
        "vague", _("A vague word"), HINT, (KEY_RESULT,),
        _("What does “%(words)s” look like when one sees it?"),
        _("Specific: two readers understand such a word in two ways, and find out at the end of the cycle."),
        "Releases become more efficient",
    ),
    Check(
        "empty-words", _("Empty words"), HINT, (OBJECTIVE, KEY_RESULT),
        _("How would you say “%(words)s” to a friend who works elsewhere?"),
        _("Big words sound like a goal and hold none; plain words can be agreed on."),
        "打造业务闭环，赋能一线",
    ),
    Check(
        "several-in-one", _("Several results in one"), HINT, (KEY_RESULT,),
        _("These are %(num)s results in one line. Which one counts if only one can be reached?"),
        _("One number per key result: otherwise half of it is reached, and nobody knows which half."),
        "Raise retention to 40%, cut churn to 2% and win 10 new customers",
    ),
    Check(
        "effort", _("Effort as a result"), HINT, (KEY_RESULT,),
        _("“%(words)s” is what is put in. What comes out of it?"),
        _("Hours can be spent without any effect; the effect is what a key result follows."),
        "每月完成至少 8 小时的代码审查",
    ),
    Check(
        "too-long", _("Too long"), HINT, (OBJECTIVE, KEY_RESULT),
        _("Could you say it by heart?"),
        _("A goal that nobody remembers steers nobody. Details fit into the description."),
        "",
    ),
    # --- one objective with what hangs under it
    Check(
        "no-key-results", _("No key results"), QUESTION, (OBJECTIVE,),
        _("How will you know that it is reached?"),
        _("An objective without key results is a wish: key results say how one knows."),
        "",
    ),
    Check(
        "one-key-result", _("A single key result"), HINT, (OBJECTIVE,),
        _("Is this one number the whole of it?"),
        _("A single key result is easily reached at the cost of what it does not see."),
        "",
    ),
    Check(
        "many-key-results", _("Many key results"), HINT, (OBJECTIVE,),
        _("%(num)s key results: which of them would you keep if only %(most)s were allowed?"),
        _("The rule of 5 and 4: what is not left out takes its attention from the rest."),
        "",
    ),
    Check(
        "no-counter-metric", _("No counter-metric"), HINT, (OBJECTIVE,),
        _("All of these push for more or faster. Which number would show that it went too far?"),
        _(
            "A quantity pursued alone costs quality: a second result beside it (errors, complaints, churn) keeps "
            "it honest."
        ),
        "",
    ),
    Check(
        "no-action", _("No action"), HINT, (OBJECTIVE,),
        _("What will you do first, and when?"),
        _("Key actions stand beside key results: a result that nobody works for moves by chance."),
        "",
    ),
    Check(
        "sure-from-start", _("Sure from the start"), QUESTION, (OBJECTIVE, GOAL_SET),
        _("You are sure of everything before it begins. What would you aim at if 7 of 10 were enough?"),
        _("An aspirational goal begins at a confidence of about 5; what is certain is a task, or a commitment."),
        "",
    ),
    Check(
        "copied-objective", _("An objective copied from above"), QUESTION, (OBJECTIVE,),
        _("These are nearly the words of “%(parent)s”. What is your own part in it?"),
        _("Aligned is not copied: one says in one's own words what one brings to the wider goal."),
        "",
    ),
    Check(
        "copied-key-result", _("A key result copied from above"), QUESTION, (KEY_RESULT,),
        _("“%(parent)s” stands above in the same words. What would you measure of your own part?"),
        _("Whoever takes over the number from above answers for what others do."),
        "",
    ),
    Check(
        "sliced-number", _("A slice of the number above"), QUESTION, (KEY_RESULT,),
        _("This is a slice of “%(parent)s” (%(num)s). Is the number handed down: would it be better as a KPI?"),
        _(
            "Splitting a target is decomposition, and must add up again: KPIs do that. An objective aligns, and "
            "no number flows through it."
        ),
        "",
    ),
    # --- a whole goal set
    Check(
        "many-objectives", _("Many objectives"), HINT, (GOAL_SET,),
        _("%(num)s objectives: which %(most)s are worth the cycle?"),
        _("The rule of 5 and 4: what is not left out takes its attention from the rest."),
        "",
    ),
    Check(
        "no-growth", _("No growth goal"), HINT, (GOAL_SET,),
        _("What do you want to be able to do at the end that you cannot do now?"),
        _("One of the goals is for one's own growth: who only contributes is used up."),
        "",
    ),
    Check(
        "nothing-aspirational", _("Nothing aspirational"), HINT, (GOAL_SET,),
        _("Everything here is a commitment. What would you dare if a miss cost nothing?"),
        _("OKR is for challenge: 0.7 is a success. What must not fail is better kept as a KPI."),
        "",
    ),
    Check(
        "twice", _("Said twice"), HINT, (OBJECTIVE, KEY_RESULT),
        _("This says nearly the same as “%(other)s”. Are both needed?"),
        _("What stands twice counts twice, and is updated once."),
        "",
    ),
)  # fmt: skip
CHECKS = {one.code: one for one in _ALL}
